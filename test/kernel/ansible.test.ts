/** Owns the proof of the Ansible role on a real kernel: Debian's ansible rolls a table out to a director. */

import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { setUpPlaybook } from '../support/playbook.ts';
import { namespace } from './support/namespace.ts';

const ipvstx = fileURLToPath(new URL('../../dist/ipvstx.js', import.meta.url));

test('the role shows the plan in check mode, and rolls it out', async () => {
  const director = await namespace();
  const directory = mkdtempSync('/run/ansible-');
  const at = (name: string): string => join(directory, name);
  const program = `exec ${process.execPath} ${ipvstx} "$@" --state-dir ${at('state')}`;
  const play = setUpPlaybook(directory, program, (command, words, environment) =>
    director.run(command, words, { environment }),
  );
  const live = async () => (await director.ipvsadm(['-Sn'])).stdout;

  const checked = await play(0, '--check', '--diff');
  expect(checked).toContain('+ service shop');
  expect(checked).toContain('\n+-a -t 192.0.2.10:80 -r 10.0.1.11:8080 -m -w 1\n');
  expect(await live()).toBe('');
  expect([existsSync(at('kept')), existsSync(at('staging')), existsSync(at('state'))]).toEqual([false, false, false]);

  expect(await play(0)).toMatch(/changed=4 .*failed=0/);
  expect(await live()).toBe(
    `-A -t 192.0.2.10:80 -s wrr
-a -t 192.0.2.10:80 -r 10.0.1.11:8080 -m -w 1
-a -t 192.0.2.10:80 -r 10.0.1.12:8080 -m -w 1
`,
  );
  expect(readFileSync(at('kept/pools.ipvs'), 'utf8')).toContain('10.0.1.12');
});
