/** Owns where a long config file may be cut: between two statements, so that each piece can be read alone. */

/** What decides whether a newline is between statements, by its last character: braces outside of comments and texts. */
const decisive = /[{}\n]|#[^\n]*\n?|"(?:[^"\\\n]|\\[^\n])*"?/g;

/** A part of a text: offsets from 0, `end` is behind the last character. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/**
 * The piece from `start`, where a statement begins, of at least `shortest` characters. In a file whose braces do not
 * match it ends in another place, or with the file.
 */
export function pieceFrom(text: string, start: number, shortest: number): Piece {
  let depth = 0;
  decisive.lastIndex = start;
  // Not `matchAll`, which makes a list for each line of the text.
  while (decisive.test(text)) {
    const end = decisive.lastIndex;
    const sign = text[end - 1];
    if (sign === '{') depth++;
    else if (sign === '}') depth--;
    else if (sign === '\n' && depth === 0 && end - start >= shortest) return { start, end };
  }
  return { start, end: text.length };
}
