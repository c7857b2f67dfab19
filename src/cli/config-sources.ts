/** Owns the files of a configuration: on disk, or as they are in one git revision. */

import { promises } from 'node:fs';
import { posix, resolve } from 'node:path';
import type { SourceText } from '../../grammar/text/source-text.ts';
import type { ConfigSources, Unreadable } from '../compile/config/sources.ts';
import { Failure, systemErrorText } from './failure.ts';
import type { Host } from './host.ts';
import { matchesPattern } from './name-pattern.ts';
import { readRevision, readSource } from './read-source.ts';

/** A place where files are: paths in it have slashes, relative ones begin in the working directory. */
interface FileTree {
  /** The names in a directory; none if there is no such directory. */
  readonly list: (directory: string) => Promise<readonly string[]>;
  readonly read: (path: string) => Promise<SourceText>;
  /** What stands in front of a path in the name of a file. */
  readonly prefix: string;
}

function diskTree(host: Host): FileTree {
  return {
    prefix: '',
    list: (directory) => promises.readdir(resolve(host.directory, directory)).catch(() => []),
    read: (path) => readSource(path, host),
  };
}

function revisionTree(revision: string, host: Host): FileTree {
  return {
    prefix: `git:${revision}:`,
    list: async (directory) => {
      const { execa } = await import('execa');
      const words = ['ls-tree', '-z', '--name-only', revision, `${directory === '' ? '.' : directory}/`];
      const { stdout } = await execa('git', words, { cwd: host.directory, reject: false });
      return stdout.split('\0').flatMap((path) => (path === '' ? [] : [posix.basename(path)]));
    },
    read: (path) => readRevision(revision, path, host),
  };
}

const isPattern = (text: string): boolean => /[*?[]/.test(text);

/** The paths that a pattern stands for, sorted. */
async function expand(pattern: string, tree: FileTree): Promise<readonly string[]> {
  const segments = pattern.split('/');
  let paths = [''];
  for (const [index, segment] of segments.entries()) {
    const join = (path: string, name: string): string => (index === 0 ? name : `${path}/${name}`);
    if (!isPattern(segment)) {
      paths = paths.map((path) => join(path, segment));
      continue;
    }
    const found = paths.map(async (path) => {
      const names = await tree.list(index === 0 ? '.' : path || '/');
      return names.filter((name) => matchesPattern(name, segment)).map((name) => join(path, name));
    });
    paths = (await Promise.all(found)).flat();
  }
  return paths.toSorted();
}

function openTree(tree: FileTree): ConfigSources {
  const { prefix } = tree;
  const pathOf = (name: string): string => (name === '-' ? '' : name.slice(prefix.length));
  return {
    find: async (pattern, from) => {
      const path = posix.normalize(
        pattern.startsWith('/') ? pattern : posix.join(posix.dirname(pathOf(from)), pattern),
      );
      // A pattern does not mean the file that it stands in.
      const own = pathOf(from);
      const paths = isPattern(pattern) ? (await expand(path, tree)).filter((found) => found !== own) : [path];
      return paths.map((found) => prefix + found);
    },
    read: async (name) => {
      // No system call takes such a path.
      if (name.includes('\0')) return { problem: 'a path has no NUL in it', missing: false };
      return tree.read(pathOf(name)).catch(unreadable);
    },
  };
}

/** The answer to a file that can't be read; what is no answer to that is thrown on. */
function unreadable(error: unknown): Unreadable {
  if (!(error instanceof Failure)) throw error;
  const { cause, message } = error;
  const missing =
    cause instanceof Error ? 'code' in cause && cause.code === 'ENOENT' : /does not exist|but not in/.test(message);
  return { problem: cause === undefined ? message.replace(/^.*?": /, '') : systemErrorText(cause), missing };
}

/** The files on disk. */
export function openDiskSources(host: Host): ConfigSources {
  return openTree(diskTree(host));
}

/** The files of one git revision. */
export function openRevisionSources(revision: string, host: Host): ConfigSources {
  return openTree(revisionTree(revision, host));
}
