/** Owns the formatting of rule files: one order of options, and the proof that every rule stays what it was. */

import type { ParsedLine, RuleLine } from '../../../grammar/ast/rules.ts';
import { printParsedLine } from '../../../grammar/print/rules.ts';
import { hasErrors } from '../../../grammar/text/diagnostic.ts';
import type { Outcome } from '../../../grammar/text/outcome.ts';
import type { SourceText } from '../../../grammar/text/source-text.ts';

/** The parser of rule files, which whoever formats has loaded. */
export type RulesReader = (source: SourceText) => Iterable<ParsedLine>;

/** The lines without empty ones at both ends, and with at most one in a row. */
function withoutGaps(lines: readonly string[]): readonly string[] {
  return lines.filter((line, index) => line !== '' || (index > 0 && (lines[index + 1] ?? '') !== ''));
}

/** What a rule says, in whatever order: two rules that say the same words of the same options are the same. */
function contentOf({ command, options, leftovers }: RuleLine): string {
  const uses = options.map(({ option, value }) => `${option.long}=${value?.text ?? ''}`).sort();
  return JSON.stringify([command.command.name, command.value?.text, uses, leftovers.map(({ text }) => text)]);
}

function contentsOf(lines: readonly ParsedLine[]): readonly string[] {
  return lines.flatMap(({ rule, comment }) => [
    ...(rule === undefined ? [] : [contentOf(rule)]),
    ...(comment === undefined ? [] : [comment.text]),
  ]);
}

/**
 * Formats a rule file; with a mistake in its words it stays as it is, and the diagnostics say why. Throws if a rule or
 * a comment would not be what it was, or if the result would be formatted otherwise again: that is a mistake of the
 * formatter.
 */
export function formatRules(source: SourceText, parse: RulesReader): Outcome<string> {
  const format = (lines: readonly ParsedLine[]): string =>
    withoutGaps(lines.map(printParsedLine))
      .map((line) => `${line}\n`)
      .join('');
  const lines = [...parse(source)];
  const diagnostics = lines.flatMap((line) => line.diagnostics);
  if (hasErrors(diagnostics)) return { diagnostics };
  const value = format(lines);
  const again = [...parse({ ...source, text: value })];
  const kept = JSON.stringify(contentsOf(again)) === JSON.stringify(contentsOf(lines));
  if (!kept) throw new Error(`formatting ${source.name} would change its meaning`);
  if (format(again) !== value) throw new Error(`formatting ${source.name} twice would change it twice`);
  return { value, diagnostics };
}
