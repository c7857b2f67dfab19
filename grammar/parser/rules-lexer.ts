/** Owns the tokens of the rules language: popt's way of taking words apart, made from the option table. */

import { Lexer, type TokenType, createToken } from 'chevrotain';
import { type Entry, entryByLong, entryByShort } from '../vocabulary/entries.ts';

/* Only printable ASCII reaches the lexer (rules-line.ts), so every set below is a positive one and Chevrotain can
   choose the candidates by a token's first character. */
const wordEnd = '(?![!-~])';

/** An alternative of the names whose entries take a value of this kind. */
function names(entries: ReadonlyMap<string, Entry>, value: Entry['value']): string {
  const chosen = [...entries].filter(([, entry]) => entry.value === value);
  return chosen.map(([name]) => name).join('|');
}

const long = (value: Entry['value']): string => `--(?:${names(entryByLong, value)})`;
const short = (value: Entry['value']): string => `(?:${names(entryByShort, value)})`;

/** `#` where a word may begin: the rest of the line is for people. */
export const Comment = createToken({ name: 'Comment', pattern: /#[^\n]*/, group: 'comments' });

const Blanks = createToken({ name: 'Blanks', pattern: /[ \t\r]+/, group: Lexer.SKIPPED });

/** ipvsadm drops this word wherever it stands. */
const Ipvsadm = createToken({ name: 'Ipvsadm', pattern: new RegExp(`ipvsadm${wordEnd}`), group: Lexer.SKIPPED });

/** A path to ipvsadm: in front of a line it says nothing. */
export const Program = createToken({ name: 'Program', pattern: new RegExp(`[.~]*/(?:[!-~]+/)?ipvsadm${wordEnd}`) });

/** A word that begins no option: behind `-p` its value, else a leftover. */
export const Word = createToken({ name: 'Word', pattern: /[!-,.-~][!-~]*/ });

/** A lone dash is a word, but never the value of `-p`. */
export const LoneDash = createToken({ name: 'LoneDash', pattern: new RegExp(`-${wordEnd}`) });

/** Behind it every word is a leftover. */
export const EndOfOptions = createToken({
  name: 'EndOfOptions',
  pattern: new RegExp(`--${wordEnd}`),
  push_mode: 'leftovers',
});

/** Any word behind `--`. */
export const LeftoverWord = createToken({ name: 'LeftoverWord', pattern: /[!-~]+/ });

export const LongFlag = createToken({ name: 'LongFlag', pattern: new RegExp(long('none') + wordEnd) });

export const LongValued = createToken({
  name: 'LongValued',
  pattern: new RegExp(`${long('required')}(?![!-<>-~])`),
  push_mode: 'value',
});

export const LongOptional = createToken({
  name: 'LongOptional',
  pattern: new RegExp(`${long('optional')}(?![!-<>-~])`),
  push_mode: 'optional value',
});

/** `--list=x` */
export const LongFlagWithValue = createToken({
  name: 'LongFlagWithValue',
  pattern: new RegExp(`${long('none')}=[!-~]*`),
});

export const LongUnknown = createToken({ name: 'LongUnknown', pattern: /--[!-~]+/ });

/** The dash in front of one or more letters. */
const Dash = createToken({ name: 'Dash', pattern: /-(?=[!-,.-~])/, group: Lexer.SKIPPED, push_mode: 'bundle' });

export const ShortFlag = createToken({ name: 'ShortFlag', pattern: new RegExp(`${short('none')}(?!=)`) });

export const ShortValued = createToken({
  name: 'ShortValued',
  pattern: new RegExp(short('required')),
  pop_mode: true,
  push_mode: 'value',
});

export const ShortOptional = createToken({
  name: 'ShortOptional',
  pattern: new RegExp(short('optional')),
  pop_mode: true,
  push_mode: 'optional value',
});

/** `n=5` of `-Ln=5`. */
export const ShortFlagWithValue = createToken({
  name: 'ShortFlagWithValue',
  pattern: new RegExp(`${short('none')}=[!-~]*`),
});

/** The first letter that means nothing, and the rest of its word. */
export const ShortUnknown = createToken({ name: 'ShortUnknown', pattern: /[!-~][!-~]*/ });

const BundleEnd = createToken({ name: 'BundleEnd', pattern: /[ \t\r]+/, group: Lexer.SKIPPED, pop_mode: true });

/** A value in its option's own word, with or without a `=` in front. */
export const Attached = createToken({ name: 'Attached', pattern: /[!-~]+/, pop_mode: true });

const ValueIsNext = createToken({
  name: 'ValueIsNext',
  pattern: /[ \t\r]+/,
  group: Lexer.SKIPPED,
  pop_mode: true,
  push_mode: 'next word',
});

/** The word behind an option that must have a value, whatever it begins with. */
export const NextWord = createToken({ name: 'NextWord', pattern: /[!-~]+/, pop_mode: true });

/** A word of its own behind `-p` is an ordinary token: whether it is the value, its first character tells. */
const ValueMayBeNext = createToken({
  name: 'ValueMayBeNext',
  pattern: /[ \t\r]+/,
  group: Lexer.SKIPPED,
  pop_mode: true,
});

const modes = {
  words: [
    Blanks,
    Dash,
    LongValued,
    LongFlag,
    LongOptional,
    LongFlagWithValue,
    EndOfOptions,
    LongUnknown,
    LoneDash,
    Comment,
    Ipvsadm,
    Program,
    Word,
  ],
  bundle: [ShortFlag, ShortValued, ShortOptional, ShortFlagWithValue, ShortUnknown, BundleEnd],
  value: [Attached, ValueIsNext],
  'next word': [Comment, Ipvsadm, NextWord],
  'optional value': [Attached, ValueMayBeNext],
  leftovers: [Blanks, Comment, Ipvsadm, LeftoverWord],
};

/** Every token that the parser may meet. */
export const ruleTokens: readonly TokenType[] = [...new Set(Object.values(modes).flat())];

/** Makes the lexer; `validate` is for tests, as it costs more than everything else. Singletons are in rules-parser.ts. */
export function makeRulesLexer(validate: boolean): Lexer {
  return new Lexer(
    { modes, defaultMode: 'words' },
    { positionTracking: 'onlyOffset', ensureOptimizations: true, skipValidations: !validate },
  );
}
