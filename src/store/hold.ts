/** Owns a hold on the state of one namespace: the lock, the journal and the history under it. */

import { type Generations, openGenerations } from './generations.ts';
import { type Pending, readJournal, settleJournal } from './journal.ts';
import { type Busy, type Lock, takeLock } from './lock.ts';
import type { Place } from './place.ts';
import { type StateDirectory, openStateDirectory } from './state-directory.ts';

/** Who wants to write, and where. */
export interface HoldOptions {
  /** The directory of all namespaces' state. */
  readonly stateDirectory: string;
  readonly place: Place;
  /** How this run is called, for those who meet its lock or its journal. */
  readonly command: string;
  /** Seconds to wait for another writer. */
  readonly lockTimeout?: number;
}

/** Nobody else writes as long as it is held. */
export interface Hold {
  readonly place: Place;
  readonly command: string;
  readonly directory: StateDirectory;
  readonly generations: Generations;
  readonly lock: Lock;
}

/** Takes hold, or says who has it. Rejects with a StorageFault if the state can't be kept there. */
export async function holdState(options: HoldOptions): Promise<Hold | Busy> {
  const { stateDirectory, place, command, lockTimeout } = options;
  const directory = await (await openStateDirectory(stateDirectory)).directory(place.name);
  const lock = await takeLock(directory, command, lockTimeout);
  if (!('descriptor' in lock)) return lock;
  return { place, command, directory, lock, generations: await openGenerations(directory) };
}

/** Whether a transaction was begun in this namespace, and since the machine came up: another one's tables are gone. */
export function isOf({ header }: Pending, { boot, namespace }: Place): boolean {
  return header.boot === boot && header.namespace === namespace;
}

/**
 * What somebody left half done in this namespace, if it is still there to be undone. A journal of another boot or of a
 * namespace that is gone is settled as lost, and one whose table is in the history already as applied.
 */
export async function unsettled({ place, directory, generations }: Hold): Promise<Pending | undefined> {
  const pending = await readJournal(directory);
  if (pending === undefined) return undefined;
  const { id } = pending.header;
  const isLost = !isOf(pending, place);
  const isCommitted = (await generations.last())?.transaction === id;
  if (!isLost && !isCommitted) return pending;
  await settleJournal(directory, isCommitted ? 'applied' : 'lost');
  return undefined;
}
