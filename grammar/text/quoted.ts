/** Owns how a message quotes what was written. */

const longest = 60;

/** The text between quotation marks, cut if it is long: a message stays one line, whatever it quotes. */
export function quoted(text: string): string {
  return text.length <= longest ? `'${text}'` : `'${text.slice(0, longest)}…'`;
}
