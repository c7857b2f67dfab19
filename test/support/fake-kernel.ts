/** Owns a kernel for tests of the client: it takes requests as bytes and answers as a test says, or not at all. */

import type { OpenSocket, SocketHandlers } from '../../src/kernel/socket.ts';
import { ByteWriter } from '../../src/wire/bytes.ts';
import { type Message, messageTypes, readMessages } from '../../src/wire/message.ts';
import { controllerAttributes } from '../../src/wire/tables/controller.ts';

/** A request as the kernel sees it. `command` is meaningless in netlink's own messages, such as the barrier. */
export interface FakeRequest {
  readonly type: number;
  readonly command: number;
  readonly sequence: number;
}

/** Answers one request: with datagrams, an exception (the send fails), or nothing. */
export type Answer = (request: FakeRequest) => readonly Uint8Array[];

/** Sockets to a kernel that answers, and what became of them. */
export interface FakeKernel {
  readonly openSocket: OpenSocket;
  /** The requests of each send. */
  readonly sends: (readonly FakeRequest[])[];
  /** Sockets that are open now. */
  open: number;
  /** Sends a datagram to every open socket, now. */
  deliver(datagram: Uint8Array): void;
  /** Breaks every open socket, as the package does when answers are lost. */
  fail(error: Error): void;
}

/** A kernel that knows IPVS by `family.id` (unless it is 0), acknowledges barriers, and leaves the rest to `answer`. */
export function fakeKernel(answer: Answer, family: { id: number }, receiveBufferSize = 212_992): FakeKernel {
  const sockets = new Set<SocketHandlers>();
  const openSocket: OpenSocket = (handlers) => {
    kernel.open++;
    sockets.add(handlers);
    let open = true;
    return {
      receiveBufferSize,
      send(bytes) {
        const requests = readMessages(bytes.slice()).map(requestOf);
        kernel.sends.push(requests);
        for (const datagram of requests.flatMap((request) => answerTo(request))) {
          setImmediate(() => open && handlers.receive(datagram));
        }
      },
      close() {
        if (open) kernel.open--;
        open = false;
        sockets.delete(handlers);
      },
    };
  };
  const answerTo = (request: FakeRequest): readonly Uint8Array[] => {
    if (request.type === messageTypes.noop) return [status(request.sequence, 0)];
    if (request.type !== messageTypes.controller) return answer(request);
    return family.id === 0 ? [status(request.sequence, 2)] : [familyReply(request.sequence, family.id)];
  };
  const kernel: FakeKernel = {
    openSocket,
    sends: [],
    open: 0,
    deliver: (datagram) => [...sockets].forEach(({ receive }) => receive(datagram)),
    fail: (error) => [...sockets].forEach(({ fail }) => fail(error)),
  };
  return kernel;
}

function requestOf({ type, sequence, view, offset, length }: Message): FakeRequest {
  return { type, sequence, command: length > 0 ? view.data.getUint8(offset) : 0 };
}

/** A reply of a family, whose attributes `write` adds. */
export function reply(sequence: number, write: (writer: ByteWriter) => void = () => undefined): Uint8Array {
  return message(28, sequence, (writer) => {
    writer.u32(0);
    write(writer);
  });
}

/** The acknowledgement of a request, or its refusal with a positive error number. */
export function status(sequence: number, errno: number): Uint8Array {
  return message(messageTypes.error, sequence, (writer) => writer.u32(-errno));
}

/** The end of a dump. */
export function done(sequence: number, errno = 0): Uint8Array {
  return message(messageTypes.done, sequence, (writer) => writer.u32(-errno));
}

function familyReply(sequence: number, id: number): Uint8Array {
  return reply(sequence, (writer) => controllerAttributes.write(writer, { id, name: 'IPVS' }));
}

function message(type: number, sequence: number, payload: (writer: ByteWriter) => void): Uint8Array {
  const writer = new ByteWriter(64);
  writer.u32(0);
  writer.u16(type);
  writer.u16(0);
  writer.u32(sequence);
  writer.u32(0);
  payload(writer);
  writer.patchU32(0, writer.length);
  return writer.written().slice();
}
