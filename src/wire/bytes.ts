/** Owns the bytes under netlink: a buffer that messages are written into, and a view that they are read from. */

/** The byte order of this machine, in which netlink writes every number that is not network data. */
export const hostIsLittleEndian: boolean = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Bytes that were received. `data` covers the same bytes; 64-bit values are read through it, as they may be unaligned. */
export interface ByteView {
  readonly bytes: Uint8Array;
  readonly data: DataView;
  readonly littleEndian: boolean;
}

/** Looks at `bytes` without copying them. */
export function viewBytes(bytes: Uint8Array, littleEndian: boolean = hostIsLittleEndian): ByteView {
  return { bytes, data: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), littleEndian };
}

/** The length of something that is `length` bytes long, with the padding behind it (NLMSG_ALIGN, NLA_ALIGN). */
export function align4(length: number): number {
  return (length + 3) & ~3;
}

/** One buffer for a whole batch: it grows when it must and is used again after `clear()`. */
export class ByteWriter {
  readonly littleEndian: boolean;
  #bytes: Uint8Array;
  #data: DataView;
  #length = 0;

  constructor(capacity: number, littleEndian: boolean = hostIsLittleEndian) {
    this.littleEndian = littleEndian;
    this.#bytes = new Uint8Array(capacity);
    this.#data = new DataView(this.#bytes.buffer);
  }

  /** Bytes written so far: the position of the next one. */
  get length(): number {
    return this.#length;
  }

  /** What was written. The next `clear()` or growth makes it stale: send it or copy it first. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Starts again at 0 and keeps the buffer. */
  clear(): void {
    this.#length = 0;
  }

  u8(value: number): void {
    const offset = this.#take(1);
    this.#data.setUint8(offset, value);
  }

  u16(value: number): void {
    const offset = this.#take(2);
    this.#data.setUint16(offset, value, this.littleEndian);
  }

  /** Network order, whatever the machine's. */
  u16be(value: number): void {
    const offset = this.#take(2);
    this.#data.setUint16(offset, value);
  }

  u32(value: number): void {
    const offset = this.#take(4);
    this.#data.setUint32(offset, value, this.littleEndian);
  }

  /** Network order, whatever the machine's. */
  u32be(value: number): void {
    const offset = this.#take(4);
    this.#data.setUint32(offset, value);
  }

  u64(value: bigint): void {
    const offset = this.#take(8);
    this.#data.setBigUint64(offset, value, this.littleEndian);
  }

  bytes(value: Uint8Array): void {
    const offset = this.#take(value.length);
    this.#bytes.set(value, offset);
  }

  /** Zeros up to the next multiple of 4. */
  pad(): void {
    while ((this.#length & 3) !== 0) this.u8(0);
  }

  /** Writes over a number whose value was not yet known when its place was taken. */
  patchU16(offset: number, value: number): void {
    this.#data.setUint16(offset, value, this.littleEndian);
  }

  /** As `patchU16`. */
  patchU32(offset: number, value: number): void {
    this.#data.setUint32(offset, value, this.littleEndian);
  }

  /** The place for `size` more bytes. What `#bytes` and `#data` were before the call may be too small. */
  #take(size: number): number {
    const offset = this.#length;
    this.#length += size;
    if (this.#length > this.#bytes.length) this.#grow();
    return offset;
  }

  #grow(): void {
    const grown = new Uint8Array(2 * this.#length);
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#data = new DataView(grown.buffer);
  }
}
