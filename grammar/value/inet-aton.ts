/** Owns the IPv4 spellings of C's inet_aton(): one to four parts, decimal, octal or hexadecimal. */

import { type Address, addressFromBytes, parseIpv4 } from './address.ts';

/** A part by strtoul() with base 0, but without sign and blanks. */
const part = /^(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)$/;

function partValue(text: string): number | undefined {
  if (!part.test(text)) return undefined;
  return /^0\d/.test(text) ? Number.parseInt(text, 8) : Number(text);
}

/**
 * The address that inet_aton() of glibc reads: `10.1` is 10.0.0.1, `010.0.0.1` is 8.0.0.1, `0x0a000001` is 10.0.0.1.
 * The last part fills all bytes that are left. Whatever follows a blank is ignored.
 */
export function parseInetAton(text: string): Address | undefined {
  const usual = parseIpv4(text);
  if (usual !== undefined) return usual;
  const [word = ''] = text.split(/[ \t\n\v\f\r]/, 1);
  const parts = word.split('.').map(partValue);
  const last = parts.pop();
  if (last === undefined || parts.length > 3 || last >= 256 ** (4 - parts.length)) return undefined;
  const bytes = new Uint8Array(4);
  for (const [index, value] of parts.entries()) {
    if (value === undefined || value > 255) return undefined;
    bytes[index] = value;
  }
  for (let index = 3, rest = last; index >= parts.length; index--, rest = Math.floor(rest / 256))
    bytes[index] = rest % 256;
  return addressFromBytes(bytes, 'ip');
}
