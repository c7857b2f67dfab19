/** Owns a change of one backend's weight in all of its services: what is meant by a word, and one transaction for all. */

import { readStable } from '../apply/stable-read.ts';
import { drainDoubts } from '../compile/backends/drain-doubts.ts';
import { namesOf, withNames } from '../compile/backends/names.ts';
import { reweigh } from '../compile/backends/reweigh.ts';
import { type Place, type Selection, selectBackends } from '../compile/backends/select.ts';
import { destinationId } from '../model/destination.ts';
import { serviceId } from '../model/service.ts';
import { templatesExpire } from '../model/sysctls.ts';
import type { Table } from '../model/table.ts';
import { fingerprintOf } from '../plan/fingerprint.ts';
import { type ApplyRequest, applyTable } from './apply-table.ts';
import { loadNames } from './configured-names.ts';
import type { Context } from './context.ts';
import { sha256 } from '../store/sha256.ts';
import type { ExitStatus } from './exit.ts';
import { Failure } from './failure.ts';
import { withKernel } from './kernel.ts';
import { sysctlsOf } from './sysctls-of.ts';
import { canAsk } from './terminal.ts';
import { weightsInSource, writeSource } from './write-weights.ts';

/** What every command about one backend is told. */
export interface BackendRequest {
  /** An address, an address with a port, or a name. */
  readonly backend: string;
  /** The configuration that names are from. */
  readonly config: string | undefined;
  /** The file into which the weight is put once it is live; names are from there unless `config` is given. */
  readonly write: string | undefined;
  /** Whether it was agreed to beforehand. */
  readonly yes: boolean;
  readonly dryRun: boolean;
}

interface WeightChange extends BackendRequest {
  /** What the plan says that its table comes from. */
  readonly source: string;
  /** The weight that the backend shall have in a place; may reject with a {@link Failure}. */
  readonly weigh: (places: readonly Place[]) => Promise<(place: Place) => number>;
}

/** How the change ended, and where the backend is. */
interface WeightOutcome {
  readonly status: ExitStatus;
  readonly places: readonly Place[];
}

/** Why a word means no backend of the table. */
function noBackend(word: string, { kind, suggestion }: Exclude<Selection, { kind: 'found' }>, named: Table): Failure {
  const near = suggestion === undefined ? undefined : `did you mean "${suggestion}"?`;
  if (kind === 'absent') return new Failure('error', `no service has backend ${word}`, near);
  if (named.services.size > 0)
    return new Failure('error', `"${word}" is neither an address nor the name of a backend`, near);
  return new Failure('error', `"${word}" is no address`, near ?? 'names come from a configuration: --config FILE');
}

/** The places of a backend; rejects with a {@link Failure} if there are none. */
function placesOf(word: string, table: Table, named: Table): readonly Place[] {
  const selection = selectBackends(word, table, named);
  if (selection.kind !== 'found') throw noBackend(word, selection, named);
  return selection.places;
}

/** What there is to say about places that will take no new connections. */
async function reportDoubts(before: readonly Place[], desired: Table, context: Context): Promise<void> {
  const drained = before.filter(({ service, destination: { key } }) => {
    const weight = desired.services.get(serviceId(service.key))?.destinations.get(destinationId(key))?.settings.weight;
    return weight === 0;
  });
  if (drained.length === 0) return;
  const expire = templatesExpire(await sysctlsOf(context)) ?? false;
  const services = new Set(drained.map(({ service }) => serviceId(service.key)));
  await context.report(drainDoubts(desired, services, { templatesExpire: expire }));
}

/** Plans, asks, and changes the weights as an apply would: nothing else of the live table is touched. */
export async function changeWeight(change: WeightChange, context: Context): Promise<WeightOutcome> {
  const { backend, write, config = write, yes, dryRun, source, weigh } = change;
  if (!yes && !dryRun && !canAsk(context.host)) {
    throw new Failure('usage', 'this asks before it writes, and nobody can answer here', 'agree with --yes');
  }
  const named = await loadNames(config, context);
  const { table } = await withKernel(context, readStable);
  const places = placesOf(backend, table, named);
  const weightOf = await weigh(places);
  const weighed = places.map((place) => ({ ...place, weight: weightOf(place) }));
  const desired = withNames(reweigh(table, weighed), namesOf(named));
  const files = write === undefined ? [] : await weightsInSource(write, weighed, context);
  await reportDoubts(places, desired, context);
  const approval: ApplyRequest['approval'] = yes ? 'show' : 'ask';
  const basis = fingerprintOf(table, sha256);
  // Other programs' services are in the live table, too: the history must not claim them.
  const record = (last: Table | undefined): Table | undefined => last && reweigh(last, weighed);
  const request = { desired, source, command: source, limits: {}, record, basis, dryRun, approval };
  const status = await applyTable(request, context);
  if (status === 'done' && !dryRun) await writeSource(files, context);
  return { status, places };
}
