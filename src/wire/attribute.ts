/** Owns netlink attributes: a table names each one's number and type once, and reads and writes all of them by that. */

import { align4, type ByteView, type ByteWriter } from './bytes.ts';

/** How a value lies in the payload of an attribute. */
export interface AttributeType<Value> {
  /** The shortest payload that it can be read from; a shorter attribute counts as absent, the rest of a longer one is skipped. */
  readonly size: number;
  /** Whether the payload is attributes again (NLA_F_NESTED). */
  readonly nested?: true;
  write(writer: ByteWriter, value: Value): void;
  read(view: ByteView, offset: number, length: number): Value;
}

/** The value that a type or a whole table reads and writes. */
export type ValueOf<Type> = Type extends AttributeType<infer Value> ? Value : never;

/** An attribute: its number in the kernel's header, and its type. */
export type AttributeRow<Value> = readonly [number: number, type: AttributeType<Value>];

/** The attributes of a table by the names of their values here. */
export type AttributeRows = Readonly<Record<string, AttributeRow<unknown>>>;

/** What a table with these rows reads and writes: every attribute may be absent. */
type AttributeValues<Rows extends AttributeRows> = { readonly [Name in keyof Rows]?: ValueOf<Rows[Name][1]> };

/** NLA_F_NESTED; the kernel ignores it from us and newer families ask for it (include/uapi/linux/netlink.h). */
const nestedBit = 0x8000;
/** NLA_TYPE_MASK. */
const numberMask = 0x3fff;
const headerLength = 4;

/** Begins an attribute that consists of attributes, which are written next; the result is for {@link endAttribute}. */
export function beginAttribute(
  writer: ByteWriter,
  [number, { nested }]: readonly [number: number, type: Pick<AttributeType<unknown>, 'nested'>],
): number {
  const start = writer.length;
  writer.u16(0);
  writer.u16(nested === true ? number | nestedBit : number);
  return start;
}

/** Ends the attribute that began at `start`. */
export function endAttribute(writer: ByteWriter, start: number): void {
  writer.patchU16(start, writer.length - start);
  writer.pad();
}

/** Writes one attribute. What is written by the hundred thousand is written so, without an object for all of its values. */
export function writeAttribute<Value>(writer: ByteWriter, row: AttributeRow<Value>, value: Value): void {
  const start = beginAttribute(writer, row);
  row[1].write(writer, value);
  endAttribute(writer, start);
}

/**
 * Makes the codec of one set of attributes, which is itself the type of a nested attribute. Writing follows the order
 * of the rows; reading does not depend on the order, and skips the numbers that no row has: padding, what a newer
 * kernel adds, and what this reader left out on purpose.
 */
export function attributeTable<const Rows extends AttributeRows>(rows: Rows): AttributeType<AttributeValues<Rows>> {
  const table = Object.entries(rows);
  const byNumber: ({ readonly name: string; readonly type: AttributeType<unknown> } | undefined)[] = [];
  for (const [name, [number, type]] of table) byNumber[number] = { name, type };
  // All that is read has one shape from the beginning.
  const absent: Readonly<Record<string, unknown>> = Object.fromEntries(table.map(([name]) => [name, undefined]));
  return {
    size: 0,
    nested: true,
    write(writer, values: Readonly<Record<string, unknown>>) {
      for (const [name, row] of table) {
        const value = values[name];
        if (value !== undefined) writeAttribute(writer, row, value);
      }
    },
    read(view, start, length) {
      const values: Record<string, unknown> = { ...absent };
      const end = start + length;
      for (let offset = start; offset + headerLength <= end;) {
        const total = view.data.getUint16(offset, view.littleEndian);
        if (total < headerLength || offset + total > end) break;
        const row = byNumber[view.data.getUint16(offset + 2, view.littleEndian) & numberMask];
        const size = total - headerLength;
        if (row !== undefined && size >= row.type.size) {
          values[row.name] = row.type.read(view, offset + headerLength, size);
        }
        offset += align4(total);
      }
      return values as AttributeValues<Rows>;
    },
  };
}
