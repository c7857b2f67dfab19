/** Owns the reading of a rule file: line by line, so that memory stays flat and one bad line is one diagnostic. */

import type { ParsedLine } from '../ast/rules.ts';
import { longestRule, noneTaken, plainLine, ruleEnd } from '../plain-rules.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import { strangerIn } from './rules-characters.ts';
import { makeRulesLexer } from './rules-lexer.ts';
import { RulesParser } from './rules-parser.ts';
import { ruleProblem } from './rules-problems.ts';
import { parsedRule } from './rules-words.ts';

/* Made once: a parser is expensive to make and cheap to use again. Their validation is a unit test. */
const lexer = makeRulesLexer(false);
const parser = new RulesParser(false);

/**
 * Every line of a rule file from the one that begins at `from`, but those that are taken, parsed when it is asked for. A
 * newline at the end of the file begins no further line.
 */
export function* parseRules(source: SourceText, from = 0, taken = noneTaken): Generator<ParsedLine, void> {
  const { text } = source;
  let isContinued = false;
  for (let start = from, end = from; start < text.length; start = end + 1) {
    const newline = text.indexOf('\n', start);
    end = newline === -1 ? text.length : newline;
    if (!isContinued && taken(start, end)) continue;
    const line = text.slice(start, end);
    // The backslash above was reported; what follows it is a part of that mistake.
    if (isContinued) yield { span: { source, start, end }, diagnostics: [] };
    else yield plainLine(source, start, line) ?? parseLine(source, start, line);
    isContinued = endsInBackslash(line);
  }
}

function endsInBackslash(line: string): boolean {
  return /\\[ \t\r]*$/.test(line) && ruleEnd(line) === line.length;
}

/** Has the grammar parse the line that begins at `base`. */
export function parseLine(source: SourceText, base: number, line: string): ParsedLine {
  const span = { source, start: base, end: base + line.length };
  const fault = longLine(span, line) ?? strangerIn(source, base, line);
  if (fault !== undefined) return { span, diagnostics: [fault] };
  const { tokens, groups } = lexer.tokenize(line);
  const parsed = parsedRule(parser.read(source, base, tokens));
  const [comment] = groups['comments'] ?? [];
  if (comment === undefined) return { span, ...parsed };
  const start = base + comment.startOffset;
  const text = comment.image.trimEnd();
  return { span, ...parsed, comment: { text, span: { source, start, end: start + text.length } } };
}

function longLine(span: Span, line: string): Diagnostic | undefined {
  if (line.length <= longestRule) return undefined;
  const length = ruleEnd(line);
  return length > longestRule ? ruleProblem('long-line', { length }, { span }) : undefined;
}
