/** Owns the guardian: a process that outlives the terminal and the run, and rolls back what the run can no longer. */

import { once } from 'node:events';
import type { Socket } from 'node:net';
import process from 'node:process';
import type { KernelPort } from '../apply/port.ts';
import { StorageFault } from '../apply/result.ts';
import { cleanEnvironment } from './command.ts';
import { openGenerations } from './generations.ts';
import { type Hold, unsettled } from './hold.ts';
import type { KeepingStages } from './keeping.ts';
import type { Lock } from './lock.ts';
import type { Place } from './place.ts';
import { recover } from './recover.ts';
import { openStateDirectory } from './state-directory.ts';

/** A guardian that watches this process. */
export interface Guardian {
  /** Sends it away, when the run is settled. Resolves when it is gone. */
  dismiss(): Promise<void>;
}

/** The descriptor on which it inherits the lock: nobody gets in between the end of the run and its recovery. */
const lockDescriptor = 3;

/**
 * Starts a guardian under a hold; `program` are the words that start this program as one. Rejects with a
 * {@link StorageFault} if it does not come up: then nothing may be written.
 */
export async function startGuardian([command = '', ...words]: readonly string[], lock: Lock): Promise<Guardian> {
  const { spawn } = await import('node:child_process');
  const child = spawn(command, words, {
    env: cleanEnvironment,
    // A session of its own: neither the terminal's end nor Ctrl-C reaches it.
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore', lock.descriptor],
  });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new TypeError('a guardian has pipes');
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  stdin.on('error', () => undefined);
  const ready = await Promise.race([
    once(stdout, 'data').then(() => true),
    once(child, 'error').then(() => false),
    gone.then(() => false),
  ]);
  if (!ready) throw new StorageFault(`the guardian of the confirmation can't be started: ${command}`);
  // It shall not keep this process from ending: that is what it waits for.
  stdout.destroy();
  child.unref();
  (stdin as Socket).unref();
  return {
    dismiss: async () => {
      child.ref();
      stdin.end();
      await gone;
    },
  };
}

/** The stages of a run that is kept, under the eyes of a guardian from before its first write until it is settled. */
export function guardedStages(stages: KeepingStages, start: () => Promise<Guardian>): KeepingStages {
  let guardian: Guardian | undefined;
  return {
    ...stages,
    journal: async (plan) => {
      guardian = await start();
      try {
        return await stages.journal(plan);
      } catch (error) {
        await guardian.dismiss();
        throw error;
      }
    },
    close: async (result) => {
      const event = await stages.close(result);
      await guardian?.dismiss();
      return event;
    },
  };
}

/** What a guardian needs to know. */
export interface GuardianOptions {
  readonly stateDirectory: string;
  readonly place: Place;
  readonly user: string;
  readonly openPort: () => Promise<KernelPort>;
}

/** Is a guardian: waits until the run that started this process is gone, and rolls back what it left. */
export async function serveGuardian({ stateDirectory, place, user, openPort }: GuardianOptions): Promise<void> {
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  const directory = await (await openStateDirectory(stateDirectory)).directory(place.name);
  const lock: Lock = { descriptor: lockDescriptor, release: async () => undefined };
  const hold: Hold = { place, command: 'guardian', directory, lock, generations: await openGenerations(directory) };
  process.stdout.write('.');
  process.stdin.resume();
  await once(process.stdin, 'end');
  const pending = await unsettled(hold);
  if (pending === undefined) return;
  const port = await openPort();
  try {
    await recover(hold, pending, { port, user });
  } finally {
    port.close();
  }
}
