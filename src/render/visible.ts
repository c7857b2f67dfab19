/** Owns what a terminal may be sent of a foreign text: nothing that moves its cursor, hides or reorders. */

/** One character of a text as it is shown. */
export interface Cell {
  readonly text: string;
  /** Columns of a terminal: 0 for a mark that combines with the character before it, 2 for a wide one. */
  readonly width: number;
}

/** Controls, invisible and reordering format characters, line separators, halves of surrogate pairs. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const combining = /[\p{Mn}\p{Me}]/u;
const halfWidth = /[\uFF61-\uFFDC]/;
const wide =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]/u;

/** Distance of tab stops on a terminal. */
const tabStop = 8;

/** How a character (one code point) is shown at `column` (from 0): itself, a tab's blanks, or `<U+001B>`. */
export function cellOf(character: string, column: number): Cell {
  if (character >= ' ' && character <= '~') return { text: character, width: 1 };
  if (character === '\t') {
    const width = tabStop - (column % tabStop);
    return { text: ' '.repeat(width), width };
  }
  if (unprintable.test(character)) {
    const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return { text: `<U+${number}>`, width: number.length + 4 };
  }
  if (combining.test(character)) return { text: character, width: 0 };
  return { text: character, width: wide.test(character) && !halfWidth.test(character) ? 2 : 1 };
}

/** The cells of a text that begins at `column` (from 0). */
export function cellsOf(text: string, column = 0): readonly Cell[] {
  let at = column;
  return Array.from(text, (character) => {
    const cell = cellOf(character, at);
    at += cell.width;
    return cell;
  });
}

/** How many columns the cells take. */
export function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}

/** A text in one line, safe for a terminal. */
export function visible(text: string): string {
  // The common case costs one test: messages and paths are nearly always plain ASCII.
  if (/^[ -~]*$/.test(text)) return text;
  return cellsOf(text)
    .map((cell) => cell.text)
    .join('');
}
