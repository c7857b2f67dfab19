/** Owns the conversation over one socket: messages with sequence numbers out, the answers to them in, one exchange at a time. */

import { KernelFault } from '../apply/port.ts';
import { ByteWriter } from '../wire/bytes.ts';
import { type Message, readMessages, readStatus } from '../wire/message.ts';
import type { KernelSocket, OpenSocket } from './socket.ts';

/** What has gone over the wire, for tests and measurements. */
export interface Traffic {
  /** Requests, barriers included. */
  messages: number;
  /** System calls that carried them. */
  sends: number;
  sockets: number;
}

/** Messages that are sent together. The answer to the last one ends the exchange. */
export interface Exchange {
  readonly count: number;
  /** Writes the message at `index`, 0..count-1. */
  readonly write: (writer: ByteWriter, sequence: number, index: number) => void;
  /** Takes an answer to the message at `index`: a reply, or a refusal with its error number. */
  readonly receive: (message: Message, index: number, status: number | undefined) => void;
}

interface Running {
  readonly exchange: Exchange;
  readonly first: number;
  readonly resolve: (status: number) => void;
  readonly reject: (reason: unknown) => void;
  /** Nothing has come since the watch last looked. */
  quiet: boolean;
}

/** Room for a batch of the largest requests; the writer grows if that is not enough. */
const writerCapacity = 32_768;

/** A socket that is opened when it is needed, and again after it has failed. */
export class Channel {
  readonly #openSocket: OpenSocket;
  readonly #timeoutMs: number;
  readonly #traffic: Traffic;
  readonly #writer = new ByteWriter(writerCapacity);
  #socket: KernelSocket | undefined;
  #watch: NodeJS.Timeout | undefined;
  #sequence: number;
  #running: Running | undefined;
  /** Settled when the last exchange that was asked for has ended. */
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** `sequence` is the number of the first message. */
  constructor(openSocket: OpenSocket, timeoutMs: number, traffic: Traffic, sequence = 1) {
    this.#openSocket = openSocket;
    this.#timeoutMs = timeoutMs;
    this.#traffic = traffic;
    this.#sequence = sequence;
  }

  /** SO_RCVBUF of the socket, which is opened if it is not. */
  get receiveBufferSize(): number {
    return this.#connect().receiveBufferSize;
  }

  /** Runs an exchange when those before it have ended: the error number that its last message was answered with, or 0. */
  exchange(exchange: Exchange): Promise<number> {
    const result = this.#last.then(() => this.#start(exchange));
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Gives up what is under way: its promise rejects, as do all later ones. */
  close(): void {
    this.#closed = true;
    this.#fail(new KernelFault('lost', 'the connection to the kernel was closed'));
  }

  #connect(): KernelSocket {
    if (this.#closed) throw new KernelFault('lost', 'the connection to the kernel is closed');
    if (this.#socket === undefined) {
      this.#socket = openOrFault(this.#openSocket, {
        receive: (datagram) => this.#receive(datagram),
        fail: (error) => this.#fail(new KernelFault('lost', `netlink: ${error.message}`, { cause: error })),
      });
      // One timer for the life of a socket, as it costs a system call. It looks twice in the allowed time, because a send
      // that blocked for long makes a timer due before the answers, which are there, have been read.
      this.#watch = setInterval(() => this.#look(), this.#timeoutMs / 2);
      this.#traffic.sockets++;
    }
    return this.#socket;
  }

  #start(exchange: Exchange): Promise<number> {
    const socket = this.#connect();
    const first = this.#sequence;
    this.#sequence += exchange.count;
    this.#writer.clear();
    for (let index = 0; index < exchange.count; index++) exchange.write(this.#writer, first + index, index);
    this.#traffic.messages += exchange.count;
    this.#traffic.sends++;
    return new Promise((resolve, reject) => {
      this.#running = { exchange, first, resolve, reject, quiet: false };
      try {
        socket.send(this.#writer.written());
      } catch (error) {
        this.#fail(new KernelFault('lost', 'netlink: the messages could not be sent', { cause: error }));
      }
    });
  }

  #receive(datagram: Uint8Array): void {
    try {
      this.#readAnswers(datagram);
    } catch (error) {
      this.#fail(error);
    }
  }

  #readAnswers(datagram: Uint8Array): void {
    for (const message of readMessages(datagram)) {
      const running = this.#running;
      if (running === undefined) return;
      // As unsigned 32-bit numbers, since that is what travels: in a long life they start again at 0.
      const index = (message.sequence - running.first) >>> 0;
      if (index >= running.exchange.count) continue;
      running.quiet = false;
      const status = readStatus(message);
      if (status !== undefined && index === running.exchange.count - 1) {
        this.#running = undefined;
        running.resolve(status);
      } else running.exchange.receive(message, index, status);
    }
  }

  #look(): void {
    const running = this.#running;
    if (running?.quiet === true) this.#fail(new KernelFault('lost', `no answer in ${this.#timeoutMs} ms`));
    else if (running !== undefined) running.quiet = true;
  }

  /** The socket may still hold answers that nobody could tell from later ones, so it is given up, too. */
  #fail(reason: unknown): void {
    this.#socket?.close();
    this.#socket = undefined;
    clearInterval(this.#watch);
    const running = this.#running;
    this.#running = undefined;
    running?.reject(reason);
  }
}

function openOrFault(openSocket: OpenSocket, handlers: Parameters<OpenSocket>[0]): KernelSocket {
  try {
    return openSocket(handlers);
  } catch (error) {
    throw new KernelFault('unavailable', 'this system has no generic netlink', { cause: error });
  }
}
