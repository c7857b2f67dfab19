/** Owns how `ipvsadm -R` takes its input apart (ipvsadm reference, 2.1): no quotes, no comments, no limit. */

const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;

/** Bytes of a word; what is longer goes on as the next word. */
const longestWord = 4096;

/** A byte order mark is a part of the first word, as for C. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A word ends at a NUL for C, whatever follows. */
function wordText(bytes: readonly number[]): string {
  const end = bytes.indexOf(0);
  return decoder.decode(Uint8Array.from(end === -1 ? bytes : bytes.slice(0, end)));
}

/**
 * Yields the words of each line that has any, as soon as its line feed was read. The word `ipvsadm` is dropped wherever
 * it stands. A last line without a line feed counts, unless two blanks end it.
 */
export async function* streamWords(input: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[], void> {
  let words: string[] = [];
  let word: number[] = [];
  let blanks = 0;
  const endWord = (): void => {
    if (word.length === 0) return;
    const text = wordText(word);
    if (text !== 'ipvsadm') words.push(text);
    word = [];
  };
  for await (const chunk of input) {
    for (const byte of chunk) {
      const blank = byte === space || byte === tab || byte === carriageReturn;
      blanks = blank ? blanks + 1 : 0;
      if (!blank && byte !== lineFeed) word.push(byte);
      if (blank || byte === lineFeed || word.length === longestWord) endWord();
      if (byte === lineFeed && words.length > 0) {
        yield words;
        words = [];
      }
    }
  }
  endWord();
  if (words.length > 0 && blanks < 2) yield words;
}
