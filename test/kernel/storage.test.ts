/** Owns the proof that a run that can't be kept on disk writes nothing to the kernel. */

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { KernelPort } from '../../src/apply/port.ts';
import { runTransaction } from '../../src/apply/run.ts';
import type { Table } from '../../src/model/table.ts';
import { diffTables } from '../../src/plan/diff.ts';
import { isPending } from '../../src/store/journal.ts';
import { type KeptResult, runKept } from '../../src/store/kept-run.ts';
import { openStateDirectory } from '../../src/store/state-directory.ts';
import { digest } from '../support/digest.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { output } from './support/command.ts';
import { desiredTable as desired, startTable as start } from './support/every-step.ts';
import { namespace } from './support/namespace.ts';

const place = { boot: 'this', namespace: 'net:[1]', name: 'director' };

let port: KernelPort;

beforeEach(async () => {
  port = await (await namespace()).port();
  const { kind } = await runTransaction({ port, desired: start, digest });
  if (kind !== 'applied') throw new Error(`the start table is not applied but ${kind}`);
});

const run = (stateDirectory: string): Promise<KeptResult> =>
  runKept({
    stateDirectory,
    place,
    command: 'test',
    transaction: { port, desired, digest, limits: { allowEmpty: true } },
    provenance: { source: 'test', user: 'root' },
  });

async function isTable(table: Table): Promise<boolean> {
  return diffTables((await port.dump()).table, table).length === 0;
}

/** A file system of so many 4096-byte pages, mounted for the running test. */
async function mounted(pages: number, options = ''): Promise<string> {
  const path = await temporaryDirectory();
  await output('mount', ['-t', 'tmpfs', '-o', `size=${pages * 4096},mode=0700${options}`, 'none', path]);
  onTestFinished(async () => {
    await output('umount', [path]);
  });
  return path;
}

test('a full disk is noticed before the first write, or everything is undone', async () => {
  const ends = new Set<string>();
  for (let pages = 1; !ends.has('applied'); pages++) {
    const path = await mounted(pages);
    const before = await isTable(start);
    const { kind } = await run(path);
    ends.add(kind);
    const directory = await (await openStateDirectory(path)).directory(place.name);
    expect([before, await isTable(kind === 'applied' ? desired : start)]).toEqual([true, true]);
    expect(await isPending(directory)).toBe(false);
  }
  // Too small for the journal, too small for the history, and large enough.
  expect([...ends]).toEqual(['failed', 'rolled-back', 'applied']);
});

test('a read-only state directory keeps a run from its beginning', async () => {
  const path = await mounted(100);
  await output('mount', ['-o', 'remount,ro', path]);
  await expect(run(path)).rejects.toThrow(/read-only file system/);
  expect(await isTable(start)).toBe(true);
});

test('a state directory that is missing is made', async () => {
  const path = join(await temporaryDirectory(), 'var', 'lib');
  expect((await run(path)).kind).toBe('applied');
  expect(await isTable(desired)).toBe(true);
});

test('a damaged journal is refused, and its table of before is still there', async () => {
  const path = join(await temporaryDirectory(), 'state');
  const journal = join(path, place.name, 'pending');
  await run(path);
  await rm(join(path, place.name, 'settled'), { recursive: true });
  await mkdir(journal, { mode: 0o700 });
  await writeFile(join(journal, 'before.json'), '{}', { mode: 0o600 });
  await writeFile(join(journal, 'header.json'), '{"format_version":1', { mode: 0o600 });
  await expect(run(path)).rejects.toThrow(join(journal, 'header.json'));
  expect(await readFile(join(journal, 'before.json'), 'utf8')).toBe('{}');
  expect(await isTable(desired)).toBe(true);
});
