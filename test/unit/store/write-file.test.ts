import { chmod, lstat, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileAtomically } from '../../../src/store/write-file.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ipvstx-write-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe('writeFileAtomically', () => {
  it('makes a new file and leaves no other', async () => {
    const path = join(directory, 'out.rules');
    await writeFileAtomically(path, 'one\n');
    expect(await readFile(path, 'utf8')).toBe('one\n');
    expect((await stat(path)).mode & 0o777).toBe(0o644 & ~process.umask());
    expect(await readdir(directory)).toEqual(['out.rules']);
  });

  it('keeps the mode of a file that it replaces', async () => {
    const path = join(directory, 'out.rules');
    await writeFile(path, 'old');
    await chmod(path, 0o640);
    await writeFileAtomically(path, 'new');
    expect(await readFile(path, 'utf8')).toBe('new');
    expect((await stat(path)).mode & 0o777).toBe(0o640);
  });

  it('follows a symbolic link', async () => {
    await mkdir(join(directory, 'real'));
    await writeFile(join(directory, 'real/a'), 'old');
    await symlink('real/a', join(directory, 'link'));
    await writeFileAtomically(join(directory, 'link'), 'new');
    expect((await lstat(join(directory, 'link'))).isSymbolicLink()).toBe(true);
    expect(await readFile(join(directory, 'real/a'), 'utf8')).toBe('new');
  });

  it('never replaces a device', async () => {
    await writeFileAtomically('/dev/null', 'gone');
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });

  it('leaves the old file and nothing else when it fails', async () => {
    await mkdir(join(directory, 'busy'));
    await expect(writeFileAtomically(join(directory, 'missing/out'), 'x')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(writeFileAtomically(join(directory, 'busy'), 'x')).rejects.toMatchObject({ code: 'EISDIR' });
    expect(await readdir(directory)).toEqual(['busy']);
  });
});
