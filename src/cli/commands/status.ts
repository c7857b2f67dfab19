/** Owns `ipvstx status`. */

import { promises } from 'node:fs';
import { release } from 'node:os';
import { fingerprintOf, shortFingerprint } from '../../plan/fingerprint.ts';
import { ownedChanges } from '../../plan/plan.ts';
import { sumConnections } from '../../plan/analyze/disruption.ts';
import { renderStatus, statusToJson } from '../../render/status.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { sha256 } from '../../store/sha256.ts';
import type { ExitStatus } from '../exit.ts';
import { kernelName } from '../kernel-name.ts';
import { withKernel } from '../kernel.ts';
import { lastApplied, readRecords } from '../records.ts';

/** The parts of IPVS that were loaded as modules. */
async function loadedModules(): Promise<readonly string[]> {
  const text = await promises.readFile('/proc/modules', 'utf8').catch(() => '');
  return Array.from(text.matchAll(/^ip_vs\w*/gm), ([name]) => name).sort((left, right) => (left < right ? -1 : 1));
}

/** What only a running kernel has. */
async function machine({ options }: Context) {
  if (options.kernel?.kind === 'memory') return { modules: [], sysctls: new Map<string, string>() };
  const { readSysctls } = await import('../../kernel/sysctls.ts');
  return { release: release(), modules: await loadedModules(), sysctls: readSysctls() };
}

/** Prints the state of the director. */
export async function status(context: Context): Promise<ExitStatus> {
  const [{ table, activity }, info] = await withKernel(context, async (port) => [await port.dump(), await port.info()]);
  const records = await readRecords(context);
  const applied = await lastApplied(records);
  const all = [...activity.values()].flatMap(({ destinations }) => [...destinations.values()]);
  const found = {
    place: await kernelName(context.options),
    info,
    ...(await machine(context)),
    table,
    fingerprint: shortFingerprint(fingerprintOf(table, sha256)),
    connections: sumConnections(all),
    ...(applied === undefined
      ? {}
      : {
          generation: applied.info,
          drift: ownedChanges(table, applied.table, { formerly: applied.table }).changes.length,
        }),
    pending: records.pending,
  };
  const text = context.options.json
    ? `${JSON.stringify(statusToJson(found), undefined, 2)}\n`
    : renderStatus(found, context.layout);
  await context.print(text);
  return 'done';
}

/** Its entry in the table of commands. */
export const statusCommand = defineCommand({
  name: 'status',
  summary: 'print the state of the director at a glance',
  description:
    'Prints the version of IPVS, the size of the table, its connections, the synchronisation daemons, what was applied last and whether the table is still so, and those settings under net.ipv4.vs that change what draining and removing does, if they are not as usual. With --json all of them.',
  positionals: {},
  options: {},
  examples: [{ line: 'ipvstx status', does: 'what there is, and whether anything is under way' }],
  run: (_values, context) => status(context),
});
