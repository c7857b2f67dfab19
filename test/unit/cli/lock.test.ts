/** Owns the proof of `ipvstx lock`: every host name of every site, or nothing. */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../support/run-command.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ipvstx-lock-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

const write = (name: string, text: string): void => writeFileSync(join(directory, name), text);
const run = (...words: readonly string[]) => runCommand(words, { directory });
const service = 'service web { tcp 192.0.2.1 port 80; forward masq; backend w1 resolve("localhost") }\n';

test('the addresses of a host stand in a file beside the source, and are used from there', async () => {
  write('a.ipvs', service);
  expect(await run('check', 'a.ipvs')).toMatchObject({ status: 3 });
  expect(await run('lock', 'a.ipvs')).toEqual({ status: 0, stdout: '', stderr: 'a.ipvs.lock: 1 host name\n' });
  expect(readFileSync(join(directory, 'a.ipvs.lock'), 'utf8')).toMatch(/^#.*\nlocalhost .*127\.0\.0\.1/);
  expect((await run('compile', 'a.ipvs')).stdout).toContain('-r 127.0.0.1:80 -m');
});

test('every site is looked through', async () => {
  write(
    'a.ipvs',
    `site one { define W = resolve("localhost") }\nsite two { define W = 10.0.0.1 }\n${service.replace('resolve("localhost")', '$W')}`,
  );
  expect(await run('lock', 'a.ipvs')).toMatchObject({ status: 0, stderr: 'a.ipvs.lock: 1 host name\n' });
});

test('a name without an address and a file with a mistake are not locked', async () => {
  write('a.ipvs', service.replace('localhost', 'no-such-host.invalid'));
  expect(await run('lock', 'a.ipvs')).toMatchObject({ status: 1 });
  write('a.ipvs', service.replace('masq', 'mask'));
  expect(await run('lock', 'a.ipvs')).toMatchObject({ status: 3 });
  expect(await run('lock', '-')).toMatchObject({ status: 64 });
  expect(existsSync(join(directory, 'a.ipvs.lock'))).toBe(false);
});
