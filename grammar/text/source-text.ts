/** Owns the text that was read and the way from an offset in it to a line and a column. */

/** A text with the name under which a person knows it. Offsets into `text` are UTF-16 code units, from 0. */
export interface SourceText {
  /** A path, `-` for standard input, or `git:REV:PATH`: printed in front of `:line:column`. */
  readonly name: string;
  readonly text: string;
  /** Whether some of what was read is not in `text`: bytes that are no UTF-8 have become U+FFFD. */
  readonly lossy?: boolean;
}

/** A place as people count: both from 1; the column counts characters (code points), not bytes. */
export interface Location {
  readonly line: number;
  readonly column: number;
}

/** Where a text has line starts and characters of two code units, as ascending offsets. */
interface Marks {
  readonly lineStarts: readonly number[];
  /** Behind each character that takes two code units. */
  readonly pairEnds: readonly number[];
}

/** Marks are found once per text and only if somebody asks: a text without a mistake never pays for them. */
const marksOf = new WeakMap<SourceText, Marks>();

function marks(source: SourceText): Marks {
  const known = marksOf.get(source);
  if (known !== undefined) return known;
  const lineStarts = [0];
  for (let at = source.text.indexOf('\n'); at !== -1; at = source.text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const pairEnds = Array.from(source.text.matchAll(/[\u{10000}-\u{10FFFF}]/gu), ({ index }) => index + 2);
  const found = { lineStarts, pairEnds };
  marksOf.set(source, found);
  return found;
}

/** How many of the ascending `offsets` are not behind `offset`, by binary search. */
function countUpTo(offsets: readonly number[], offset: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where `offset` is. An offset behind the end is the place behind the last character. A line may be of any length. */
export function locate(source: SourceText, offset: number): Location {
  const { lineStarts, pairEnds } = marks(source);
  const end = Math.min(offset, source.text.length);
  const line = countUpTo(lineStarts, end);
  const start = lineStarts[line - 1] ?? 0;
  const pairs = countUpTo(pairEnds, end) - countUpTo(pairEnds, start);
  return { line, column: end - start - pairs + 1 };
}

/** The text of line `line` (from 1) without its line ending; empty if there is no such line. */
export function lineText(source: SourceText, line: number): string {
  const { lineStarts: starts } = marks(source);
  const start = starts[line - 1];
  if (start === undefined) return '';
  const next = starts[line];
  const text = source.text.slice(start, next === undefined ? undefined : next - 1);
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
