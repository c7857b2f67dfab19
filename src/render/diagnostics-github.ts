/** Owns diagnostics as workflow commands, which a GitHub runner turns into annotations of a pull request. */

import type { Diagnostic, Severity } from '../../grammar/text/diagnostic.ts';
import { jsonPlace } from './diagnostics-json.ts';

/** What the runner decodes in the text behind `::`. */
function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property ends at a comma or a colon, so these are encoded as well. */
function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function properties({ code, span }: Diagnostic): string {
  const title = `title=${escapeProperty(code)}`;
  if (span === undefined) return title;
  const { file, line, column, endLine, endColumn } = jsonPlace(span);
  // The runner shows columns only on a range inside one line, and counts its end as part of it.
  const columns = endLine === line ? `,col=${column},endColumn=${Math.max(column, endColumn - 1)}` : '';
  return `file=${escapeProperty(file)},line=${line},endLine=${endLine}${columns},${title}`;
}

/** The runner's word for each severity. */
const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/** One line a diagnostic. */
export function renderDiagnosticsGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map((diagnostic) => {
      const { severity, message, suggestion } = diagnostic;
      const text = suggestion === undefined ? message : `${message}\nhelp: ${suggestion}`;
      return `::${levels[severity]} ${properties(diagnostic)}::${escapeMessage(text)}\n`;
    })
    .join('');
}
