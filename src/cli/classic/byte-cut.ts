/** Owns what is left of a text that ipvsadm copies into a buffer of fixed size. */

/** The first `length` bytes of `text` in UTF-8; half a character at the end is dropped. */
export function cut(text: string, length: number): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= length) return text;
  return new TextDecoder().decode(bytes.subarray(0, length)).replace(/\uFFFD+$/, '');
}
