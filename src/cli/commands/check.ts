/** Owns `ipvstx check`. */

import { type Diagnostic, hasErrors } from '../../../grammar/text/diagnostic.ts';
import { countDestinations } from '../../model/table.ts';
import { renderDiagnosticsGithub } from '../../render/diagnostics-github.ts';
import { renderDiagnosticsJson } from '../../render/diagnostics-json.ts';
import { renderDiagnosticsSarif } from '../../render/diagnostics-sarif.ts';
import { visible } from '../../render/visible.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { diagnosticDefinitions } from '../diagnostic-registries.ts';
import type { ExitStatus } from '../exit.ts';
import { Failure } from '../failure.ts';
import { pretendNames } from '../host-names.ts';
import { type LoadedTable, loadReference } from '../load-table.ts';
import { type Language, parseReference } from '../reference.ts';
import { sourceOptions } from '../source-options.ts';
import { version } from '../version.ts';

/** How diagnostics are printed. */
const formats = ['text', 'json', 'github', 'sarif'] as const;

/** What is checked, and how strictly. */
interface CheckInput {
  readonly sources: readonly string[];
  readonly language: Language | undefined;
  readonly format: (typeof formats)[number];
  /** Whether warnings are errors. */
  readonly strict: boolean;
}

/** Prints the diagnostics of all sources together; everything but text is a result for programs. */
async function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  format: CheckInput['format'],
  context: Context,
): Promise<void> {
  switch (format) {
    case 'text':
      return context.report(diagnostics);
    case 'json':
      return context.print(renderDiagnosticsJson(diagnostics));
    case 'github':
      return context.print(renderDiagnosticsGithub(diagnostics));
    case 'sarif':
      return context.print(
        renderDiagnosticsSarif(diagnostics, { version, definitions: await diagnosticDefinitions() }),
      );
  }
}

/** What is in a source without errors. */
function summaryOf({ name, snapshot: { table } }: LoadedTable): string {
  return `${visible(name)}: ${counted(table.services.size, 'service')}, ${counted(countDestinations(table), 'backend')}\n`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Says all that is wrong with the sources; touches no kernel and no network. */
export async function check({ sources, language, format, strict }: CheckInput, context: Context): Promise<ExitStatus> {
  const diagnostics: Diagnostic[] = [];
  const summaries: string[] = [];
  const unreadable: Failure[] = [];
  for (const source of sources) {
    const reference = parseReference(source, language);
    if (reference.kind === 'live') throw new Failure('usage', 'check is offline: it can not look at "live"');
    try {
      const loaded = await loadReference(reference, context, pretendNames);
      diagnostics.push(...loaded.diagnostics);
      if (!hasErrors(loaded.diagnostics)) summaries.push(summaryOf(loaded));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      unreadable.push(error);
    }
  }
  await printDiagnostics(diagnostics, format, context);
  await context.note(summaries.join(''));
  for (const failure of unreadable) await context.complain(failure);
  if (unreadable.length > 0) return 'error';
  const bad = diagnostics.some(({ severity }) => severity === 'error' || (strict && severity === 'warning'));
  return bad ? 'invalid' : 'done';
}

/** Its entry in the table of commands. */
export const checkCommand = defineCommand({
  name: 'check',
  summary: 'find mistakes in rule files, without a kernel',
  description:
    'Reads, compiles and judges each source, and reports every mistake with its place, an explanation and a suggestion. It needs no privileges, no kernel and no network: host names are not looked up.',
  positionals: { source: { count: 'many', summary: 'what to check: PATH, -, snapshot:PATH or git:REV:PATH' } },
  options: {
    format: { kind: 'choice', choices: formats, summary: 'how to print what was found (default: text)' },
    strict: { kind: 'flag', summary: 'take warnings for errors' },
    ...sourceOptions,
  },
  examples: [
    { line: 'ipvstx check site.rules', does: 'every mistake in a file' },
    { line: 'ipvstx check --strict --format github *.rules', does: 'annotations for a pull request' },
  ],
  run: (values, context) =>
    check(
      {
        sources: values.source,
        language: values['input-format'],
        format: values.format ?? (context.options.json ? 'json' : 'text'),
        strict: values.strict,
      },
      context,
    ),
});
