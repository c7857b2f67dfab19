/** Owns saved plans as files: how one is written for the live table, and how one is told from a source. */

import { promises } from 'node:fs';
import { resolve } from 'node:path';
import { JsonMismatch } from '../model/json-codec.ts';
import type { Table } from '../model/table.ts';
import type { Fingerprint } from '../plan/fingerprint.ts';
import { gitStateOf } from '../store/git-state.ts';
import { type SavedPlan, isPlanText, readPlan, writePlan } from '../store/plan-file.ts';
import type { Context } from './context.ts';
import { Failure } from './failure.ts';
import { readRecords } from './records.ts';
import { stateOf } from './state-place.ts';
import { writeText } from './write-table.ts';

/** The plan in a file; undefined if the file holds no plan, or is none that can be read. */
export async function readPlanFile(path: string, { host }: Context): Promise<SavedPlan | undefined> {
  // What can't be read as a file is a reference of another kind, or is reported by whoever reads it as a source.
  const text = await promises.readFile(resolve(host.directory, path), 'utf8').catch(() => '');
  if (!isPlanText(text)) return undefined;
  try {
    return readPlan(text);
  } catch (error) {
    if (!(error instanceof JsonMismatch || error instanceof SyntaxError)) throw error;
    throw new Failure('invalid', `the plan in "${path}" is damaged: ${error.message}`, 'make a new plan');
  }
}

/** What a saved plan is made of. */
export interface PlanOrigin {
  readonly desired: Table;
  /** Of the live table. */
  readonly fingerprint: Fingerprint;
  readonly source: string;
  /** Seconds. */
  readonly drain?: number;
  /** The file that `desired` is from. */
  readonly file: string | undefined;
}

/** Saves a plan for the live table. */
export async function savePlan({ file, ...origin }: PlanOrigin, to: string, context: Context): Promise<void> {
  const state = await stateOf(context);
  if (state === undefined) throw new Failure('usage', 'a memory kernel that no file keeps takes no saved plan');
  const last = (await readRecords(context)).history.at(-1);
  const generation = last === undefined ? {} : { generation: last.number };
  const known = file === undefined ? undefined : await gitStateOf(file);
  const git = known === undefined ? {} : { git: known };
  await writeText(writePlan({ ...origin, ...git, ...generation, place: state.place }), to, context);
}
