/** Owns the directories that keep journals and generations: nobody but their owner may read or write there. */

import { constants, type Stats, promises } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { StorageFault } from '../apply/result.ts';
import { syncDirectory } from './write-file.ts';

/** Where state is kept unless somebody says otherwise. */
export const defaultStateDirectory = '/var/lib/ipvstx';

const directoryMode = 0o700;
const fileMode = 0o600;

/** Permissions of anybody but the owner. */
const others = 0o077;

/** No file is ever followed to where a link leads. */
const flags = {
  read: constants.O_RDONLY | constants.O_NOFOLLOW,
  create: constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
  append: constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW,
  share: constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW,
} as const;

/** How a file is opened: `share` makes it if it is missing, for reading and writing. */
export type Opening = keyof typeof flags;

/** A directory that was checked when it was opened. Every method rejects with a {@link StorageFault}. */
export interface StateDirectory {
  readonly path: string;
  /** The directory of this name inside, made if it is missing. */
  directory(name: string): Promise<StateDirectory>;
  /** The directory of this name inside, if there is one. */
  find(name: string): Promise<StateDirectory | undefined>;
  /** The names in it, in no order. */
  list(): Promise<readonly string[]>;
  has(name: string): Promise<boolean>;
  /** The text of a file; undefined if there is none. */
  read(name: string): Promise<string | undefined>;
  /** Makes a file or replaces it, durably and as a whole. */
  write(name: string, text: string): Promise<void>;
  /** Opens a file that must be ours. The caller closes it. */
  open(name: string, opening: Opening): Promise<FileHandle>;
  /** Durably gives a file or a directory another name, which must be free unless both are files. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file, or a directory with all that is in it; a missing one is fine. */
  remove(name: string): Promise<void>;
}

/** Opens a state directory, made with its parents if it is missing. One that others may enter is refused. */
export async function openStateDirectory(path: string): Promise<StateDirectory> {
  return guarded(path, async () => {
    await make(path);
    check(path, await promises.lstat(path), 'directory');
    return checkedDirectory(path);
  });
}

/** Makes a directory, and those around it if they are missing: mkdir() that does it all hides why it can't. */
async function make(path: string): Promise<void> {
  try {
    await promises.mkdir(path, { mode: directoryMode });
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return;
    if (!isErrno(error, 'ENOENT') || dirname(path) === path) throw error;
    // Not mkdir() with `recursive`: where a file system says so of a directory that is there, as /proc does, it never ends.
    await make(dirname(path));
    await promises.mkdir(path, { mode: directoryMode }).catch((again: unknown) => {
      // Another run was faster.
      if (!isErrno(again, 'EEXIST')) throw again;
    });
  }
}

function checkedDirectory(path: string): StateDirectory {
  async function within<T>(name: string, work: (path: string) => Promise<T>): Promise<T> {
    const inner = join(path, name);
    if (dirname(inner) !== path) throw new TypeError(`"${name}" is no name of a file in ${path}`);
    return guarded(inner, () => work(inner));
  }

  const openFile: StateDirectory['open'] = (name, opening) =>
    within(name, async (inner) => {
      const file = await promises.open(inner, flags[opening], fileMode);
      try {
        check(inner, await file.stat(), 'file');
      } catch (error) {
        await file.close();
        throw error;
      }
      return file;
    });

  const exists: StateDirectory['has'] = (name) =>
    within(name, async (inner) => {
      const stats = await promises.lstat(inner).catch(ifMissing);
      return stats !== undefined;
    });

  return {
    path,
    open: openFile,
    has: exists,
    directory: (name) => within(name, openStateDirectory),
    find: (name) =>
      within(name, async (inner) => {
        const stats = await promises.lstat(inner).catch(ifMissing);
        if (stats === undefined) return undefined;
        check(inner, stats, 'directory');
        return checkedDirectory(inner);
      }),
    list: () => guarded(path, () => promises.readdir(path)),
    read: async (name) => {
      if (!(await exists(name))) return undefined;
      const file = await openFile(name, 'read');
      return within(name, async () => {
        try {
          return await file.readFile('utf8');
        } finally {
          await file.close();
        }
      });
    },
    write: async (name, text) => {
      const temporary = `${name}.new`;
      await within(temporary, (inner) => promises.rm(inner, { force: true }));
      const file = await openFile(temporary, 'create');
      await within(name, async (inner) => {
        await writeDurably(file, text);
        await promises.rename(join(path, temporary), inner);
        await syncDirectory(path);
      });
    },
    rename: (from, to) =>
      within(from, async (inner) => {
        await promises.rename(inner, join(path, to));
        await syncDirectory(path);
      }),
    remove: (name) => within(name, (inner) => promises.rm(inner, { force: true, recursive: true })),
  };
}

async function writeDurably(file: FileHandle, text: string): Promise<void> {
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What is not ours, or could be changed by others, is not believed. */
function check(path: string, stats: Stats, kind: 'directory' | 'file'): void {
  const own = process.geteuid?.();
  if (kind === 'directory' ? !stats.isDirectory() : !stats.isFile()) throw new StorageFault(`${path} is no ${kind}`);
  if (stats.uid !== own) throw new StorageFault(`${path} belongs to user ${stats.uid}, not to user ${own}`);
  if ((stats.mode & others) === 0) return;
  const mode = (stats.mode & 0o777).toString(8).padStart(4, '0');
  const wanted = kind === 'directory' ? 'chmod 700' : 'chmod 600';
  throw new StorageFault(
    `${path} is open to other users (mode ${mode}); if what is in it can be trusted, ${wanted} it`,
  );
}

function ifMissing(error: unknown): undefined {
  if (isErrno(error, 'ENOENT')) return undefined;
  throw error;
}

/** Whether an error of the system has this code. */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** Turns the system's errors into faults that name the path. */
export async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const { message } = error;
    throw new StorageFault(message.includes(path) ? message : `${path}: ${message}`, { cause: error });
  }
}
