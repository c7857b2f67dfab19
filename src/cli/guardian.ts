/** Owns the guardian as a process of this program: what its run tells it, and how it opens the kernel. */

import { userInfo } from 'node:os';
import process from 'node:process';
import { serveGuardian } from '../store/guardian.ts';
import type { Place } from '../store/place.ts';
import { guardianWord, ownCommandLine } from './inner-words.ts';
import type { StatePlace } from './state-place.ts';

/** Who is at work: the one who called sudo, if somebody did. */
export function presentUser(): string {
  return process.env['SUDO_USER'] ?? userInfo().username;
}

/** The words that start a guardian for a run; `memoryFile` keeps the table if it is not the kernel's. */
export function guardianCommandLine(
  { stateDirectory, place }: StatePlace,
  memoryFile: string | undefined,
): readonly string[] {
  const told = { stateDirectory, place, user: presentUser(), memoryFile };
  return ownCommandLine(guardianWord, JSON.stringify(told));
}

/** Is the guardian of the run that started this process. */
export async function runGuardian(told: string): Promise<void> {
  const { stateDirectory, place, user, memoryFile } = JSON.parse(told) as {
    readonly stateDirectory: string;
    readonly place: Place;
    readonly user: string;
    readonly memoryFile?: string;
  };
  const openPort = async () => {
    if (memoryFile === undefined) return (await import('../kernel/netlink-port.ts')).openNetlink();
    const { remoteEnvironment } = await import('../simulate/environment.ts');
    const { openMemory } = await import('../kernel/memory.ts');
    return openMemory({ environment: remoteEnvironment, file: memoryFile });
  };
  await serveGuardian({ stateDirectory, place, user, openPort });
}
