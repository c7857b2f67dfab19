/** Owns the proof that the kernel itself judges a plan before anything live is touched. */

import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { rehearsalWord } from '../../src/cli/inner-words.ts';
import type { Result } from '../../src/apply/result.ts';
import { runTransaction } from '../../src/apply/run.ts';
import { rehearsalStage } from '../../src/kernel/rehearsal.ts';
import type { Table } from '../../src/model/table.ts';
import { digest } from '../support/digest.ts';
import { type ServicesText, tableOf } from '../support/tables.ts';
import { desiredTable, startTable } from './support/every-step.ts';
import { type Namespace, namespace } from './support/namespace.ts';

const programPath = fileURLToPath(new URL('../../dist/ipvstx.js', import.meta.url));
const program = [process.execPath, programPath, rehearsalWord];

interface Rehearsed {
  readonly result: Result;
  readonly notes: readonly string[];
}

/** A run on the live table of a namespace, rehearsed in another one that `words` open. */
async function rehearsed(director: Namespace, desired: Table, words = program): Promise<Rehearsed> {
  const port = await director.port();
  const notes: string[] = [];
  const rehearse = rehearsalStage(words, async (note) => void notes.push(note));
  const result = await runTransaction({ port, desired, digest, limits: { allowEmpty: true }, stages: { rehearse } });
  return { result, notes };
}

async function startedDirector(): Promise<Namespace> {
  const director = await namespace();
  const port = await director.port();
  const { kind } = await runTransaction({ port, desired: startTable, digest });
  if (kind !== 'applied') throw new Error(`the start table is not applied but ${kind}`);
  return director;
}

test('a plan that the kernel takes goes on', async () => {
  const { result, notes } = await rehearsed(await startedDirector(), desiredTable);
  expect([result.kind, notes]).toEqual(['applied', []]);
});

test('every refusal is found before the live table is touched', async () => {
  const director = await startedDirector();
  const before = await director.ipvsadm(['-S', '-n']);
  const wrong: readonly (readonly [ServicesText, string])[] = [
    [{ 'tcp 192.0.2.1 port 80': { scheduler: 'nosuch', backends: { '10.0.0.1 port 80': {} } } }, 'set-service ENOENT'],
    [{ 'tcp 192.0.2.9 port 80': { engine: 'nosuch' } }, 'new-service ENOENT'],
    [{ 'tcp 192.0.2.1 port 80': { backends: { '255.255.255.255 port 80': {} } } }, 'new-destination EINVAL'],
  ];
  for (const [services, refusal] of wrong) {
    const { result } = await rehearsed(director, tableOf(services));
    expect(result.kind).toBe('invalid');
    const refusals = result.kind === 'invalid' ? result.refusals : [];
    expect(refusals.map(({ operation, errno }) => `${operation.kind} ${errno}`)).toEqual([refusal]);
  }
  expect(await director.ipvsadm(['-S', '-n'])).toEqual(before);
});

test('a run goes on without a rehearsal where no namespace can be made, and says so', async () => {
  const director = await namespace();
  const { result, notes } = await rehearsed(director, startTable, ['/nonexistent/program']);
  expect(result.kind).toBe('applied');
  expect(notes).toEqual([expect.stringMatching(/^not rehearsed: unshare: .*nonexistent/)]);
});
