/** Owns the proof that a table that nobody confirmed does not stay, whatever becomes of the process and its terminal. */

import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from 'vitest';
import type { KernelPort } from '../../src/apply/port.ts';
import { runTransaction } from '../../src/apply/run.ts';
import { tableToJson } from '../../src/model/table-json.ts';
import type { Table } from '../../src/model/table.ts';
import { diffTables } from '../../src/plan/diff.ts';
import { confirmPending } from '../../src/store/confirm.ts';
import { hasSign, isPending, lastSettlement } from '../../src/store/journal.ts';
import { type StateDirectory, openStateDirectory } from '../../src/store/state-directory.ts';
import { digest } from '../support/digest.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { desiredTable as desired, startTable as start } from './support/every-step.ts';
import { type Namespace, namespace } from './support/namespace.ts';

const agentPath = fileURLToPath(new URL('../../dist/agent/kept-agent.js', import.meta.url));

let director: Namespace;
let port: KernelPort;
let stateDirectory: string;
let directory: StateDirectory;

beforeEach(async () => {
  director = await namespace();
  port = await director.port();
  const { kind } = await runTransaction({ port, desired: start, digest });
  if (kind !== 'applied') throw new Error(`the start table is not applied but ${kind}`);
  stateDirectory = await temporaryDirectory();
  directory = await (await openStateDirectory(stateDirectory)).directory(`netns-${director.name}`);
});

interface Agent {
  readonly child: ChildProcess;
  /** What it printed when it has ended. */
  readonly output: Promise<string>;
}

/** Starts a run that waits for its confirmation. */
function startRun(timeout: number): Agent {
  const words = [agentPath, 'run', stateDirectory, JSON.stringify(tableToJson(desired)), String(timeout)];
  const child = spawn('nsenter', [`--net=/run/netns/${director.name}`, '--', process.execPath, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, output: text(child.stdout) };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(50);
}

async function isTable(table: Table): Promise<boolean> {
  return diffTables((await port.dump()).table, table).length === 0;
}

test('a confirmed run stays', async () => {
  const { output } = startRun(60_000);
  await until(() => hasSign(directory, 'waiting'));
  expect(await isTable(desired)).toBe(true);
  expect(await confirmPending(directory)).toEqual({ kind: 'settled', settlement: 'applied' });
  expect(await output).toBe('applied\n');
  expect(await isTable(desired)).toBe(true);
});

test('a run that nobody confirms is rolled back', async () => {
  expect(await startRun(300).output).toBe('unconfirmed\n');
  expect(await isTable(start)).toBe(true);
});

test('a run whose terminal goes away is rolled back', async () => {
  const { child, output } = startRun(60_000);
  await until(() => hasSign(directory, 'waiting'));
  child.kill('SIGHUP');
  expect(await output).toBe('rolled-back\n');
  expect(await isTable(start)).toBe(true);
});

test('a run that is killed while it waits is rolled back by its guardian', async () => {
  const { child, output } = startRun(60_000);
  await until(() => hasSign(directory, 'waiting'));
  child.kill('SIGKILL');
  expect(await output).toBe('');
  await until(async () => !(await isPending(directory)));
  expect(await lastSettlement(directory)).toBe('rolled-back');
  expect(await isTable(start)).toBe(true);
});

test('a second run meets the lock of the first one while that waits', async () => {
  const first = startRun(60_000);
  await until(() => hasSign(directory, 'waiting'));
  expect(await startRun(60_000).output).toBe('busy\n');
  await confirmPending(directory);
  expect(await first.output).toBe('applied\n');
});
