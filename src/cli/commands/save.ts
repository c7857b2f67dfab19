/** Owns `ipvstx save`. */

import { readStable } from '../../apply/stable-read.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import type { ExitStatus } from '../exit.ts';
import { withKernel } from '../kernel.ts';
import { outputOptions } from '../source-options.ts';
import { type TableOutput, outputFormats, writeTable } from '../write-table.ts';

/** Writes the live table, losslessly. */
export async function save(output: Pick<TableOutput, 'format' | 'file'>, context: Context): Promise<ExitStatus> {
  const { table } = await withKernel(context, readStable);
  await writeTable(table, { ...output, stoppedDaemons: false }, context);
  return 'done';
}

/** Its entry in the table of commands. */
export const saveCommand = defineCommand({
  name: 'save',
  summary: 'write the live table, losslessly',
  description:
    'Writes the live table as rules that ipvsadm -R reads too, as a configuration, or as JSON. Unlike ipvsadm -S it keeps thresholds, timeouts, sync daemons and large marks. It never writes a part of a table.',
  positionals: {},
  options: {
    format: { kind: 'choice', choices: outputFormats, summary: 'the language of the result (default: rules)' },
    ...outputOptions,
  },
  examples: [
    { line: 'ipvstx save -o /etc/ipvstx/today.rules', does: 'keep the live table' },
    { line: 'ipvstx save --format json', does: 'a snapshot that "plan --from snapshot:PATH" takes' },
  ],
  run: (values, context) =>
    save({ format: values.format ?? (context.options.json ? 'json' : 'rules'), file: values.output }, context),
});
