import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readRevision, readSource } from '../../../src/cli/read-source.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ipvstx-read-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

function host(stdin: readonly string[] = []) {
  const { stdout, stderr, env } = process;
  return { stdin: Readable.from(stdin.map((text) => Buffer.from(text, 'latin1'))), stdout, stderr, env, directory };
}

describe('readSource', () => {
  it('reads a file and standard input', async () => {
    writeFileSync(join(directory, 'a.rules'), '-C\n');
    expect(await readSource('a.rules', host())).toEqual({ name: 'a.rules', text: '-C\n' });
    expect(await readSource('-', host(['-A', ' -f 1\n']))).toEqual({ name: '-', text: '-A -f 1\n' });
  });

  it('keeps what is no UTF-8 and a byte order mark for the languages to judge', async () => {
    expect((await readSource('-', host(['\xEF\xBB\xBF-C \xFF\n']))).text).toBe('\uFEFF-C \uFFFD\n');
  });

  it('puts together a character that was read in two pieces', async () => {
    expect((await readSource('-', host(['\xC3', '\xA4']))).text).toBe('ä');
  });

  it('says why it can not read', async () => {
    await expect(readSource('missing', host())).rejects.toMatchObject({
      status: 'error',
      message: `can't read "missing": no such file or directory`,
    });
    await expect(readSource('.', host())).rejects.toMatchObject({ message: `can't read ".": it is a directory` });
  });

  it('refuses what is far too large before it has read all of it', async () => {
    writeFileSync(join(directory, 'huge'), '');
    truncateSync(join(directory, 'huge'), 2 ** 40);
    await expect(readSource('huge', host())).rejects.toMatchObject({
      status: 'invalid',
      message: '"huge" is larger than 256 MiB',
    });
  });
});

describe('readRevision', () => {
  const git = (...words: readonly string[]): void => {
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...identity, ...words], { cwd: directory, stdio: 'ignore' });
  };

  beforeEach(() => {
    git('init', '--initial-branch=main');
    mkdirSync(join(directory, 'site'));
    writeFileSync(join(directory, 'site/a.rules'), '-A -f 1\n');
    git('add', '.');
    git('commit', '-m', 'first');
    writeFileSync(join(directory, 'site/a.rules'), '-A -f 2\n');
  });

  it('reads a file as it was, from where the command runs', async () => {
    const text = { name: 'git:HEAD:site/a.rules', text: '-A -f 1\n' };
    expect(await readRevision('HEAD', 'site/a.rules', host())).toEqual(text);
    const inside = { ...host(), directory: join(directory, 'site') };
    expect(await readRevision('main', 'a.rules', inside)).toEqual({ name: 'git:main:a.rules', text: '-A -f 1\n' });
  });

  it('reads behind a symbolic link, and no directory', async () => {
    symlinkSync('site/a.rules', join(directory, 'link.rules'));
    symlinkSync('/etc/passwd', join(directory, 'out.rules'));
    symlinkSync('nothing', join(directory, 'dangling.rules'));
    git('add', '.');
    git('commit', '-m', 'links');
    expect((await readRevision('HEAD', 'link.rules', host())).text).toBe('-A -f 2\n');
    const refusal = (path: string) => readRevision('HEAD', path, host()).catch(String);
    expect(await refusal('site')).toContain('it is a directory');
    expect(await refusal('out.rules')).toContain('it is a symbolic link out of the repository');
    expect(await refusal('dangling.rules')).toContain(`can't read "git:HEAD:dangling.rules": `);
    expect(await refusal('a\nb')).toContain('line break');
  });

  it('says what git has against it', async () => {
    const refusal = (revision: string, path: string) => readRevision(revision, path, host()).catch(String);
    expect(await refusal('nope', 'site/a.rules')).toContain(`can't read "git:nope:site/a.rules": invalid object name`);
    expect(await refusal('HEAD', 'b.rules')).toContain('b.rules');
    expect(await refusal('', 'site/a.rules')).toContain('no revision is named');
    expect(await refusal('--output=x', 'site/a.rules')).toContain('no revision is named');
    vi.stubEnv('PATH', '/nonexistent');
    expect(await refusal('HEAD', 'site/a.rules')).toContain('git can not be run');
    vi.unstubAllEnvs();
    const outside = { ...host(), directory: tmpdir() };
    expect(await readRevision('HEAD', 'a', outside).catch(String)).toContain('not a git repository');
  });
});
