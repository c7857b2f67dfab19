import { chmod, mkdir, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StorageFault } from '../../../src/apply/result.ts';
import { openStateDirectory } from '../../../src/store/state-directory.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

describe('a state directory', () => {
  it('is made for its owner only, as is everything in it', async () => {
    const path = join(await temporaryDirectory(), 'var', 'state');
    const directory = await openStateDirectory(path);
    await (await directory.directory('init')).write('file', 'text');
    expect(await modeOf(path)).toBe(0o700);
    expect(await modeOf(join(path, 'init'))).toBe(0o700);
    expect(await modeOf(join(path, 'init', 'file'))).toBe(0o600);
  });

  it('reads what was written, and nothing where nothing is', async () => {
    const directory = await openStateDirectory(join(await temporaryDirectory(), 'state'));
    expect(await directory.read('file')).toBeUndefined();
    await directory.write('file', 'one');
    await directory.write('file', 'two');
    expect(await directory.read('file')).toBe('two');
    expect(await directory.list()).toEqual(['file']);
  });

  it('writes over what a crash left of an earlier attempt', async () => {
    const directory = await openStateDirectory(join(await temporaryDirectory(), 'state'));
    await writeFile(join(directory.path, 'file.new'), 'half', { mode: 0o600 });
    await directory.write('file', 'whole');
    expect(await directory.read('file')).toBe('whole');
    expect(await directory.list()).toEqual(['file']);
  });

  it('is refused if others may enter it', async () => {
    const path = join(await temporaryDirectory(), 'state');
    await mkdir(path, { mode: 0o755 });
    await expect(openStateDirectory(path)).rejects.toThrow(/open to other users \(mode 0755\)/);
  });

  it('is refused if it is a link, or no directory', async () => {
    const parent = await temporaryDirectory();
    await mkdir(join(parent, 'elsewhere'), { mode: 0o700 });
    await symlink(join(parent, 'elsewhere'), join(parent, 'link'));
    await expect(openStateDirectory(join(parent, 'link'))).rejects.toThrow(/link is no directory/);
    await writeFile(join(parent, 'file'), '');
    await expect(openStateDirectory(join(parent, 'file'))).rejects.toBeInstanceOf(StorageFault);
  });

  it('does not follow a link to a file, and replaces it instead of writing through it', async () => {
    const parent = await temporaryDirectory();
    const target = join(parent, 'target');
    await writeFile(target, 'theirs', { mode: 0o600 });
    const directory = await openStateDirectory(join(parent, 'state'));
    await symlink(target, join(directory.path, 'file'));
    await expect(directory.read('file')).rejects.toBeInstanceOf(StorageFault);
    await directory.write('file', 'ours');
    expect(await readFile(target, 'utf8')).toBe('theirs');
    expect(await directory.read('file')).toBe('ours');
  });

  it('does not believe a file that others may have written', async () => {
    const directory = await openStateDirectory(join(await temporaryDirectory(), 'state'));
    await directory.write('file', 'text');
    await chmod(join(directory.path, 'file'), 0o666);
    await expect(directory.read('file')).rejects.toThrow(/mode 0666/);
  });

  it('says which path it is that can not be made', async () => {
    const parent = await temporaryDirectory();
    await writeFile(join(parent, 'file'), '');
    await expect(openStateDirectory(join(parent, 'file', 'state'))).rejects.toThrow(join(parent, 'file', 'state'));
  });

  it('is not waited for where no directory can be made', async () => {
    await expect(openStateDirectory('/proc/none')).rejects.toThrow(/\/proc\/none/);
  });

  it('has no names outside of it', async () => {
    const directory = await openStateDirectory(join(await temporaryDirectory(), 'state'));
    await expect(directory.read('../x')).rejects.toBeInstanceOf(TypeError);
    await expect(directory.directory('..')).rejects.toBeInstanceOf(TypeError);
  });

  it('renames and removes whole directories', async () => {
    const directory = await openStateDirectory(join(await temporaryDirectory(), 'state'));
    await (await directory.directory('a')).write('file', 'text');
    await directory.rename('a', 'b');
    expect(await readdir(join(directory.path, 'b'))).toEqual(['file']);
    await directory.remove('b');
    await directory.remove('b');
    expect(await directory.list()).toEqual([]);
  });
});
