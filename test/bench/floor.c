/*
 * The floor: sends recorded batches (batches.ts) to the kernel, one in flight, reads the answers of each, and prints the
 * seconds. What any program needs at least that sends these bytes in these batches.
 */
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* The sequence number of the last message of a batch: the barrier, whose answer ends it. */
static uint32_t lastSequence(const char *batch, uint32_t length) {
  uint32_t sequence = 0;
  for (uint32_t at = 0; at + sizeof(struct nlmsghdr) <= length;) {
    const struct nlmsghdr *header = (const void *)(batch + at);
    sequence = header->nlmsg_seq;
    at += NLMSG_ALIGN(header->nlmsg_len);
  }
  return sequence;
}

/* Reads answers until the one to `sequence`; any refusal is a failure of the benchmark. */
static void readAnswers(int kernel, uint32_t sequence) {
  static char buffer[65536];
  for (;;) {
    ssize_t size = recv(kernel, buffer, sizeof buffer, 0);
    if (size < 0) fail("recv");
    for (ssize_t at = 0; at < size;) {
      const struct nlmsghdr *header = (const void *)(buffer + at);
      const struct nlmsgerr *answer = NLMSG_DATA(header);
      if (header->nlmsg_type == NLMSG_ERROR && answer->error != 0) {
        fprintf(stderr, "refused: %d\n", answer->error);
        exit(1);
      }
      if (header->nlmsg_seq == sequence) return;
      at += NLMSG_ALIGN(header->nlmsg_len);
    }
  }
}

int main(int count, char **words) {
  FILE *file = count == 2 ? fopen(words[1], "rb") : NULL;
  if (file == NULL) fail("usage: floor FILE");
  if (fseek(file, 0, SEEK_END) != 0) fail("seek");
  long size = ftell(file);
  rewind(file);
  char *batches = malloc((size_t)size);
  if (batches == NULL || fread(batches, 1, (size_t)size, file) != (size_t)size) fail("read");

  int kernel = socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC);
  struct sockaddr_nl address = {.nl_family = AF_NETLINK};
  if (kernel < 0 || bind(kernel, (void *)&address, sizeof address) != 0) fail("socket");
  double start = now();
  for (long at = 0; at < size;) {
    uint32_t length;
    memcpy(&length, batches + at, sizeof length);
    const char *batch = batches + at + sizeof length;
    if (sendto(kernel, batch, length, 0, (void *)&address, sizeof address) < 0) fail("send");
    readAnswers(kernel, lastSequence(batch, length));
    at += (long)(sizeof length + length);
  }
  printf("%.6f\n", now() - start);
  return 0;
}
