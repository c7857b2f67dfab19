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
 * The package calls its listeners from native code that aborts the process, past any handler, if something throws
 * there: a listener, or a `process.nextTick` callback that a promise continuation has left behind. So nothing is done
 * inside of these calls but to ask for a turn of the event loop.
 */
export const openSocket: OpenSocket = (handlers) => {
  let open = true;
  const deliver = <Value>(handler: (value: Value) => void, value: Value): void => {
    setImmediate(() => {
      if (open) handler(value);
    });
  };
  // The package's types demand the sizes; 0 leaves them as they are. Each datagram is read into a buffer of its size: to
  // give the kernel room for longer parts of a dump saves reads, but to make such a buffer for each of them costs more.
  const sizes = { recvBufferSize: 0, sendBufferSize: 0, msgBufferSize: 0 };
  const socket = new RawNetlinkSocket(genericNetlink, { messagePeeking: true, ...sizes });
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
};
