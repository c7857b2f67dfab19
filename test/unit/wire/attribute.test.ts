import { describe, expect, test } from 'vitest';
import { attributeTable } from '../../../src/wire/attribute.ts';
import { address, addressIn, maskedFlags, text, u16, u16be, u32, u64, u8 } from '../../../src/wire/attribute-types.ts';
import { ByteWriter, viewBytes } from '../../../src/wire/bytes.ts';
import { addressOf } from '../../support/arbitrary.ts';

const inner = attributeTable({ count: [1, u32], total: [4, u64] });
const table = attributeTable({
  small: [1, u8],
  short: [2, u16],
  port: [3, u16be],
  name: [4, text],
  data: [5, address],
  flags: [6, maskedFlags],
  inner: [7, inner],
});

function written(values: Parameters<typeof table.write>[1], littleEndian = true): Uint8Array {
  const writer = new ByteWriter(4, littleEndian);
  table.write(writer, values);
  return writer.written().slice();
}

function read(bytes: readonly number[] | Uint8Array, littleEndian = true) {
  const view = viewBytes(Uint8Array.from(bytes), littleEndian);
  return table.read(view, 0, view.bytes.length);
}

const values = {
  small: 1,
  short: 0x0203,
  port: 0x0405,
  name: 'wlc',
  data: addressOf('2001:db8::1'),
  flags: { flags: 9, mask: 0xffff_fff0 },
  inner: { count: 10, total: 2n ** 40n },
};

describe('what is written', () => {
  test('is padded to 4 bytes behind a length that does not count the padding', () => {
    expect([...written({ small: 1, name: 'ab' })]).toEqual([5, 0, 1, 0, 1, 0, 0, 0, 7, 0, 4, 0, 97, 98, 0, 0]);
  });

  test('has numbers in host order, ports in network order', () => {
    expect([...written({ short: 0x0203, port: 0x0405 }, true)]).toEqual([
      6, 0, 2, 0, 3, 2, 0, 0, 6, 0, 3, 0, 4, 5, 0, 0,
    ]);
    expect([...written({ short: 0x0203, port: 0x0405 }, false)]).toEqual([
      0, 6, 0, 2, 2, 3, 0, 0, 0, 6, 0, 3, 4, 5, 0, 0,
    ]);
  });

  test('says which attributes have attributes inside', () => {
    expect([...written({ inner: { count: 10 } })]).toEqual([12, 0, 7, 0x80, 8, 0, 1, 0, 10, 0, 0, 0]);
  });

  test('pads with zeros over what the buffer held before', () => {
    const writer = new ByteWriter(16, true);
    writer.bytes(new Uint8Array(16).fill(0xff));
    writer.clear();
    table.write(writer, { small: 1 });
    expect([...writer.written()]).toEqual([5, 0, 1, 0, 1, 0, 0, 0]);
  });
});

describe('what is read', () => {
  test.each([true, false])('is what was written (little endian: %s)', (littleEndian) => {
    const { data, ...rest } = read(written(values, littleEndian), littleEndian);
    expect({ ...rest, data: data && addressIn(data, 'ip6') }).toEqual(values);
  });

  test('leaves out what is absent', () => {
    expect(read([])).toEqual({});
  });

  test('does not depend on the order, and skips numbers that the table lacks', () => {
    const padding = [4, 0, 11, 0];
    const unknown = [6, 0, 99, 0, 1, 2, 0, 0];
    const port = [6, 0, 3, 0, 0, 80, 0, 0];
    const small = [5, 0, 1, 0, 7, 0, 0, 0];
    expect(read([...padding, ...port, ...unknown, ...padding, ...small])).toEqual({ port: 80, small: 7 });
  });

  test('takes 64-bit values at places that are no multiple of 8', () => {
    const bytes = written({ small: 1, inner: { total: 7n } });
    expect(read(bytes).inner).toEqual({ total: 7n });
    const shifted = Uint8Array.from([0, 0, 0, 0, ...bytes]);
    expect(table.read(viewBytes(shifted, true), 4, bytes.length).inner).toEqual({ total: 7n });
  });

  test('takes the first bytes of a longer number, and a shorter one as absent', () => {
    expect(read([12, 0, 2, 0, 5, 0, 9, 9, 9, 9, 9, 9])).toEqual({ short: 5 });
    expect(read([5, 0, 2, 0, 5, 0, 0, 0])).toEqual({});
  });

  test('ignores the flag bits of an attribute number', () => {
    expect(read([6, 0, 3, 0xc0, 0, 80, 0, 0])).toEqual({ port: 80 });
  });

  test('ends at a length that is too short or goes beyond the end', () => {
    const port = [6, 0, 3, 0, 0, 80, 0, 0];
    expect(read([...port, 3, 0, 1, 0, 7, 0, 0, 0])).toEqual({ port: 80 });
    expect(read([...port, 9, 0, 1, 0, 7, 0, 0, 0])).toEqual({ port: 80 });
    expect(read([...port, 8, 0])).toEqual({ port: 80 });
  });

  test('takes a last child that is not padded', () => {
    expect(read([5, 0, 1, 0, 7])).toEqual({ small: 7 });
  });
});

describe('an address', () => {
  test('has 4 or 16 bytes in network order', () => {
    expect([...written({ data: addressOf('192.0.2.255') })]).toEqual([8, 0, 5, 0, 192, 0, 2, 255]);
    expect([...written({ data: addressOf('2001:db8::ff') }).subarray(4)]).toEqual([
      0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff,
    ]);
  });

  test('is what its family makes of the bytes; those that are missing are 0', () => {
    const { data } = read([10, 0, 5, 0, 32, 1, 13, 184, 5, 6, 0, 0, 5, 0, 1, 0, 7, 0, 0, 0]);
    expect(data && addressIn(data, 'ip')).toBe('32.1.13.184');
    expect(data && addressIn(data, 'ip6')).toBe('2001:db8:506::');
    expect([...written({ data: data ?? addressOf('::') })]).toEqual([10, 0, 5, 0, 32, 1, 13, 184, 5, 6, 0, 0]);
  });
});

describe('a text', () => {
  test('ends at the NUL, or at the end of the attribute', () => {
    expect(read([8, 0, 4, 0, 114, 114, 0, 120])).toEqual({ name: 'rr' });
    expect(read([6, 0, 4, 0, 114, 114, 0, 0])).toEqual({ name: 'rr' });
    expect(read([4, 0, 4, 0])).toEqual({ name: '' });
  });

  test('is UTF-8, and keeps bytes that are none', () => {
    expect([...written({ name: 'é€' })]).toEqual([10, 0, 4, 0, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0, 0, 0]);
    expect(read(written({ name: 'wlan-é€𝄞' }))).toEqual({ name: 'wlan-é€𝄞' });
    expect(read([7, 0, 4, 0, 0xff, 97, 0, 0])).toEqual({ name: 'ÿa' });
  });
});
