/** Owns the proof that the files of a configuration are found on disk and in git alike. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDiskSources, openRevisionSources } from '../../../src/cli/config-sources.ts';
import type { Host } from '../../../src/cli/host.ts';
import { runCommand } from '../../support/run-command.ts';

const files = {
  'site/main.ipvs':
    'include "../pools/*.ipvs"\ninclude? "none.ipvs"\nservice web { tcp 192.0.2.1 port $PORT; backends b }\n',
  'pools/b.ipvs': 'pool b { 10.0.0.1 masq }\n',
  'pools/a.ipvs': '',
  'pools/.hidden.ipvs': '?',
  'pools/c.txt': '?',
};
let directory: string;

/** The sources look at the directory only. */
function hostOf(directory: string): Host {
  const stream = new PassThrough();
  return { stdin: stream, stdout: stream, stderr: stream, env: {}, directory };
}

function git(...words: string[]): void {
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example', ...words], {
    cwd: directory,
    stdio: 'ignore',
  });
}

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'ipvstx-sources-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'first');
  writeFileSync(join(directory, 'pools/b.ipvs'), 'pool b { 10.0.0.2 masq }\n');
});

afterAll(() => rmSync(directory, { recursive: true }));

describe.each([
  ['', () => openDiskSources(hostOf(directory))],
  ['git:HEAD:', () => openRevisionSources('HEAD', hostOf(directory))],
])('%s', (prefix, open) => {
  test.each([
    ['../pools/*.ipvs', ['pools/a.ipvs', 'pools/b.ipvs']],
    ['../pools/[b-z].*', ['pools/b.ipvs', 'pools/c.txt']],
    ['../pools/?.ipvs', ['pools/a.ipvs', 'pools/b.ipvs']],
    ['../pools/[!a].ipvs', ['pools/b.ipvs']],
    ['../*/[ab].ipvs', ['pools/a.ipvs', 'pools/b.ipvs']],
    ['./none.ipvs', ['site/none.ipvs']],
    ['../none/*', []],
  ])('find %s', async (pattern, found) => {
    expect(await open().find(pattern, `${prefix}site/main.ipvs`)).toEqual(found.map((name) => prefix + name));
  });

  test('read', async () => {
    expect(await open().read(`${prefix}pools/a.ipvs`)).toEqual({ name: `${prefix}pools/a.ipvs`, text: '' });
    expect(await open().read(`${prefix}none.ipvs`)).toMatchObject({ missing: true });
    expect(await open().read(`${prefix}none/none.ipvs`)).toMatchObject({ missing: true });
  });
});

test('a directory is no file', async () => {
  expect(await openDiskSources(hostOf(directory)).read('pools')).toEqual({
    problem: 'it is a directory',
    missing: false,
  });
});

test.each([
  ['site/main.ipvs', '10.0.0.2:8080'],
  ['git:HEAD:site/main.ipvs', '10.0.0.1:8080'],
])('%s is compiled with the files beside it', async (source, backend) => {
  const { stdout, status } = await runCommand(['compile', source, '-D', 'PORT=8080'], { directory });
  expect(stdout).toContain(`-r ${backend} -m`);
  expect(status).toBe(0);
});

test('what is no path and no pattern is an answer as well', async () => {
  const sources = openDiskSources(hostOf(directory));
  expect(await sources.read('a\0b')).toMatchObject({ missing: false });
  expect(await sources.find('[z-a]*', 'site/main.ipvs')).toEqual([]);
  expect(await sources.find('../pools/a\0*', 'site/main.ipvs')).toEqual([]);
});
