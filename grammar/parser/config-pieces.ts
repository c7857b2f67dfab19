/** Owns where a long config file may be cut: between two statements, so that each piece can be read alone. */

/** Characters of a piece, at least. The tokens of one piece are in memory at a time, and they weigh more than its tree. */
const shortestPiece = 65_536;

/** What decides whether a newline is between statements, by its last character: braces outside of comments and texts. */
const decisive = /[{}\n]|#[^\n]*\n?|"(?:[^"\\\n]|\\[^\n])*"?/g;

/** A part of a text: offsets from 0, `end` is behind the last character. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** The pieces of a text, one after the other. A file whose braces do not match is cut in other places, or not at all. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let depth = 0;
  if (text.length > shortestPiece) {
    decisive.lastIndex = 0;
    // Not `matchAll`, which makes a list for each line of the text.
    while (decisive.test(text)) {
      const end = decisive.lastIndex;
      const sign = text[end - 1];
      if (sign === '{') depth++;
      else if (sign === '}') depth--;
      else if (sign === '\n' && depth === 0 && end - start >= shortestPiece) {
        pieces.push({ start, end });
        start = end;
      }
    }
  }
  pieces.push({ start, end: text.length });
  return pieces;
}
