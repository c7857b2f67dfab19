/** Owns the npm package `netlink`: a raw socket to the kernel's generic netlink, made safe. Nothing else imports it. */

import { RawNetlinkSocket } from 'netlink/dist/raw.js';

/** What happens at a socket. Nothing is called any more once it was closed. */
export interface SocketHandlers {
  /** A datagram of the kernel. */
  readonly receive: (datagram: Uint8Array) => void;
  /** The socket is of no use any more: answers are lost, or messages could not be sent. */
  readonly fail: (error: Error) => void;
}

/** A socket in the network namespace of this process. */
export interface KernelSocket {
  /** SO_RCVBUF in bytes, as the kernel counts: what is unread may not exceed it. */
  readonly receiveBufferSize: number;
  /** Sends whole messages. The kernel executes them before this returns; the answers are received later. */
  send(messages: Uint8Array): void;
  close(): void;
}

/** Opens a socket; throws if this system has no generic netlink. */
export type OpenSocket = (handlers: SocketHandlers) => KernelSocket;

/** NETLINK_GENERIC. */
const genericNetlink = 16;

/**
 * What a dump is read with: the kernel packs as much into a datagram as the reader has room for, up to 32 KiB. This is
 * about 40 destinations. Every read takes a whole new buffer, so that larger ones cost more time than they save.
 */
const dumpBufferSize = 16_384;

/** For many small answers: each datagram is read into a buffer of its size. */
export const openCommandSocket: OpenSocket = (handlers) => openSocket(handlers, true);

/** For dumps: long datagrams, so that few of them are needed and most services are read in one step of the kernel. */
export const openDumpSocket: OpenSocket = (handlers) => openSocket(handlers, false);

/**
 * The package calls its listeners from native code that aborts the process, past any handler, if something throws
 * there: a listener, or a `process.nextTick` callback that a promise continuation has left behind. So nothing is done
 * inside of these calls but to ask for a turn of the event loop.
 */
function openSocket(handlers: SocketHandlers, messagePeeking: boolean): KernelSocket {
  let open = true;
  const deliver = <Value>(handler: (value: Value) => void, value: Value): void => {
    setImmediate(() => {
      if (open) handler(value);
    });
  };
  // The package's types demand both sizes; 0 leaves them as they are.
  const sizes = { recvBufferSize: 0, sendBufferSize: 0, msgBufferSize: dumpBufferSize };
  const socket = new RawNetlinkSocket(genericNetlink, { messagePeeking, ...sizes });
  // Only the kernel is at port 0: any process with the right capability can send to a netlink socket.
  socket.on('message', ({ buffer, byteOffset, byteLength }, { port }) => {
    if (port === 0) deliver(handlers.receive, new Uint8Array(buffer, byteOffset, byteLength));
  });
  socket.on('truncatedMessage', () => deliver(handlers.fail, new Error('a datagram was larger than the buffer')));
  socket.on('error', (error) => deliver(handlers.fail, error));
  return {
    receiveBufferSize: socket.getRecvBufferSize(),
    send(messages) {
      socket.send(messages, {}, (error) => {
        if (error !== undefined) deliver(handlers.fail, error);
      });
    },
    close() {
      if (open) socket.close();
      open = false;
    },
  };
}
