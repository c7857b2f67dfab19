/** Owns what commands that only look are told of the history and of what is under way. They make and change nothing. */

import { promises } from 'node:fs';
import { join } from 'node:path';
import { StorageFault } from '../apply/result.ts';
import type { Table } from '../model/table.ts';
import { type GenerationInfo, openGenerations } from '../store/generations.ts';
import { isPending } from '../store/journal.ts';
import { isErrno, openStateDirectory } from '../store/state-directory.ts';
import type { Context } from './context.ts';
import { Failure, systemErrorText } from './failure.ts';
import { type StatePlace, stateOf } from './state-place.ts';

/** A table that was applied. */
export interface Applied {
  readonly info: GenerationInfo;
  readonly table: Table;
}

/** What is written down about one table. */
export interface Records {
  /** Numbers that count from 0, oldest first. */
  readonly history: readonly GenerationInfo[];
  /** The table of one of them. */
  readonly tableOf: (info: GenerationInfo) => Promise<Table>;
  /** Whether a transaction is under way, or was left by a crash. */
  readonly pending: boolean;
}

const none: Records = {
  history: [],
  tableOf: ({ number }) => Promise.reject(new StorageFault(`there is no generation ${number}`)),
  pending: false,
};

async function exists(path: string): Promise<boolean> {
  try {
    await promises.lstat(path);
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw new StorageFault(`${path}: ${systemErrorText(error)}`, { cause: error });
  }
}

/** Opening a directory would make it, so it is looked for first. */
async function read({ stateDirectory, place }: StatePlace): Promise<Records> {
  const path = join(stateDirectory, place.name);
  if (!(await exists(path))) return none;
  const directory = await (await openStateDirectory(stateDirectory)).directory(place.name);
  const pending = await isPending(directory);
  if (!(await exists(join(path, 'generations')))) return { ...none, pending };
  const generations = await openGenerations(directory);
  return { history: await generations.list(), tableOf: ({ number }) => generations.table(number), pending };
}

/** Does what reads state; rejects with a {@link Failure} if it can't be read or trusted. */
export async function believing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StorageFault) throw new Failure('error', error.message, undefined, { cause: error });
    throw error;
  }
}

/** What is written down about the table of the chosen kernel. */
export async function readRecords(context: Context): Promise<Records> {
  const state = await stateOf(context);
  return state === undefined ? none : believing(() => read(state));
}

/** What was applied last; undefined if nothing ever was. */
export async function lastApplied({ history, tableOf }: Records): Promise<Applied | undefined> {
  const info = history.at(-1);
  return info && { info, table: await believing(() => tableOf(info)) };
}

/** What was applied as a generation; rejects with a {@link Failure} if it is not in the history. */
export async function appliedAs(number: number, { history, tableOf }: Records): Promise<Applied> {
  const info = history.find((generation) => generation.number === number);
  if (info === undefined) {
    throw new Failure('error', `there is no generation ${number} in the history`, 'see "ipvstx history"');
  }
  return { info, table: await believing(() => tableOf(info)) };
}
