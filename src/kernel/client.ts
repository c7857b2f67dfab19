/** Owns requests to the family IPVS: its id, batches with their refusals, and dumps. */

import { constants } from 'node:os';
import { KernelFault } from '../apply/port.ts';
import type { Errno } from '../model/errno.ts';
import { type Message, writeBarrier } from '../wire/message.ts';
import { readFamilyId } from '../wire/reply.ts';
import { type Request, writeFamilyRequest, writeIpvsRequest } from '../wire/request.ts';
import { Channel, type Traffic } from './channel.ts';
import { errnoName } from './errno-name.ts';
import type { OpenSocket } from './socket.ts';

/** A connection to IPVS in one network namespace. */
export interface Client {
  /** The most requests that one `send` may carry. */
  readonly maxBatch: number;
  readonly traffic: Readonly<Traffic>;
  /** Sends the requests in one system call: the errno of each refused one by its index. Replies go to `receive`. */
  send(requests: readonly Request[], receive?: (reply: Message) => void): Promise<ReadonlyMap<number, Errno>>;
  /** Asks for lists, several at a time. Each reply comes with the index of its request. */
  dump(requests: readonly Request[], receive: (reply: Message, index: number) => void): Promise<void>;
  close(): void;
}

/** The kernel allows one dump for each socket; more than these win no more time. */
const dumpSockets = 4;
/** Fewer lists than this are not worth another socket. */
const listsPerSocket = 16;

/**
 * A refusal echoes its request and takes about this much of the receive buffer, measured on Linux 6.1 and 6.18. More
 * answers than fit would not only be lost: the native part of the package aborts the process.
 */
const bytesPerAnswer = 1300;
const batchLimit = 128;

const enoent = constants.errno.ENOENT;

/** Connects to IPVS over the kernel's sockets, or a test's. Rejects with `unavailable` if the kernel has no such family. */
export async function connect(openSocket: OpenSocket, timeoutMs: number): Promise<Client> {
  const traffic: Traffic = { messages: 0, sends: 0, sockets: 0 };
  const commands = new Channel(openSocket, timeoutMs, traffic);
  const dumps = Array.from({ length: dumpSockets }, () => new Channel(openSocket, timeoutMs, traffic));
  const close = (): void => [commands, ...dumps].forEach((channel) => channel.close());

  let family = 0;
  /** Asks the controller for the id, which changes when the module is loaded anew. */
  async function resolveFamily(): Promise<void> {
    let id: number | undefined;
    await commands.exchange({
      count: 2,
      write: (writer, sequence, index) => {
        if (index === 0) writeFamilyRequest(writer, sequence);
        else writeBarrier(writer, sequence);
      },
      receive: (message, _, status) => {
        if (status === undefined) id = readFamilyId(message);
      },
    });
    if (id === undefined)
      throw new KernelFault('unavailable', 'the kernel has no IPVS: the module ip_vs is not loaded');
    family = id;
  }

  async function sendOnce(requests: readonly Request[], receive: (reply: Message) => void) {
    const refusals = new Map<number, Errno>();
    await commands.exchange({
      count: requests.length + 1,
      write(writer, sequence, index) {
        const request = requests[index];
        if (request === undefined) writeBarrier(writer, sequence);
        else writeIpvsRequest(writer, family, sequence, request);
      },
      receive(message, index, status) {
        if (status === undefined) receive(message);
        else if (status !== 0) refusals.set(index, errnoName(status));
      },
    });
    for (const errno of refusals.values()) checkPermission(errno);
    return refusals;
  }

  /** The error number that a dump ends with. */
  function dumpOnce(channel: Channel, request: Request, receive: (reply: Message) => void): Promise<number> {
    return channel.exchange({
      count: 1,
      write: (writer, sequence) => writeIpvsRequest(writer, family, sequence, request),
      receive,
    });
  }

  async function dumpOver(channel: Channel, request: Request, receive: (reply: Message) => void): Promise<void> {
    const used = family;
    let status = await dumpOnce(channel, request, receive);
    if (status === enoent) {
      await resolveFamily();
      if (family !== used) status = await dumpOnce(channel, request, receive);
    }
    if (status === 0) return;
    checkPermission(errnoName(status));
    throw new KernelFault('failed', `the kernel refused to list its table: ${errnoName(status)}`);
  }

  try {
    await resolveFamily();
  } catch (error) {
    close();
    throw error;
  }
  return {
    maxBatch: Math.max(1, Math.min(batchLimit, Math.floor(commands.receiveBufferSize / bytesPerAnswer) - 1)),
    traffic,
    async send(requests, receive = () => undefined) {
      const used = family;
      const refusals = await sendOnce(requests, receive);
      // Every request to a stale id is answered like this, but so is an honest one whose object is missing.
      const doubtful = refusals.size === requests.length && [...refusals.values()].every((errno) => errno === 'ENOENT');
      if (!doubtful) return refusals;
      await resolveFamily();
      return family === used ? refusals : sendOnce(requests, receive);
    },
    async dump(requests, receive) {
      const waiting = requests.entries();
      const work = async (channel: Channel): Promise<void> => {
        for (const [index, request] of waiting) await dumpOver(channel, request, (reply) => receive(reply, index));
      };
      await Promise.all(dumps.slice(0, Math.ceil(requests.length / listsPerSocket)).map(work));
    },
    close,
  };
}

/** IPVS itself refuses nothing with EPERM: generic netlink does, before IPVS sees the request. */
function checkPermission(errno: Errno): void {
  if (errno !== 'EPERM') return;
  throw new KernelFault('denied', 'CAP_NET_ADMIN in the initial user namespace is missing');
}
