/** Owns what is said about a config file that is not written as the grammar wants it. */

import { type IToken, tokenLabel } from 'chevrotain';
import { type Diagnostic, problemsOf } from '../text/diagnostic.ts';
import { quoted } from '../text/quoted.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import { type Keyword, type Place, keywordsAt, keywordsInside, optionsOf } from '../vocabulary/keywords.ts';
import { adviceOnPlace, adviceOnStray, adviceOnToken } from './config-advice.ts';
import { tokens } from './config-lexer.ts';

/** The diagnostics of the config parser, for the manual. */
export const configSyntaxProblems = {
  'unknown-statement': {
    severity: 'error',
    message: ({ found, place }: { found: string; place: string }) => `${found} begins no statement of ${place}`,
    explanation:
      'Every statement begins with a keyword (or, in a pool, with a name or an address), and each block has its own keywords. The whole statement is skipped, with the block behind it.',
  },
  'unknown-option': {
    severity: 'error',
    message: ({ found, statement }: { found: string; statement: string }) => `${found} does not belong to ${statement}`,
    explanation:
      'The statement is complete before this word, and the word is none of its options. A statement ends with its line, with `;` or before `}`.',
  },
  'unexpected-token': {
    severity: 'error',
    message: ({ found, expected }: { found: string; expected: string }) => `expected ${expected}, found ${found}`,
    explanation:
      'The grammar wants something else in this place. The statement is skipped; reading goes on with the next one.',
  },
  'stray-character': {
    severity: 'error',
    message: ({ found }: { found: string }) => `${found} can't stand here`,
    explanation:
      'Outside of comments and texts in double quotes a config file consists of printable ASCII characters, blanks, tabs and newlines. Dashes and blanks that were copied from a web page or a word processor often look right and are other characters.',
  },
  'unclosed-text': {
    severity: 'error',
    message: () => 'this quote begins a text that does not end on its line',
    explanation:
      'A text stands between two double quotes on one line. Inside, `\\"` is a double quote and `\\\\` a backslash; there are no other escapes.',
  },
  'unclosed-block': {
    severity: 'error',
    message: ({ before }: { before: string }) => `this block is not closed before ${before}`,
    explanation:
      'Every `{` needs its `}`. A block is taken as closed where a statement begins that can stand only outside of it.',
  },
  'unopened-block': {
    severity: 'error',
    message: () => 'this brace closes nothing',
    explanation: 'Every `}` closes the nearest open `{`. This one has none.',
  },
} as const;

const problem = problemsOf(configSyntaxProblems);

const placeLabels: Readonly<Record<Place, string>> = {
  file: 'a file',
  site: "'site'",
  timeouts: "'timeouts'",
  sync: "'sync'",
  settings: "'defaults' or 'profile'",
  service: "'service'",
  pool: "'pool'",
  backend: 'a backend',
  inside: 'a statement',
};

function described(token: IToken): string {
  if (token.tokenType.name === 'EOF') return 'the end of the file';
  return token.tokenType === tokens.Newline ? 'the end of the line' : quoted(token.image);
}

function spanOf(source: SourceText, token: IToken): Span {
  if (token.tokenType.name !== 'EOF') {
    return { source, start: token.startOffset, end: token.startOffset + token.image.length };
  }
  return { source, start: source.text.length, end: source.text.length };
}

function strayProblem(source: SourceText, token: IToken): Diagnostic {
  const span = spanOf(source, token);
  if (token.image.startsWith('"')) return problem('unclosed-text', undefined, { span });
  const character = String.fromCodePoint(token.image.codePointAt(0) ?? 0);
  const number = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const found = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character) ? `${quoted(character)} (${number})` : number;
  const end = span.start + character.length;
  return problem('stray-character', { found }, { span: { ...span, end }, ...adviceOnStray(character) });
}

/** Why a statement was refused. */
export interface Refusal {
  readonly source: SourceText;
  readonly place: Place;
  /** The statement's first token. */
  readonly first: IToken;
  readonly found: IToken;
  /** The token in front of it. */
  readonly previous: IToken;
  /** What was expected, as labels of tokens. */
  readonly expected: string;
}

/** The diagnostic for a statement that the grammar refuses. */
export function syntaxProblem({ source, place, first, found, previous, expected }: Refusal): Diagnostic {
  if (found.tokenType === tokens.Stray) return strayProblem(source, found);
  const statement = place === 'pool' ? 'member' : (first.image as Keyword);
  const known = keywordsInside(statement, place);
  const span = spanOf(source, found);
  if (expected === tokenLabel(tokens.Terminator)) {
    const advice = adviceOnPlace(found, known, optionsOf(statement, place), placeLabels);
    const label = place === 'pool' ? 'a member of a pool' : quoted(first.image);
    return problem('unknown-option', { found: described(found), statement: label }, { span, ...advice });
  }
  const parts = { found: described(found), expected: expected.replace(/, ([^,]*)$/, ' or $1') };
  return problem('unexpected-token', parts, { span, ...adviceOnToken(found, previous, expected, known) });
}

/** The diagnostic for what begins no statement. */
export function unknownStatement(source: SourceText, place: Place, found: IToken): Diagnostic {
  if (found.tokenType === tokens.Stray) return strayProblem(source, found);
  const known = keywordsAt(place);
  const advice =
    place === 'pool'
      ? { suggestion: 'a member is written as: NAME ADDRESS weight 1' }
      : adviceOnPlace(found, known, known, placeLabels);
  const parts = { found: described(found), place: placeLabels[place] };
  return problem('unknown-statement', parts, { span: spanOf(source, found), ...advice });
}

/** The diagnostic for a `{` without its `}`; `next` is where it was missed. */
export function unclosedBlock(source: SourceText, open: IToken, next: IToken): Diagnostic {
  const related =
    next.tokenType.name === 'EOF'
      ? {}
      : { related: [{ message: 'it ends before this statement', span: spanOf(source, next) }] };
  return problem('unclosed-block', { before: described(next) }, { span: spanOf(source, open), ...related });
}

/** The diagnostic for a `}` without its `{`. */
export function unopenedBlock(source: SourceText, close: IToken): Diagnostic {
  return problem('unopened-block', undefined, { span: spanOf(source, close) });
}
