/** Owns the place for rehearsals: an empty namespace of the same kernel, which goes with the process that lives in it. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { KernelFault, type KernelPort } from '../apply/port.ts';
import { rehearse } from '../apply/rehearse.ts';
import type { Stage } from '../apply/run.ts';
import { openNetlink } from './netlink-port.ts';
import { connectPort, servePort } from './remote-port.ts';

/** How this program is started as the process that lives there: its words, down to the one that calls serveRehearsal(). */
export type RehearsalProgram = readonly string[];

const environment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };

/**
 * The stage of a run that rehearses its plan. Where there is no place for it, as in a container without CAP_SYS_ADMIN,
 * or where the place does not take the live table, the run goes on without it and `note` says why.
 */
export function rehearsalStage(program: RehearsalProgram, note: (text: string) => Promise<void>): Stage {
  return async (plan) => {
    const skipped = async (reason: string) => {
      await note(`not rehearsed: ${reason}`);
      return { kind: 'done' } as const;
    };
    try {
      const port = await openRehearsal(program);
      try {
        const { refusals, differences, conclusive } = await rehearse(port, plan);
        if (!conclusive) return await skipped('an empty namespace does not take the services that are live');
        if (refusals.length + differences.length === 0) return { kind: 'done' };
        return { kind: 'refused', refusals, differences };
      } finally {
        port.close();
      }
    } catch (error) {
      if (error instanceof KernelFault) return skipped(error.message);
      throw error;
    }
  };
}

/** Opens a port in a new namespace. Rejects with a {@link KernelFault} if this process may not make one. */
async function openRehearsal([command = '', ...words]: RehearsalProgram): Promise<KernelPort> {
  const child = spawn('unshare', ['--net', '--', command, ...words], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  const complaint = child.stderr === null ? Promise.resolve('') : text(child.stderr);
  const unstarted = once(child, 'error').then(([error]): never => {
    throw error;
  });
  try {
    return await Promise.race([connectPort(child), unstarted]);
  } catch (error) {
    const said = (await complaint).trim();
    const reason = error instanceof Error ? error.message : String(error);
    throw new KernelFault('failed', said === '' ? reason : said, { cause: error });
  }
}

/** What the process does that lives there. */
export async function serveRehearsal(): Promise<void> {
  await servePort(async () => {
    // Without a route to anywhere the kernel refuses every destination.
    const { execa } = await import('execa');
    const { failed } = await execa('ip', ['link', 'set', 'dev', 'lo', 'up'], { reject: false, stdio: 'ignore' });
    if (failed) throw new KernelFault('failed', '"ip link set dev lo up" fails there');
    return openNetlink();
  });
}
