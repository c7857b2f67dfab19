/** Owns `# ipvstx: allow CODE`: the comments that silence a warning, on its line or on the line above. */

import type { ConfigFile } from '../../../grammar/ast/config.ts';
import { allowedCodes } from '../../../grammar/text/allowance.ts';
import type { Diagnostic } from '../../../grammar/text/diagnostic.ts';
import { didYouMean } from '../../../grammar/text/did-you-mean.ts';
import type { SourceText } from '../../../grammar/text/source-text.ts';
import { startOf } from '../../../grammar/text/span.ts';
import { configProblems, problem } from './problems.ts';
import type { Report } from './report.ts';

/** The codes that may be silenced: an error is never one. */
const silenceable = Object.entries(configProblems)
  .filter(([, { severity }]) => severity !== 'error')
  .map(([code]) => code);

/** Reads the allowances of all files; the answer is whether a diagnostic is silenced. */
export function readAllowances(files: readonly ConfigFile[], report: Report): (diagnostic: Diagnostic) => boolean {
  /** Codes by the lines that they hold for. */
  const allowed = new Map<SourceText, Map<number, Set<string>>>();
  for (const { source, comments } of files) {
    for (const { text, span } of comments) {
      for (const code of allowedCodes(text)) {
        if (!silenceable.includes(code)) {
          report(problem('unknown-allowance', { code }, { span, ...didYouMean(code, silenceable) }));
          continue;
        }
        const lines = allowed.get(source) ?? new Map<number, Set<string>>();
        allowed.set(source, lines);
        const { line } = startOf(span);
        for (const held of [line, line + 1]) lines.set(held, (lines.get(held) ?? new Set<string>()).add(code));
      }
    }
  }
  return ({ code, span }) =>
    span !== undefined && (allowed.get(span.source)?.get(startOf(span).line)?.has(code) ?? false);
}
