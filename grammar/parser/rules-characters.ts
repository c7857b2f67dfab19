/** Owns the characters that have no place in a rule: what shells, web pages and broken files leave behind. */

import { ruleEnd, stranger } from '../plain-rules.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { SourceText } from '../text/source-text.ts';
import { entryByLong } from '../vocabulary/entries.ts';
import { ruleProblem } from './rules-problems.ts';

const dash = /^\p{Pd}$|^[\u2212\uFE63]$/u;
const quotationMark = /^["'`]$|^[\p{Pi}\p{Pf}\u201A\u201E\u300C-\u300F]$/u;
const invisible = /^[\p{Zs}\p{Zl}\p{Zp}\p{Cf}]$/u;
const control = /^\p{Cc}$/u;

const numberOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** The option that a word with typographic dashes was before: `–save` is `--save`, `–A` is `-A`. */
function plainOption(word: string): string {
  const [bare = ''] = word.replace(/^[\p{Pd}\u2212\uFE63]+/u, '').split('=', 1);
  return entryByLong.has(bare) ? `--${bare}` : `-${bare}`;
}

/** What to say about the first stranger of a line that begins at `base` in the text; nothing if it is in a comment. */
export function strangerIn(source: SourceText, base: number, line: string): Diagnostic | undefined {
  const found = stranger.exec(line);
  if (found === null || found.index >= ruleEnd(line)) return undefined;
  const [character] = found;
  const start = base + found.index;
  const at = (length: number) => ({ source, start, end: start + length });
  const details = { span: at(character.length) };
  const [word = character] = /^[^ \t\r]+/.exec(line.slice(found.index, found.index + 128)) ?? [];

  if (character === '\uFEFF' && start === 0) {
    return ruleProblem('byte-order-mark', undefined, {
      ...details,
      suggestion: 'save the file as UTF-8 without a byte order mark',
    });
  }
  if (character === '\uFFFD')
    return ruleProblem('not-utf8', undefined, { ...details, suggestion: 'save the file as UTF-8' });
  if (control.test(character)) return ruleProblem('control-character', { number: numberOf(character) }, details);
  if (invisible.test(character)) {
    const suggestion = 'replace it by an ordinary blank, or remove it';
    return ruleProblem('invisible-character', { number: numberOf(character) }, { ...details, suggestion });
  }
  if (dash.test(character)) {
    const begins = found.index === 0 || /[ \t\r-]/.test(line.charAt(found.index - 1));
    const suggestion = begins ? `write ${plainOption(word)}` : 'write a plain minus sign';
    return ruleProblem('typographic-dash', { text: word }, { span: at(word.length), suggestion });
  }
  if (quotationMark.test(character)) {
    return ruleProblem('quotation-mark', { text: character }, { ...details, suggestion: 'write the word without it' });
  }
  if (character === '\\') {
    return ruleProblem('line-continuation', undefined, { ...details, suggestion: 'write the whole rule on one line' });
  }
  if (character > '~') return ruleProblem('foreign-character', { text: character }, details);
  const suggestion =
    character === '$'
      ? 'write the value itself'
      : character === ';'
        ? 'write each rule on a line of its own'
        : undefined;
  const text = character === '$' ? word : character;
  return ruleProblem(
    'shell-syntax',
    { text },
    { span: at(text.length), ...(suggestion === undefined ? {} : { suggestion }) },
  );
}
