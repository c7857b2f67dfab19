/** Owns the types that netlink attributes of IPVS have, each with its reader and its writer. */

import { type Address, addressBytes, addressFromBytes, familyOf, ipv4Number } from '../../grammar/value/address.ts';
import type { Family } from '../../grammar/value/family.ts';
import type { AttributeType } from './attribute.ts';

export const u8: AttributeType<number> = {
  size: 1,
  write: (writer, value) => writer.u8(value),
  read: (view, offset) => view.data.getUint8(offset),
};

/** 16 bits in host order. */
export const u16: AttributeType<number> = {
  size: 2,
  write: (writer, value) => writer.u16(value),
  read: (view, offset) => view.data.getUint16(offset, view.littleEndian),
};

/** 16 bits in network order: the ports of services, destinations and tunnels. */
export const u16be: AttributeType<number> = {
  size: 2,
  write: (writer, value) => writer.u16be(value),
  read: (view, offset) => view.data.getUint16(offset),
};

/** 32 bits in host order. */
export const u32: AttributeType<number> = {
  size: 4,
  write: (writer, value) => writer.u32(value),
  read: (view, offset) => view.data.getUint32(offset, view.littleEndian),
};

/** 64 bits in host order. */
export const u64: AttributeType<bigint> = {
  size: 8,
  write: (writer, value) => writer.u64(value),
  read: (view, offset) => view.data.getBigUint64(offset, view.littleEndian),
};

/** An address where it lies in a message: what it is depends on its family, which stands elsewhere. */
export interface RawAddress {
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly length: number;
}

/** An address is written as what it is, 4 or 16 bytes in network order, and read as where it lies. */
export const address: AttributeType<Address | RawAddress> = {
  size: 0,
  write(writer, value) {
    if (typeof value !== 'string') writer.bytes(bytesOf(value));
    else if (familyOf(value) === 'ip') writer.u32be(ipv4Number(value));
    else writer.bytes(addressBytes(value));
  },
  read: ({ bytes }, offset, length) => ({ bytes, offset, length }),
};

/** The address in an attribute. */
export function addressIn(value: Address | RawAddress, family: Family): Address {
  if (typeof value === 'string') return value;
  if (value.length < 16) return addressFromBytes(bytesOf(value), family);
  return addressFromBytes(value.bytes, family, value.offset);
}

function bytesOf({ bytes, offset, length }: RawAddress): Uint8Array {
  return bytes.subarray(offset, offset + length);
}

/** Text up to a NUL. Names in the kernel are ASCII, except that an interface may be called anything: UTF-8. */
export const text: AttributeType<string> = {
  size: 0,
  write(writer, value) {
    for (const octet of encodeUtf8(value)) writer.u8(octet.charCodeAt(0));
    writer.u8(0);
  },
  read(view, offset, length) {
    let characters = '';
    for (let index = offset; index < offset + length; index++) {
      const byte = view.data.getUint8(index);
      if (byte === 0) break;
      characters += String.fromCharCode(byte);
    }
    return decodeUtf8(characters);
  },
};

/** Bits to set, and which bits are meant (struct ip_vs_flags). */
export interface MaskedFlags {
  readonly flags: number;
  readonly mask: number;
}

/** Two 32-bit words in host order. */
export const maskedFlags: AttributeType<MaskedFlags> = {
  size: 8,
  write(writer, { flags, mask }) {
    writer.u32(flags);
    writer.u32(mask);
  },
  read: (view, offset) => ({
    flags: view.data.getUint32(offset, view.littleEndian),
    mask: view.data.getUint32(offset + 4, view.littleEndian),
  }),
};

const nonAscii = /[\u0080-\uffff]/;

/** One character for each byte of `value` in UTF-8. (TextEncoder belongs to the platform, not to the language.) */
function encodeUtf8(value: string): string {
  if (!nonAscii.test(value)) return value;
  return encodeURIComponent(value).replaceAll(/%(..)/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** The text of one character for each byte; bytes that are not UTF-8 stay as they are. */
function decodeUtf8(octets: string): string {
  if (!nonAscii.test(octets)) return octets;
  const escaped = Array.from(octets, (octet) => `%${octet.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
  try {
    return decodeURIComponent(escaped);
  } catch {
    return octets;
  }
}
