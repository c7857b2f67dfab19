/** Owns how ipvsadm loads a module: with modprobe at a fixed place, whose messages are the user's to see. */

import { spawn } from 'node:child_process';

/** Runs modprobe(8); false if it fails or is not there. */
export function loadModule(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const modprobe = spawn('/sbin/modprobe', ['--', name], { stdio: 'inherit' });
    modprobe.once('error', () => resolve(false));
    modprobe.once('close', (status) => resolve(status === 0));
  });
}
