import { describe, expect, test } from 'vitest';
import { attributeTable } from '../../../src/wire/attribute.ts';
import { u16 } from '../../../src/wire/attribute-types.ts';
import { ByteWriter } from '../../../src/wire/bytes.ts';
import {
  beginRequest,
  endRequest,
  readAttributes,
  messageTypes,
  readMessages,
  readStatus,
  writeBarrier,
} from '../../../src/wire/message.ts';

/** A message with this payload, in the byte order of this machine. */
function message(type: number, sequence: number, payload: (writer: ByteWriter) => void = () => undefined): Uint8Array {
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

function datagram(...messages: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(messages.flatMap((bytes) => [...bytes]));
}

describe('requests', () => {
  test('carry both headers', () => {
    const writer = new ByteWriter(64, true);
    const start = beginRequest(writer, { family: 28, command: 8, flags: 0x300, sequence: 5 });
    writer.u32(1);
    endRequest(writer, start);
    expect([...writer.written()]).toEqual(
      [
        [24, 0, 0, 0, 28, 0, 0x01, 0x03, 5, 0, 0, 0, 0, 0, 0, 0],
        [8, 1, 0, 0],
        [1, 0, 0, 0],
      ].flat(),
    );
  });

  test('end with a barrier that asks for an acknowledgement', () => {
    const writer = new ByteWriter(64, true);
    writeBarrier(writer, 6);
    expect([...writer.written()]).toEqual([16, 0, 0, 0, 1, 0, 5, 0, 6, 0, 0, 0, 0, 0, 0, 0]);
  });
});

describe('a datagram', () => {
  test('is cut into its messages, with padding between them', () => {
    const odd = message(28, 7, (writer) => writer.u8(1));
    const padded = datagram(
      odd,
      Uint8Array.of(0, 0, 0),
      message(28, 8, (writer) => writer.u32(2)),
    );
    expect(readMessages(padded).map(({ sequence, length }) => [sequence, length])).toEqual([
      [7, 1],
      [8, 4],
    ]);
  });

  test('is left at a message that is cut off or has no sense', () => {
    const whole = message(28, 7);
    expect(readMessages(datagram(whole, message(28, 8).subarray(0, 15)))).toHaveLength(1);
    const beyondTheEnd = message(28, 8, (writer) => writer.u32(1)).subarray(0, 19);
    expect(readMessages(datagram(whole, beyondTheEnd))).toHaveLength(1);
    expect(readMessages(datagram(whole, new Uint8Array(16)))).toHaveLength(1);
    expect(readMessages(new Uint8Array())).toEqual([]);
  });

  test('has attributes behind the header of the family', () => {
    const table = attributeTable({ short: [2, u16] });
    const [first] = readMessages(
      message(28, 7, (writer) => {
        writer.u32(0);
        table.write(writer, { short: 5 });
      }),
    );
    if (first === undefined) throw new Error('no message');
    expect(readAttributes(first, table)).toEqual({ short: 5 });
  });
});

describe('a status', () => {
  const statusOf = (bytes: Uint8Array) => readMessages(bytes).map(readStatus);

  test('is the positive number of an error, 0 for success', () => {
    expect(statusOf(message(messageTypes.error, 1, (writer) => writer.u32(-17)))).toEqual([17]);
    expect(statusOf(message(messageTypes.error, 1, (writer) => writer.u32(0)))).toEqual([0]);
  });

  test('ends a dump: DONE, which may carry an error and may carry nothing', () => {
    expect(statusOf(message(messageTypes.done, 1, (writer) => writer.u32(-16)))).toEqual([16]);
    expect(statusOf(message(messageTypes.done, 1))).toEqual([0]);
  });

  test('is not in a reply', () => {
    expect(statusOf(message(28, 1, (writer) => writer.u32(-1)))).toEqual([undefined]);
  });
});
