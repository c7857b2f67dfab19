/** Owns `ipvstx compile`. */

import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import type { ExitStatus } from '../exit.ts';
import { loadTable } from '../load-table.ts';
import type { Language } from '../reference.ts';
import { outputOptions, sourceOptions, sourceSummary } from '../source-options.ts';
import { type TableOutput, compileFormats, writeTable } from '../write-table.ts';

interface CompileInput extends Pick<TableOutput, 'format' | 'file'> {
  readonly source: string;
  readonly language: Language | undefined;
}

/** Prints the table that a source describes. */
export async function compile({ source, language, ...output }: CompileInput, context: Context): Promise<ExitStatus> {
  const { snapshot } = await loadTable(source, language, context);
  await writeTable(snapshot.table, { ...output, stoppedDaemons: true }, context);
  return 'done';
}

/** Its entry in the table of commands. */
export const compileCommand = defineCommand({
  name: 'compile',
  summary: 'print the table that a source describes',
  description:
    'Reads a source and prints its table in a canonical form: as rules, one a service and backend; as a configuration, with the pools that services share; as JSON; or as a Mermaid flowchart. A result that can be read again makes the same table.',
  positionals: { source: { count: 'one', summary: sourceSummary } },
  options: {
    to: { kind: 'choice', choices: compileFormats, summary: 'the language of the result (default: rules)' },
    ...outputOptions,
    ...sourceOptions,
  },
  examples: [
    { line: 'ipvstx compile site.rules', does: 'what ipvsadm -S would save behind it' },
    { line: 'ipvstx compile site.rules --to json -o site.json', does: 'the same for a program, in a file' },
    { line: 'ipvstx compile site.rules --to config', does: 'the same as a person would write it' },
  ],
  run: (values, context) =>
    compile(
      {
        source: values.source,
        language: values['input-format'],
        format: values.to ?? (context.options.json ? 'json' : 'rules'),
        file: values.output,
      },
      context,
    ),
});
