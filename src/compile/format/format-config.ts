/** Owns the formatting of config files, and the proof that it changed white space only. */

import { hasErrors } from '../../../grammar/text/diagnostic.ts';
import type { Outcome } from '../../../grammar/text/outcome.ts';
import type { SourceText } from '../../../grammar/text/source-text.ts';
import { printConfig } from '../../../grammar/print/config.ts';
import type { ParsedConfig } from '../../../grammar/ast/config.ts';

/** The parser and its lexer, which whoever formats has loaded. */
export interface ConfigTokens {
  readonly parseConfig: (source: SourceText) => ParsedConfig;
  /** Every token, newline and comment, as its text. */
  readonly tokensOf: (source: SourceText) => readonly string[];
}

/** The tokens without the newlines that have no meaning: those beside braces, other newlines and `;`. */
function meaningOf(tokens: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const token of tokens) {
    const last = kept.at(-1);
    if (token === '}' && last === '\n') kept.pop();
    const meaningless = token === '\n' && (last === undefined || last === '\n' || last === '{' || last === ';');
    if (!meaningless) kept.push(token);
  }
  if (kept.at(-1) === '\n') kept.pop();
  return kept;
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((token, index) => token === right[index]);
}

/**
 * Formats a file; with a mistake in its grammar it stays as it is, and the diagnostics say why. Throws if the result
 * has other tokens or would be formatted otherwise again: that is a mistake of the formatter.
 */
export function formatConfig(source: SourceText, { parseConfig, tokensOf }: ConfigTokens): Outcome<string> {
  const { diagnostics } = parseConfig(source);
  if (hasErrors(diagnostics)) return { diagnostics };
  const tokens = tokensOf(source);
  const value = printConfig(tokens);
  const again = tokensOf({ ...source, text: value });
  if (!same(meaningOf(tokens), meaningOf(again))) throw new Error(`formatting ${source.name} would change its meaning`);
  if (printConfig(again) !== value) throw new Error(`formatting ${source.name} twice would change it twice`);
  return { value, diagnostics };
}
