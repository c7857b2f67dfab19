import { type StdioOptions, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, closeSync, constants, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { bundle, program } from '../../../src/packaging/build.mjs';

let directory: string;
let ipvstx: string;

/** Three times what a pipe holds. */
const longRules = Array.from({ length: 10_000 }, (_, index) => `-A -f ${index + 1} -s rr\n`).join('');

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ipvstx-process-'));
  ipvstx = join(directory, 'dist/ipvstx.js');
  await bundle(program, join(directory, 'dist'));
  writeFileSync(join(directory, 'site.rules'), '-A -t 192.0.2.1:80 -s rr\n');
  writeFileSync(join(directory, 'long.rules'), longRules);
});

afterAll(() => rmSync(directory, { recursive: true }));

/** Runs the program under a path, as a process of its own. */
function run(path: string, words: readonly string[], stdio: StdioOptions = 'pipe') {
  return spawnSync(process.execPath, [path, ...words], { cwd: directory, stdio, encoding: 'utf8' });
}

describe('the process', () => {
  it('answers for its version', () => {
    for (const words of [['version'], ['--version']]) {
      expect(run(ipvstx, words)).toMatchObject({ status: 0, stdout: `ipvstx ${manifest.version}\n`, stderr: '' });
    }
    expect(JSON.parse(run(ipvstx, ['version', '--json']).stdout)).toMatchObject({ version: manifest.version });
  });

  it('waits for the reader of a pipe that does not wait', async () => {
    const pipe = join(directory, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const writer = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    // Node makes the first three descriptors of a child wait.
    const words = ['-c', 'exec "$@" >&3', 'sh', process.execPath, ipvstx, 'compile', '--to', 'rules', 'long.rules'];
    const child = spawn('sh', words, { cwd: directory, stdio: ['ignore', 'ignore', 'inherit', writer] });
    const ended = once(child, 'exit');
    // It has filled the pipe when nobody has read from it for so long.
    await delay(1000);
    expect(child.exitCode).toBeNull();
    const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'inherit'] });
    const text = once(reader, 'spawn').then(() => {
      closeSync(writer);
      return reader.stdout.setEncoding('utf8').toArray();
    });
    expect((await text).join('')).toBe(longRules);
    expect(await ended).toEqual([0, null]);
  });

  it('is ipvsadm under that name and behind that word', () => {
    const links = ['ipvsadm', 'ipvsadm-save', 'ipvsadm-restore'].map((name) => {
      symlinkSync(ipvstx, join(directory, name));
      return join(directory, name);
    });
    const [ipvsadm = ''] = links;
    const expected = run(ipvstx, ['ipvsadm', '-v']);
    expect(expected).toMatchObject({ status: 0, stderr: '' });
    expect(expected.stdout).toMatch(/^ipvsadm v1\.31 /);
    expect(run(ipvsadm, ['-v'])).toMatchObject({ status: 0, stdout: expected.stdout });
    for (const link of links) expect(run(link, ['check']).stdout).not.toContain('ipvstx');
  });

  it('ends with 1 where its result can not be written', () => {
    const full = openSync('/dev/full', 'w');
    for (const words of [['version'], ['compile', 'site.rules'], ['--help']]) {
      expect(run(ipvstx, words, ['ignore', full, 'pipe'])).toMatchObject({ status: 1 });
    }
    closeSync(full);
    // More than a pipe holds, so the write is still going on when the reader is gone.
    const shell = spawnSync(
      'bash',
      ['-c', '"$0" "$1" compile long.rules | true; exit "${PIPESTATUS[0]}"', process.execPath, ipvstx],
      {
        cwd: directory,
        encoding: 'utf8',
      },
    );
    expect(shell.status).toBe(1);
    expect(shell.stderr).toMatch(/^ipvstx: can't write to standard output: the reader has closed it\n/);
  });

  it('carries out a transaction although nobody can read what it says', () => {
    const full = openSync('/dev/full', 'w');
    const kernel = ['--kernel', 'memory:kernel.json'];
    const apply = run(ipvstx, ['apply', '--yes', '--json', 'site.rules', ...kernel], ['ignore', full, full]);
    closeSync(full);
    expect(apply.status).toBe(0);
    expect(run(ipvstx, ['save', ...kernel]).stdout).toContain('-A -t 192.0.2.1:80 -s rr\n');
  });

  it('writes all of a result that is longer than a pipe', () => {
    const shell = spawnSync('bash', ['-c', `"$0" "$1" compile long.rules | cat`, process.execPath, ipvstx], {
      cwd: directory,
      encoding: 'utf8',
      maxBuffer: 10 * longRules.length,
    });
    expect(shell.stdout).toBe(longRules);
  });
});
