/** Owns the choice of a kernel for a command, and the words for one that can't be used. */

import { resolve } from 'node:path';
import type { KernelPort } from '../apply/port.ts';
import { remoteEnvironment } from '../simulate/environment.ts';
import type { Context } from './context.ts';
import type { ExitStatus } from './exit.ts';
import { Failure } from './failure.ts';

/** Opens the kernel that the command line chose; rejects with a KernelFault. */
async function openKernel({ options, host }: Context): Promise<KernelPort> {
  const { kernel, timeout } = options;
  if (kernel?.kind === 'memory') {
    const { openMemory } = await import('../kernel/memory.ts');
    // Tables are tried here that are meant for a director: this machine need not have its interfaces.
    const environment = remoteEnvironment;
    const { file } = kernel;
    return openMemory(file === undefined ? { environment } : { environment, file: resolve(host.directory, file) });
  }
  const { openNetlink } = await import('../kernel/netlink-port.ts');
  return openNetlink(timeout === undefined ? {} : { timeoutMs: timeout });
}

/** Lends the kernel to `use` and closes it, whatever happens. */
export async function withKernel<T>(context: Context, use: (port: KernelPort) => Promise<T>): Promise<T> {
  const port = await openKernel(context);
  try {
    return await use(port);
  } finally {
    port.close();
  }
}

const isRoot = 'run it as root of the machine, not only of a container, or try it on "--kernel memory"';
const isThere = 'load the module with "modprobe ip_vs", or try the command on "--kernel memory"';

/** What to do about it; only what stands before every command has an exit code of its own. */
const remedies: Readonly<Record<string, { readonly status: ExitStatus; readonly suggestion: string }>> = {
  unavailable: { status: 'unavailable', suggestion: isThere },
  denied: { status: 'unavailable', suggestion: isRoot },
  torn: { status: 'error', suggestion: 'another program keeps changing the table; try again when it is done' },
};

/** The end of a run that a kernel's fault causes before anything was written. */
export function kernelFailure({ kind, message }: { readonly kind: string; readonly message: string }): Failure {
  const { status = 'error', suggestion } = remedies[kind] ?? {};
  return new Failure(status, message, suggestion);
}
