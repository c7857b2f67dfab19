/**
 * Owns the quick way through a rule file: a line of nothing but ipvsadm's own words is read as its command line would be.
 * Nearly every line is one, and a file of such lines needs no parser. What is not plain, and each mistake, is left to the
 * grammar, which reads a plain line alike (a property test).
 */

import { readWords } from './argv.ts';
import type { ParsedLine, Word } from './ast/rules.ts';
import type { Diagnostic } from './text/diagnostic.ts';
import type { SourceText } from './text/source-text.ts';

/** Characters of a rule without its comment. The longest that makes sense has a few hundred. */
export const longestRule = 16_384;

/** Not printable ASCII, or a character of a shell's syntax that is in no word of ipvsadm's. */
export const stranger = /[^\t\r -~]|["'`\\;$<>|&]/u;

const commentStart = /(?:^|[ \t\r])#/;

/** Where the part of a line ends that is not a comment. */
export function ruleEnd(line: string): number {
  const comment = commentStart.exec(line);
  if (comment === null) return line.length;
  return comment.index + comment[0].length - 1;
}

/** A path to the program in front of its words is not plain; its bare name is dropped wherever it stands. */
const pathToProgram = /\/ipvsadm(?![!-~])/;

/** A word: what is between blanks. */
const printable = /[!-~]+/g;

/** The words of a rule that begins at `base`. */
function wordsOf(source: SourceText, base: number, rule: string): readonly Word[] {
  const words: Word[] = [];
  let from = 0;
  printable.lastIndex = 0;
  // Not `matchAll`, which makes a list for each word.
  while (printable.test(rule)) {
    const to = printable.lastIndex;
    const text = rule.slice(from, to).trimStart();
    from = to;
    if (text === 'ipvsadm') continue;
    const end = base + to;
    words.push({ text, span: { source, start: end - text.length, end } });
  }
  return words;
}

const none: readonly Diagnostic[] = [];

/** The line that begins at `base`, if it is plain. */
export function plainLine(source: SourceText, base: number, line: string): ParsedLine | undefined {
  const end = ruleEnd(line);
  const rule = end === line.length ? line : line.slice(0, end);
  if (rule.length > longestRule || stranger.test(rule) || pathToProgram.test(rule)) return undefined;
  const { line: read, problem } = readWords(wordsOf(source, base, rule));
  if (problem !== undefined) return undefined;
  const span = { source, start: base, end: base + line.length };
  const parsed = read === undefined ? { span, diagnostics: none } : { span, diagnostics: none, rule: read };
  if (end === line.length) return parsed;
  const text = line.slice(end).trimEnd();
  const start = base + end;
  return { ...parsed, comment: { text, span: { source, start, end: start + text.length } } };
}

/** Whether whoever reads a file needs no tree of the line from `start` to `end`, because it has read that line itself. */
export type TakenLine = (start: number, end: number) => boolean;

/** Nobody reads lines without the tree. */
export const noneTaken: TakenLine = () => false;

/**
 * The lines of a file, but those that are taken, until one is not plain. The result is where that one begins, or the
 * length of the text.
 */
export function* plainRules(source: SourceText, taken: TakenLine): Generator<ParsedLine, number> {
  const { text } = source;
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    if (!taken(start, end)) {
      const line = plainLine(source, start, text.slice(start, end));
      if (line === undefined) return start;
      yield line;
    }
    start = end + 1;
  }
  return text.length;
}
