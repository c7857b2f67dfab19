/** Owns the proof that a run of the program is kept as its manual says: history, saved plans, confirmation, recovery. */

import { mkdtemp } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import type { CommandOptions } from './support/command.ts';
import { type Namespace, namespace } from './support/namespace.ts';

const first = '-A -t 192.0.2.1:80 -s rr\n-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 1\n';
const second = '-A -t 192.0.2.1:80 -s wrr\n-a -t 192.0.2.1:80 -r 10.0.0.2:80 -m -w 1\n';

let director: Namespace;
let stateDirectory: string;

beforeEach(async () => {
  director = await namespace();
  // Names of namespaces come again in other test files, and a name's history with them.
  stateDirectory = await mkdtemp('/run/state-');
});

const live = () => director.output('/usr/sbin/ipvsadm', ['-Sn']);
const ipvstx = (words: readonly string[], options?: CommandOptions) =>
  director.ipvstx(words.includes('--state-dir') ? words : [...words, '--state-dir', stateDirectory], options);
const apply = (rules: string, ...words: readonly string[]) =>
  ipvstx(['apply', '-', '--yes', '--quiet', ...words], { input: rules });

/** Waits until a run that was just started says in its state that it waits. */
async function waiting(): Promise<void> {
  for (;;) {
    const { stdout } = await director.run('sh', ['-c', `ls ${stateDirectory}/*/pending || true`]);
    if (stdout.includes('waiting')) return;
    await pause(100);
  }
}

test('each apply is a generation, and a rollback is one, too', async () => {
  await apply(first);
  await apply(second);
  const { stdout } = await ipvstx(['history', '--json']);
  const { generations } = JSON.parse(stdout) as { generations: readonly { number: number; command: string }[] };
  expect(generations.map(({ number, command }) => [number, command])).toEqual([
    [2, 'apply -'],
    [1, 'apply -'],
    [0, 'found'],
  ]);
  expect(await ipvstx(['diff', '--exit-code', 'generation:2', 'live'])).toMatchObject({ status: 0 });
  expect(await ipvstx(['diff', '--exit-code', 'generation:1', 'live'])).toMatchObject({ status: 2 });
  expect((await ipvstx(['history', 'show', '1'])).stdout).toContain('-s rr\n');
  expect(await ipvstx(['rollback', '--yes', '--quiet'])).toMatchObject({ status: 0 });
  expect(await live()).toBe(first);
  expect(await ipvstx(['drift'])).toMatchObject({ status: 0 });
  await director.output('/usr/sbin/ipvsadm', ['-D', '-t', '192.0.2.1:80']);
  expect(await ipvstx(['drift'])).toMatchObject({ status: 2 });
});

test('a saved plan runs once, and only on the table that it was made for', async () => {
  const save = (file: string) => ipvstx(['plan', '-', '-o', file], { input: second });
  await apply(first);
  await save('/run/once.plan');
  await save('/run/late.plan');
  expect((await ipvstx(['show', '/run/once.plan'])).stdout).toMatch(/scheduler +rr -> wrr/);
  expect(await ipvstx(['apply', '--yes', '/run/once.plan'])).toMatchObject({ status: 0 });
  expect(await live()).toBe(second);
  const again = await ipvstx(['apply', '--yes', '/run/once.plan']);
  expect(again).toMatchObject({ status: 4 });
  expect(again.stderr).toContain('the plan was applied already: it is generation 2');
  expect(await ipvstx(['apply', '--yes', '/run/late.plan'])).toMatchObject({ status: 4 });
  const elsewhere = await namespace();
  expect(await elsewhere.ipvstx(['apply', '--yes', '/run/late.plan', '--state-dir', stateDirectory])).toMatchObject({
    status: 4,
  });
});

