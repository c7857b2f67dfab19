/** Owns the writing of a file: at every moment its name stands for the whole old content or the whole new one. */

import { type Stats, promises } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { crypto } from './crypto.ts';

/** For a file that is new; one that is replaced keeps its own mode and, as far as we may, its owner. */
const defaultMode = 0o644;

/** What a call answers, or undefined if there is no such file. */
async function ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes the temporary file look like the one that it will replace. */
async function adoptAttributes(file: FileHandle, old: Stats): Promise<void> {
  // Only root may give files away; for others the file becomes theirs, as with any editor.
  await file.chown(old.uid, old.gid).catch(() => undefined);
  await file.chmod(old.mode & 0o7777);
}

/** Makes renames in a directory durable: one is on disk only when its directory is. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await promises.open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/**
 * Writes a file under a temporary name in the same directory, makes it durable, and renames it. Rejects with the
 * system's error; then the old file is as it was, and no temporary one is left.
 */
export async function writeFileAtomically(path: string, content: string, mode: number = defaultMode): Promise<void> {
  const old = await ifThere(promises.stat(path));
  // A device or a pipe is written to; a rename would replace it.
  if (old !== undefined && !old.isFile()) return promises.writeFile(path, content);
  // A symbolic link stays one, and the file that it leads to is replaced.
  const target = old === undefined ? path : await promises.realpath(path);
  const directory = dirname(target);
  const temporary = join(directory, `.${basename(target)}.${crypto().randomBytes(6).toString('hex')}.tmp`);
  const file = await promises.open(temporary, 'wx', mode);
  try {
    try {
      if (old !== undefined) await adoptAttributes(file, old);
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await promises.rename(temporary, target);
  } catch (error) {
    await promises.unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncDirectory(directory);
}
