/** Owns reading what people wrote: bytes from a file, a pipe or git become a text with the name people know it by. */

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { SourceText } from '../../grammar/text/source-text.ts';
import { Failure, systemErrorText } from './failure.ts';
import type { Host } from './host.ts';

/** Far above any table (a million rules take 80 MB): the program runs as root and must not be fed until it is killed. */
const largestSource = 256 * 1024 * 1024;

function refuseAbove(size: number, name: string): void {
  if (size > largestSource) throw new Failure('invalid', `"${name}" is larger than ${largestSource >> 20} MiB`);
}

async function readStream(stream: Readable, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    refuseAbove(size, name);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Bytes to read at first of what does not tell its size, such as a pipe. */
const smallestBuffer = 65_536;

/** Not as a stream: those of a file take longer to load than most files to read. */
function readFile(path: string, name: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    refuseAbove(size, name);
    let buffer = Buffer.allocUnsafe(Math.max(size + 1, smallestBuffer));
    let length = 0;
    for (let count = -1; count !== 0; length += count) {
      if (length === buffer.length) buffer = Buffer.concat([buffer], 2 * length);
      count = readSync(file, buffer, length, buffer.length - length, null);
      refuseAbove(length, name);
    }
    return buffer.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

/** Bytes that are no UTF-8 become U+FFFD, for which the languages have a diagnostic; a byte order mark stays. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** The text of a file; one that truly holds U+FFFD has lost nothing. */
function sourceOf(name: string, bytes: Uint8Array): SourceText {
  const text = decode(bytes);
  const lossy = text.includes('\uFFFD') && !Buffer.from(text).equals(bytes);
  return lossy ? { name, text, lossy } : { name, text };
}

/**
 * Why a source must not be written anew: its bytes that are no UTF-8 would be lost. Undefined if there are none. They get
 * past the languages' diagnostic in comments only.
 */
export function lossOf({ name, lossy }: SourceText): Failure | undefined {
  if (lossy !== true) return undefined;
  const message = `"${name}" has bytes that are no UTF-8, which would be lost; it stays as it is`;
  return new Failure('invalid', message, 'convert it first, as with "iconv -f latin1 -t utf-8"');
}

/** Reads a file, or standard input for `-`; rejects with a {@link Failure}. */
export async function readSource(name: string, host: Host): Promise<SourceText> {
  try {
    // Only to look at standard input opens it, which takes as long as a small file.
    const bytes = name === '-' ? await readStream(host.stdin, name) : readFile(resolve(host.directory, name), name);
    return sourceOf(name, bytes);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const what = name === '-' ? 'standard input' : `"${name}"`;
    throw new Failure('error', `can't read ${what}: ${systemErrorText(error)}`, undefined, { cause: error });
  }
}

/** What git calls the things that are no file. */
const notFiles: Readonly<Record<string, string>> = {
  tree: 'it is a directory',
  commit: 'it is a submodule',
  symlink: 'it is a symbolic link out of the repository',
};

/**
 * Reads a file as it is in a git revision, behind symbolic links as on disk; a relative path begins in the working
 * directory, as git's `./` does.
 */
export async function readRevision(revision: string, path: string, { directory }: Host): Promise<SourceText> {
  const name = `git:${revision}:${path}`;
  const failure = (reason: string): Failure => new Failure('error', `can't read "${name}": ${reason}`);
  // A revision that looks like an option would be one.
  if (revision === '' || revision.startsWith('-')) throw failure('no revision is named');
  const object = `${revision}:${path.startsWith('/') ? path : `./${path}`}`;
  // One question a line.
  if (object.includes('\n')) throw failure('a name with a line break in it can not be asked for');
  const { execa } = await import('execa');
  const options = { cwd: directory, maxBuffer: largestSource, stripFinalNewline: false, reject: false } as const;
  const question = { ...options, input: `${object}\n`, encoding: 'buffer' } as const;
  const { exitCode, ...answer } = await execa('git', ['cat-file', '--batch', '--follow-symlinks'], question);
  // Of a program that can not be started there is none.
  const stdout = answer.stdout ?? new Uint8Array();
  // `HASH blob SIZE`, the bytes, and a line feed; or one line that says why not.
  const [, kind = '', size = ''] = /^\S+ (\S+)(?: (\d+))?\n/.exec(decode(stdout.subarray(0, 256))) ?? [];
  const head = stdout.indexOf(10) + 1;
  if (exitCode === 0 && kind === 'blob') return sourceOf(name, stdout.subarray(head, head + Number(size)));
  const isLink = decode(stdout.subarray(0, 8)) === 'symlink ';
  const notFile = notFiles[isLink ? 'symlink' : kind];
  if (exitCode === 0 && notFile !== undefined) throw failure(notFile);
  // Only here does git say what is missing.
  const { stderr } = await execa('git', ['cat-file', 'blob', object], options);
  const [firstLine = ''] = (stderr ?? '').trim().split('\n');
  throw failure(firstLine === '' ? 'git can not be run' : firstLine.replace(/^fatal: /, ''));
}
