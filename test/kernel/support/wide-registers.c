/*
 * Lets User Mode Linux run on processors whose register state is larger than it knows; in front of libc's ptrace.
 *
 * PTRACE_SETREGSET of NT_X86_XSTATE takes the whole state or nothing (EFAULT; arch/x86/kernel/fpu/regset.c). The package
 * has room for the state without AMX, which is four times as large with it, and panics at its first process. So what is
 * set is widened: components for which there was no room are marked as initial, and they are, since a program gets AMX
 * only if it asks for it.
 */
#define _GNU_SOURCE
#include <cpuid.h>
#include <dlfcn.h>
#include <elf.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/uio.h>

enum { largest = 65536, headerOffset = 512, firstExtended = 2, components = 63 };

static long (*libcPtrace)(int request, ...);

/* Static, because the stacks of that kernel are small; it has one processor and does not preempt itself. */
static _Alignas(64) unsigned char wide[largest];

__attribute__((constructor)) static void find(void) { libcPtrace = dlsym(RTLD_NEXT, "ptrace"); }

/* The components that lie within the first `length` bytes, as XSTATE_BV has them. */
static uint64_t componentsWithin(size_t length) {
  uint64_t within = 3;
  for (unsigned component = firstExtended; component < components; component++) {
    unsigned size, offset, flags, unused;
    __cpuid_count(0xD, component, size, offset, flags, unused);
    if (size != 0 && offset + size <= length) within |= UINT64_C(1) << component;
  }
  return within;
}

static long setState(pid_t pid, struct iovec *narrow) {
  static size_t full;
  static uint64_t within;
  if (full == 0) {
    struct iovec all = {wide, largest};
    long result = libcPtrace(PTRACE_GETREGSET, pid, NT_X86_XSTATE, &all);
    if (result != 0) return result;
    full = all.iov_len;
    within = componentsWithin(narrow->iov_len);
  }
  if (narrow->iov_len >= full) return libcPtrace(PTRACE_SETREGSET, pid, NT_X86_XSTATE, narrow);
  memset(wide + narrow->iov_len, 0, full - narrow->iov_len);
  memcpy(wide, narrow->iov_base, narrow->iov_len);
  uint64_t present;
  memcpy(&present, wide + headerOffset, sizeof present);
  present &= within;
  memcpy(wide + headerOffset, &present, sizeof present);
  struct iovec all = {wide, full};
  return libcPtrace(PTRACE_SETREGSET, pid, NT_X86_XSTATE, &all);
}

long ptrace(enum __ptrace_request request, ...) {
  va_list arguments;
  va_start(arguments, request);
  pid_t pid = va_arg(arguments, pid_t);
  void *address = va_arg(arguments, void *);
  void *data = va_arg(arguments, void *);
  va_end(arguments);
  if (request == PTRACE_SETREGSET && (uintptr_t)address == NT_X86_XSTATE) return setState(pid, data);
  return libcPtrace(request, pid, address, data);
}
