/** Owns the tokens of the config language. */

import { type IToken, Lexer, type TokenType, createToken } from 'chevrotain';
import type { SourceText } from '../text/source-text.ts';
import { type Keyword, keywords } from '../vocabulary/keywords.ts';
import type { Piece } from './config-pieces.ts';

/** A run of what is neither blank, punctuation nor a quote. What it is, is decided behind the lexer: see `classify`. */
const Word = createToken({ name: 'WORD', pattern: /[!%&'*+\-./0-9:<>?@A-Z[\\\]^_`a-z|~]+/ });
/** A word that may be declared: letters, digits, `_`, `-` and `.`, beginning with a letter or `_`. */
const Name = createToken({ name: 'NAME', label: 'a name', pattern: Lexer.NA, categories: [Word] });
/** Every other word: numbers, durations, addresses, ranges. */
const Literal = createToken({ name: 'LITERAL', label: 'a value', pattern: Lexer.NA, categories: [Word] });
const Variable = createToken({ name: 'VARIABLE', label: 'a variable', pattern: /\$[A-Za-z_][A-Za-z0-9_.-]*/ });
const Text = createToken({ name: 'TEXT', label: 'a text in double quotes', pattern: /"(?:[^"\\\n\r]|\\["\\])*"/ });
const Open = createToken({ name: '"{"', label: "'{'", pattern: '{' });
const Close = createToken({ name: '"}"', label: "'}'", pattern: '}' });
const OpenParenthesis = createToken({ name: '"("', label: "'('", pattern: '(' });
const CloseParenthesis = createToken({ name: '")"', label: "')'", pattern: ')' });
const Comma = createToken({ name: '","', label: "','", pattern: ',' });
const Equals = createToken({ name: '"="', label: "'='", pattern: '=' });
/** What ends a statement; `}` and the end of the file do so as well. */
const Terminator = createToken({ name: 'TERMINATOR', label: 'the end of the statement', pattern: Lexer.NA });
const Newline = createToken({ name: 'NEWLINE', label: 'the end of the line', pattern: '\n', categories: [Terminator] });
const Semicolon = createToken({ name: '";"', label: "';'", pattern: ';', categories: [Terminator] });
const Blank = createToken({ name: 'BLANK', pattern: /[ \t\r]+/, group: Lexer.SKIPPED });
const Comment = createToken({ name: 'COMMENT', pattern: /#[^\n]*/, group: 'comments' });
/** What no token begins with. It takes part in parsing, so that it counts as the mistake of its statement. */
const Stray = createToken({ name: 'STRAY', label: 'a stray character', pattern: Lexer.NA });

/** The token types that are not keywords. */
export const tokens = {
  Word,
  Name,
  Literal,
  Variable,
  Text,
  Open,
  Close,
  OpenParenthesis,
  CloseParenthesis,
  Comma,
  Equals,
  Terminator,
  Newline,
  Semicolon,
  Stray,
};

/** `resolve` is reserved: an address may stand where a name may, so it can't be both. */
const keywordToken = (word: Keyword): TokenType =>
  createToken({
    name: `"${word}"`,
    label: `'${word}'`,
    pattern: Lexer.NA,
    categories: word === 'resolve' ? [] : [Name],
  });

/** The token type of each keyword. Keywords are names as well, wherever a name is wanted. */
export const keywordTokens = Object.fromEntries(keywords.map(({ word }) => [word, keywordToken(word)])) as Readonly<
  Record<Keyword, TokenType>
>;

/** Every token type, for the parser. */
export const vocabulary: readonly TokenType[] = [...Object.values(tokens), ...Object.values(keywordTokens)];

/** The lexer's own patterns, in the order in which they are tried. */
export const patterns: readonly TokenType[] = [
  Blank,
  Newline,
  Word,
  Variable,
  Text,
  Open,
  Close,
  Comma,
  Semicolon,
  Comment,
  Equals,
  OpenParenthesis,
  CloseParenthesis,
];

const lexer = new Lexer([...patterns], {
  positionTracking: 'onlyOffset',
  ensureOptimizations: true,
  skipValidations: true,
});

const keywordOf: ReadonlyMap<string, TokenType> = new Map(Object.entries(keywordTokens));
const name = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

/** Tells keywords, names and literals apart: one look at a table instead of a pattern for each keyword. */
function classify(token: IToken): void {
  if (token.tokenType !== Word) return;
  const type = keywordOf.get(token.image) ?? (name.test(token.image) ? Name : Literal);
  token.tokenType = type;
  // The parser looks at the number only.
  if (type.tokenTypeIdx !== undefined) token.tokenTypeIdx = type.tokenTypeIdx;
}

/** A text as tokens. */
export interface Lexed {
  readonly tokens: IToken[];
  readonly comments: readonly IToken[];
}

/**
 * Cuts a text, or a piece of it, into tokens. It never fails: what is no token is a `Stray`. A byte order mark at the
 * start is skipped. Offsets are those of the whole text.
 */
export function lexConfig({ text }: SourceText, { start, end }: Piece = { start: 0, end: text.length }): Lexed {
  const { tokens, groups, errors } = lexer.tokenize(text.slice(start, end));
  const comments = groups['comments'] ?? [];
  tokens.forEach((token) => {
    classify(token);
    token.startOffset += start;
  });
  for (const comment of comments) comment.startOffset += start;
  const stray = errors
    .map(({ offset, length }) => strayToken(text.slice(start + offset, start + offset + length), start + offset))
    .filter(({ image, startOffset }) => !(startOffset === 0 && image === '\uFEFF'));
  if (stray.length === 0) return { tokens, comments };
  return { tokens: [...tokens, ...stray].sort((left, right) => left.startOffset - right.startOffset), comments };
}

function strayToken(image: string, startOffset: number): IToken {
  return {
    image,
    startOffset,
    tokenType: Stray,
    tokenTypeIdx: Stray.tokenTypeIdx ?? 0,
  };
}
