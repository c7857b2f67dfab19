/** Owns the proof that systemd takes the units as they are. */

import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { runCommand } from './support/command.ts';

const directory = join(process.cwd(), 'src/packaging/systemd');

test('systemd finds nothing wrong with the units', async () => {
  // The root is this kernel's own: what is installed here is gone with it.
  symlinkSync(join(process.cwd(), 'dist/ipvstx.js'), '/usr/bin/ipvstx');
  const units = readdirSync(directory).map((name) => join(directory, name));
  expect(units.length).toBeGreaterThan(2);
  // The manual page is installed with the package.
  expect(await runCommand('systemd-analyze', ['verify', '--man=no', ...units])).toEqual({
    status: 0,
    stdout: '',
    stderr: '',
  });
});