test('a plan is stale when somebody else has changed the table', async () => {
  await apply(first);
  await ipvstx(['plan', '-', '-o', '/run/stale.plan'], { input: second });
  await director.output('/usr/sbin/ipvsadm', ['-A', '-t', '192.0.2.9:80']);
  const before = await live();
  expect(await ipvstx(['apply', '--yes', '/run/stale.plan'])).toMatchObject({ status: 4 });
  expect(await ipvstx(['show', '/run/stale.plan'])).toMatchObject({ status: 4 });
  expect(await live()).toBe(before);
});

test('what is confirmed stays, and meanwhile nobody else writes', async () => {
  await apply(first);
  const run = apply(second, '--confirm-within', '5m');
  await waiting();
  const other = await apply(first);
  expect(other).toMatchObject({ status: 5 });
  expect(other.stderr).toMatch(/another run is writing to this table: process \d+ \("apply -", since /);
  expect(await ipvstx(['confirm'])).toMatchObject({ status: 0 });
  expect(await run).toMatchObject({ status: 0 });
  expect(await live()).toBe(second);
  expect(await ipvstx(['confirm'])).toMatchObject({ status: 1 });
});

test('what is not confirmed in time, or is rolled back by hand, is undone', async () => {
  await apply(first);
  expect(await apply(second, '--confirm-within', '1s')).toMatchObject({ status: 9 });
  expect(await live()).toBe(first);
  const run = apply(second, '--confirm-within', '5m');
  await waiting();
  expect(await live()).toBe(second);
  // Only a look, which ends nothing.
  const shown = await ipvstx(['rollback', '--plan']);
  expect(shown).toMatchObject({ status: 0 });
  expect(shown.stdout).toContain('the table in front of the pending transaction');
  expect(await live()).toBe(second);
  expect(await ipvstx(['rollback'])).toMatchObject({ status: 0 });
  expect(await run).toMatchObject({ status: 7 });
  expect(await live()).toBe(first);
});

test('a clock that jumps neither ends the time to confirm nor prolongs it', async () => {
  await apply(first);
  const setClock = (seconds: number) => director.output('date', ['-s', `@${Math.round(Date.now() / 1000) + seconds}`]);
  const day = 24 * 60 * 60;
  // Longer than what happens until the look at the table takes on a busy machine.
  const run = apply(second, '--confirm-within', '12s');
  await waiting();
  const began = performance.now();
  await setClock(day);
  await pause(1000);
  expect(await live()).toBe(second);
  await setClock(-2 * day);
  expect(await run).toMatchObject({ status: 9 });
  expect(performance.now() - began).toBeGreaterThan(5000);
  expect(performance.now() - began).toBeLessThan(120_000);
  await setClock(day);
  expect(await live()).toBe(first);
});

test('the guardian rolls back what a killed run leaves', async () => {
  await apply(first);
  const run = apply(second, '--confirm-within', '5m');
  await waiting();
  await director.run('pkill', ['-KILL', '-f', 'apply - --yes']);
  await run;
  while ((await live()) !== first) await pause(100);
  expect((await ipvstx(['recover'])).stderr).toBe('nothing to recover: no transaction is unfinished\n');
});

test('a check command decides', async () => {
  await apply(first);
  expect(await apply(second, '--check-command', 'false')).toMatchObject({ status: 7 });
  expect(await live()).toBe(first);
  expect(await apply(second, '--check-command', 'grep -q 10.0.0.2 /dev/null')).toMatchObject({ status: 7 });
  expect(await apply(second, '--check-command', 'sleep 60', '--check-timeout', '1s')).toMatchObject({ status: 7 });
  expect(await apply(second, '--check-command', 'true')).toMatchObject({ status: 0 });
  expect(await live()).toBe(second);
});

test('state that others may write is not trusted, and then nothing is written', async () => {
  await director.output('mkdir', ['-m', '755', '/run/open-state']);
  const { status, stderr } = await apply(first, '--state-dir', '/run/open-state');
  expect(status).toBe(1);
  expect(stderr).toContain('open to other users');
  expect(await live()).toBe('');
});
