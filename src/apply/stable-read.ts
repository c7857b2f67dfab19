/** Owns the reading of a table that holds still: a dump that another writer tore gives no sign of it. */

import type { Snapshot } from '../model/activity.ts';
import { diffTables } from '../plan/diff.ts';
import { KernelFault, type KernelPort } from './port.ts';

/** How often a table that keeps changing is read before it is given up. */
const patience = 6;

/** Reads until two readings in a row have the same configuration; rejects with a fault, `torn` if that does not happen. */
export async function readStable(port: KernelPort): Promise<Snapshot> {
  let previous: Snapshot | undefined;
  for (let reading = 0; reading < patience; reading++) {
    const snapshot = await readUnlessTorn(port);
    if (snapshot !== undefined && previous !== undefined && agree(previous, snapshot)) return snapshot;
    previous = snapshot;
  }
  throw new KernelFault('torn', 'the table kept changing while it was read: another program is writing to it');
}

async function readUnlessTorn(port: KernelPort): Promise<Snapshot | undefined> {
  try {
    return await port.dump();
  } catch (error) {
    if (error instanceof KernelFault && error.kind === 'torn') return undefined;
    throw error;
  }
}

function agree(left: Snapshot, right: Snapshot): boolean {
  return diffTables(left.table, right.table).length === 0;
}
