/** Owns where a command's state is: the directory for it, and which table it is about. */

import { resolve } from 'node:path';
import { type Place, presentPlace } from '../store/place.ts';
import { defaultStateDirectory } from '../store/state-directory.ts';
import type { Context } from './context.ts';
import { Failure } from './failure.ts';

/** Where the state of one table is kept. */
export interface StatePlace {
  readonly stateDirectory: string;
  readonly place: Place;
}

/** The state of the chosen kernel; a memory kernel that no file keeps has none. */
export async function stateOf({ host, options }: Context): Promise<StatePlace | undefined> {
  const { kernel, 'state-dir': chosen } = options;
  const at = (path: string): string => resolve(host.directory, path);
  if (kernel?.kind !== 'memory')
    return { stateDirectory: at(chosen ?? defaultStateDirectory), place: await presentPlace() };
  if (kernel.file === undefined) return undefined;
  // Its table outlives every boot.
  const place: Place = { boot: 'memory', namespace: `memory:${at(kernel.file)}`, name: 'memory' };
  return { stateDirectory: at(chosen ?? `${kernel.file}.state`), place };
}

/** The state of the chosen kernel, for a command that is about nothing else. */
export async function keptStateOf(context: Context): Promise<StatePlace> {
  const state = await stateOf(context);
  if (state === undefined) throw new Failure('usage', 'nothing is kept about a memory kernel without a file');
  return state;
}
