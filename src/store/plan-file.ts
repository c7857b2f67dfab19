/** Owns saved plans: what shall be applied, and to exactly which table of which kernel. */

import * as json from '../model/json-codec.ts';
import { tableFromJson, tableToJson } from '../model/table-json.ts';
import type { Table } from '../model/table.ts';
import type { Fingerprint } from '../plan/fingerprint.ts';
import { crypto } from './crypto.ts';
import { type GitState, gitStateCodec } from './git-state.ts';
import type { Hold } from './hold.ts';
import type { Place } from './place.ts';

/** A plan on disk. It is made again when it is applied: from the same two tables it comes out the same. */
export interface SavedPlan {
  readonly id: string;
  /** ISO 8601. */
  readonly made: string;
  /** Of the table that it is for. */
  readonly fingerprint: Fingerprint;
  readonly place: Place;
  /** The generation that was the last one; absent if there was none. */
  readonly generation?: number;
  /** What people know the desired table by. */
  readonly source: string;
  readonly git?: GitState;
  /** Seconds to drain what is removed and does not say so itself. */
  readonly drain?: number;
  readonly desired: Table;
}

const anyText = json.text<string>((text) => text, 'a text', {});

const tableCodec: json.Codec<Table> = {
  encode: tableToJson,
  decode: (document) => tableFromJson(document),
  schema: {},
};

const planCodec = json.object(
  json.record<SavedPlan & { readonly version: 1 }>({
    version: json.required(
      'ipvstx_plan',
      json.scalar((given) => (given === 1 ? given : undefined), '1', { const: 1 }),
    ),
    id: json.required('id', anyText),
    made: json.required('made', anyText),
    fingerprint: json.required(
      'fingerprint',
      json.text((text) => (/^[0-9a-f]{64}$/.test(text) ? (text as Fingerprint) : undefined), 'a fingerprint', {}),
    ),
    place: json.required(
      'place',
      json.object(
        json.record<Place>({
          boot: json.required('boot', anyText),
          namespace: json.required('namespace', anyText),
          name: json.required('name', anyText),
        }),
      ),
    ),
    generation: json.optional('generation', json.number({ from: 0, to: Number.MAX_SAFE_INTEGER })),
    source: json.required('source', anyText),
    git: json.optional('git', gitStateCodec),
    drain: json.optional('drain', json.number({ from: 0, to: Number.MAX_SAFE_INTEGER })),
    desired: json.required('desired', tableCodec),
  }),
);

/** The text of a new plan's file. */
export function writePlan(plan: Omit<SavedPlan, 'id' | 'made'>): string {
  const saved = { version: 1 as const, id: crypto().randomUUID(), made: new Date().toISOString(), ...plan };
  return `${JSON.stringify(planCodec.encode(saved), undefined, 2)}\n`;
}

/** Whether a text is that of a plan's file rather than any other JSON. */
export function isPlanText(text: string): boolean {
  return /^\s*\{\s*"ipvstx_plan"/.test(text);
}

/** The plan in a file. Throws a {@link json.JsonMismatch} or a SyntaxError if it is none. */
export function readPlan(text: string): SavedPlan {
  const { version: _version, ...plan } = planCodec.decode(JSON.parse(text), '');
  return plan;
}

/**
 * Why a saved plan can't be applied under a hold; undefined if nothing is known against it. Whether live is still the
 * table that it was made for shows when that is read: pass its fingerprint on as the basis of the run.
 */
export async function objectionTo(plan: SavedPlan, { place, generations }: Hold): Promise<string | undefined> {
  if (plan.place.boot !== place.boot) return 'the machine was restarted since the plan was made';
  if (plan.place.namespace !== place.namespace) {
    return `the plan was made for another network namespace (${plan.place.name}, this is ${place.name})`;
  }
  const used = (await generations.list()).find((generation) => generation.plan === plan.id);
  if (used !== undefined) return `the plan was applied already: it is generation ${used.number}`;
  const last = (await generations.last())?.number;
  return last === plan.generation ? undefined : 'another table was applied since the plan was made';
}
