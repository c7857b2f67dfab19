/** Owns the proof of what the Ansible role does where nothing is to be done, nobody confirms, or the table is wrong. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { bundle, program } from '../../../src/packaging/build.mjs';
import { setUpPlaybook } from '../../support/playbook.ts';
import { temporaryDirectory } from '../../support/temporary-directory.mjs';

async function run(command: string, words: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = spawn(command, words, { env: { ...process.env, ...environment } });
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => stream.setEncoding('utf8').toArray());
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stdout: (await stdout)?.join('') ?? '', stderr: (await stderr)?.join('') ?? '' };
}

test('the role plans, applies and confirms, keeps what is confirmed, and ends in an error with the old table', async () => {
  const directory = temporaryDirectory('ansible');
  const at = (name: string): string => join(directory, name);
  await bundle(program, at('dist'));
  const line = `exec ${process.execPath} ${at('dist/ipvstx.js')} "$@" --kernel memory:${at('kernel.json')}`;
  const play = setUpPlaybook(directory, line, run);
  const live = () => readFileSync(at('kernel.json'), 'utf8');

  expect(await play(0, '--check')).toContain('3 to add, 0 to change, 0 to remove');
  expect([existsSync(at('kept')), existsSync(at('staging'))]).toEqual([false, false]);
  expect(await play(0)).toMatch(/changed=4 .*failed=0/);
  const wanted = live();
  expect(await play(0)).toMatch(/changed=0 .*failed=0/);

  // What is not confirmed does not stay, and is not there at the next boot.
  const pools = readFileSync(at('tables/pools.ipvs'), 'utf8');
  writeFileSync(at('tables/pools.ipvs'), pools.replace('10.0.1.12', '10.0.1.12 weight 7'));
  writeFileSync(at('unreachable'), '');
  expect(await play(2)).toContain('nobody confirmed');
  expect(live()).toBe(wanted);
  expect(readFileSync(at('kept/pools.ipvs'), 'utf8')).toBe(pools);

  rmSync(at('unreachable'));
  expect(await play(0, '--diff')).toContain('+-a -t 192.0.2.10:80 -r 10.0.1.12:8080 -m -w 7');
  expect(live()).not.toBe(wanted);
  expect(readFileSync(at('kept/pools.ipvs'), 'utf8')).toContain('weight 7');

  const changed = live();
  writeFileSync(at('tables/pools.ipvs'), 'pool web { w1 10.0.1.300 }\n');
  expect(await play(2)).toContain('10.0.1.300');
  expect(live()).toBe(changed);
});
