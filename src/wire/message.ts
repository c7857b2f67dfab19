/** Owns netlink messages: the headers of requests and replies (RFC 3549, 2.2; include/uapi/linux/{netlink,genetlink}.h). */

import type { AttributeType } from './attribute.ts';
import { align4, type ByteView, type ByteWriter, viewBytes } from './bytes.ts';

/** Types below 16 are netlink's own; the others are ids of families. */
export const messageTypes = { noop: 1, error: 2, done: 3, controller: 16 } as const;

/** NLM_F_*: what is asked for. `dump` is ROOT and MATCH. */
export const messageFlags = { request: 0x1, ack: 0x4, dump: 0x300 } as const;

const headerLength = 16;
const genericHeaderLength = 4;

/** The head of a request to a generic netlink family. */
export interface RequestHeader {
  /** The family's id: 16 is the controller, IPVS's is found by asking it. */
  readonly family: number;
  readonly command: number;
  /** NLM_F_REQUEST is always added. */
  readonly flags?: number;
  /** The reply carries the same one; it is all that a reply is recognised by. */
  readonly sequence: number;
}

/** Begins a request, whose attributes are written next; the result is for {@link endRequest}. */
export function beginRequest(writer: ByteWriter, { family, command, flags = 0, sequence }: RequestHeader): number {
  const start = writer.length;
  writeHeader(writer, family, flags, sequence);
  writer.u8(command);
  writer.u8(1);
  writer.u16(0);
  return start;
}

/** Ends the request that began at `start`. Every message ends at a multiple of 4 bytes, since attributes do. */
export function endRequest(writer: ByteWriter, start: number): void {
  writer.patchU32(start, writer.length - start);
}

/**
 * Writes a message that the kernel acknowledges without doing anything, and always last: its acknowledgement says that
 * every message before it has been executed or refused.
 */
export function writeBarrier(writer: ByteWriter, sequence: number): void {
  const start = writer.length;
  writeHeader(writer, messageTypes.noop, messageFlags.ack, sequence);
  writer.patchU32(start, writer.length - start);
}

function writeHeader(writer: ByteWriter, type: number, flags: number, sequence: number): void {
  writer.u32(0);
  writer.u16(type);
  writer.u16(flags | messageFlags.request);
  writer.u32(sequence);
  writer.u32(0);
}

/** A reply as it lies in the datagram. */
export interface Message {
  readonly type: number;
  readonly sequence: number;
  readonly view: ByteView;
  /** Where the payload begins in `view`. */
  readonly offset: number;
  /** Bytes of payload. */
  readonly length: number;
}

/** Cuts a datagram into its messages. What is cut off or malformed at its end is left out. */
export function readMessages(datagram: Uint8Array): Message[] {
  const view = viewBytes(datagram);
  const messages: Message[] = [];
  for (let offset = 0; offset + headerLength <= datagram.length;) {
    const total = view.data.getUint32(offset, view.littleEndian);
    if (total < headerLength || offset + total > datagram.length) break;
    messages.push({
      type: view.data.getUint16(offset + 4, view.littleEndian),
      sequence: view.data.getUint32(offset + 8, view.littleEndian),
      view,
      offset: offset + headerLength,
      length: total - headerLength,
    });
    offset += align4(total);
  }
  return messages;
}

/**
 * The error number in an ERROR or DONE message, as a positive number; 0 is success. Undefined: the message is neither,
 * so more will follow. (A DONE without a status is success.)
 */
export function readStatus({ type, view, offset, length }: Message): number | undefined {
  if (type !== messageTypes.error && type !== messageTypes.done) return undefined;
  return length < 4 ? 0 : Math.abs(view.data.getInt32(offset, view.littleEndian));
}

/** Reads the attributes of a generic netlink message. */
export function readAttributes<Values>({ view, offset, length }: Message, table: AttributeType<Values>): Values {
  return table.read(view, offset + genericHeaderLength, length - genericHeaderLength);
}
