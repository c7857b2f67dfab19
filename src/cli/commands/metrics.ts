/** Owns `ipvstx metrics`. */

import type { Snapshot } from '../../model/activity.ts';
import { ownedChanges } from '../../plan/plan.ts';
import { type OperationMetrics, renderMetrics } from '../../render/metrics.ts';
import { namesOf, withNames } from '../../compile/backends/names.ts';
import { defineCommand } from '../command.ts';
import { configOptions, loadNames } from '../configured-names.ts';
import type { Context } from '../context.ts';
import type { ExitStatus } from '../exit.ts';
import { withKernel } from '../kernel.ts';
import { type Records, lastApplied, readRecords } from '../records.ts';
import { outputOptions } from '../source-options.ts';
import { writeText } from '../write-table.ts';

/** What is known about how the table came to be. */
async function operationMetrics(records: Records, { table }: Snapshot): Promise<OperationMetrics> {
  const { pending } = records;
  const applied = await lastApplied(records);
  if (applied === undefined) return { pending };
  const { info, table: desired } = applied;
  return {
    pending,
    driftChanges: ownedChanges(table, desired, { formerly: desired }).changes.length,
    generation: info.number,
    appliedSeconds: Math.floor(Date.parse(info.time) / 1000),
  };
}

/** Writes the counters of the moment. */
export async function metrics(
  { config, file }: { readonly config: string | undefined; readonly file: string | undefined },
  context: Context,
): Promise<ExitStatus> {
  const names = namesOf(await loadNames(config, context));
  const snapshot = await withKernel(context, (port) => port.dump({ counters: true }));
  const operation = await operationMetrics(await readRecords(context), snapshot);
  const text = renderMetrics({ ...snapshot, table: withNames(snapshot.table, names) }, operation);
  await writeText(text, file, context);
  return 'done';
}

/** Its entry in the table of commands. */
export const metricsCommand = defineCommand({
  name: 'metrics',
  summary: 'print counters in the text format of Prometheus',
  description:
    'Prints the counters and present connections of every service and backend, and how the table came to be, in the text format of Prometheus. With -o the file is replaced in one step, as the textfile collector of the node exporter needs it. Labels are the keys of services and backends, so their number is that of the table.',
  positionals: {},
  options: { ...outputOptions, ...configOptions },
  examples: [
    { line: 'ipvstx metrics -o /var/lib/node_exporter/ipvs.prom', does: 'for the node exporter, from a timer' },
  ],
  run: (values, context) => metrics({ config: values.config, file: values.output }, context),
});
