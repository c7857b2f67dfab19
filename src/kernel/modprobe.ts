/** Owns the loading of kernel modules. */

import process from 'node:process';

/** Where modprobe is on systems that keep it out of an ordinary PATH. */
const administratorsPath = '/usr/sbin:/sbin';
const timeoutMs = 30_000;

/** Loads a module with modprobe(8); false if that was not possible, for whatever reason. */
export async function modprobe(name: string): Promise<boolean> {
  const { execa } = await import('execa');
  const PATH = `${process.env['PATH'] ?? ''}:${administratorsPath}`;
  const { failed } = await execa('modprobe', ['--', name], {
    env: { PATH },
    reject: false,
    stdio: 'ignore',
    timeout: timeoutMs,
  });
  return !failed;
}
