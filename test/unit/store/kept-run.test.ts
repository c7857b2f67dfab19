import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../../src/apply/result.ts';
import { diffTables } from '../../../src/plan/diff.ts';
import { fingerprintOf } from '../../../src/plan/fingerprint.ts';
import { checkStage } from '../../../src/store/check-command.ts';
import { confirmPending } from '../../../src/store/confirm.ts';
import { holdState } from '../../../src/store/hold.ts';
import { hasSign, openJournal } from '../../../src/store/journal.ts';
import { type KeptResult, type KeptRun, runKept } from '../../../src/store/kept-run.ts';
import { readPlan, writePlan } from '../../../src/store/plan-file.ts';
import { openStateDirectory } from '../../../src/store/state-directory.ts';
import { digest } from '../../support/digest.ts';
import { type ScriptedPort, scriptedPort } from '../../support/scripted-port.ts';
import { tableOf } from '../../support/tables.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

const place = { boot: 'b1', namespace: 'net:[1]', name: 'init' };
const web = 'tcp 192.0.2.1 port 80';
const full = {
  timeouts: { tcp: 900, tcpFin: 120, udp: 300 },
  daemons: { master: 'stopped', backup: 'stopped' },
} as const;
const before = tableOf({ [web]: { backends: { '10.0.0.1 port 80': {} } } }, full);
const desired = tableOf({ [web]: { scheduler: 'rr', backends: { '10.0.0.2 port 80': {} } } });

/** Stands for the guardian's process: says that it is ready, and goes when it is dismissed. */
const guardian = ['sh', '-c', 'echo; exec cat >/dev/null'];

interface Scene {
  readonly stateDirectory: string;
  readonly port: ScriptedPort;
  run(some?: Partial<KeptRun>): Promise<KeptResult>;
}

async function scene(): Promise<Scene> {
  const stateDirectory = join(await temporaryDirectory(), 'state');
  const port = scriptedPort(before);
  const run: Scene['run'] = (some = {}) =>
    runKept({
      stateDirectory,
      place,
      command: 'apply',
      transaction: { port, desired, digest },
      provenance: { source: 'site.rules', user: 'root' },
      ...some,
    });
  return { stateDirectory, port, run };
}

const isTable = ({ port }: Scene, table: typeof before): boolean => diffTables(port.kernel.table(), table).length === 0;

const directoryOf = async ({ stateDirectory }: Scene) =>
  (await openStateDirectory(stateDirectory)).directory(place.name);

describe('a kept run', () => {
  it('does not begin while another one has the lock, and says who', async () => {
    const it = await scene();
    const other = await holdState({ stateDirectory: it.stateDirectory, place, command: 'restore' });
    expect(await it.run()).toMatchObject({ kind: 'busy', holder: { command: 'restore' } });
    if ('lock' in other) await other.lock.release();
    expect((await it.run()).kind).toBe('applied');
  });

  it('does not begin behind one that was not settled, unless it may roll that back first', async () => {
    const it = await scene();
    await openJournal(await directoryOf(it), { place, command: 'apply', source: 'lost.rules', before, after: desired });
    expect(await it.run()).toMatchObject({ kind: 'pending', header: { source: 'lost.rules' } });
    expect(it.port.sent).toEqual([]);
    expect((await it.run({ recoverFirst: true })).kind).toBe('applied');
  });

  it('is kept if it is confirmed', async () => {
    const it = await scene();
    const run = it.run({ confirm: { timeout: 60_000, guardian } });
    const directory = await directoryOf(it);
    while (!(await hasSign(directory, 'waiting'))) await pause(20);
    expect(isTable(it, desired)).toBe(true);
    expect(await confirmPending(directory)).toEqual({ kind: 'settled', settlement: 'applied' });
    expect((await run).kind).toBe('applied');
    expect(await confirmPending(directory)).toEqual({ kind: 'nothing' });
  });

  it('is rolled back if nobody confirms it, or somebody wants it to stop', async () => {
    const it = await scene();
    expect((await it.run({ confirm: { timeout: 1, guardian } })).kind).toBe('unconfirmed');
    expect(isTable(it, before)).toBe(true);
    const directory = await directoryOf(it);
    let waiting = false;
    const interruption = (): string | undefined => (waiting ? 'SIGHUP' : undefined);
    const run = it.run({
      transaction: { port: it.port, desired, digest, interruption },
      confirm: { timeout: 60_000, guardian },
    });
    while (!(await hasSign(directory, 'waiting'))) await pause(20);
    waiting = true;
    expect(await run).toMatchObject({ kind: 'rolled-back', cause: { failure: { kind: 'interrupted' } } });
    expect(isTable(it, before)).toBe(true);
  });

  it('writes nothing without its guardian', async () => {
    const it = await scene();
    for (const guardian of [['/nonexistent'], ['true']]) {
      const result = (await it.run({ confirm: { timeout: 1, guardian } })) as Result;
      expect(result).toMatchObject({ kind: 'failed', failure: { kind: 'storage' } });
    }
    expect(it.port.sent).toEqual([]);
    expect((await it.run()).kind).toBe('applied');
  });

  it('is rolled back if the check command says so', async () => {
    const it = await scene();
    const result = await it.run({ check: { command: 'false', timeout: 10_000 } });
    expect(result).toMatchObject({ kind: 'rolled-back', cause: { kind: 'check-failed', message: 'it ended with 1' } });
    expect(isTable(it, before)).toBe(true);
    expect((await it.run({ check: { command: 'true', timeout: 10_000 } })).kind).toBe('applied');
  });

  it('owns what the last generation named, where the source owns only what it declares', async () => {
    const it = await scene();
    const two = tableOf({ [web]: {}, 'tcp 192.0.2.2 port 80': {} });
    const transaction = { port: it.port, digest, owns: 'declared', limits: { allowEmpty: true } } as const;
    await it.run({ transaction: { ...transaction, desired: two } });
    it.port.kernel.execute({
      kind: 'new-service',
      service: { kind: 'mark', mark: 1, family: 'ip' },
      settings: { scheduler: 'rr', flags: 0, onePacket: false },
    });
    await it.run({ transaction: { ...transaction, desired: tableOf({ [web]: {} }) } });
    expect([...it.port.kernel.table().services.keys()]).toEqual([web, 'mark 1 ip']);
  });
});

describe('a saved plan', () => {
  const saved = () => {
    const fingerprint = fingerprintOf(before, digest);
    return readPlan(writePlan({ fingerprint, place, source: 'site.rules', drain: 300, desired }));
  };
  const applied = (it: Scene, plan = saved()): Promise<KeptResult> =>
    it.run({ plan, transaction: { port: it.port, desired: plan.desired, digest, basis: plan.fingerprint } });

  it('comes back as it was written', () => {
    expect(saved()).toMatchObject({ place, source: 'site.rules', drain: 300, desired });
  });

  it('is applied once', async () => {
    const it = await scene();
    const plan = saved();
    expect((await applied(it, plan)).kind).toBe('applied');
    expect(await applied(it, plan)).toEqual({
      kind: 'unusable',
      reason: 'the plan was applied already: it is generation 1',
    });
  });

  it('is applied to no other table, no other namespace, and in no other boot', async () => {
    const it = await scene();
    const plan = saved();
    expect(await applied(it, { ...plan, place: { ...place, boot: 'b0' } })).toMatchObject({ kind: 'unusable' });
    expect(await applied(it, { ...plan, place: { ...place, namespace: 'net:[9]' } })).toMatchObject({
      kind: 'unusable',
    });
    expect(await applied(it, { ...plan, fingerprint: digest('x') as typeof plan.fingerprint })).toMatchObject({
      kind: 'stale',
    });
    await it.run({
      transaction: { port: it.port, desired: tableOf({ [web]: {} }), digest, limits: { allowEmpty: true } },
    });
    expect(await applied(it, plan)).toMatchObject({
      kind: 'unusable',
      reason: expect.stringContaining('another table'),
    });
    expect(it.port.sent).toHaveLength(1);
  });
});

describe('a check command', () => {
  it.each([
    ['true', { kind: 'done' }],
    ['false', { kind: 'check-failed', message: 'it ended with 1' }],
    // No shell: nothing is expanded, and nothing is joined.
    [String.raw`test $HOME = $HOME`, { kind: 'done' }],
    ['echo $HOME ; false', { kind: 'done' }],
    ['ls /nonexistent', { kind: 'check-failed', message: expect.stringContaining('/nonexistent') }],
  ])('"%s" is judged', async (command, event) => {
    expect(await checkStage(command, 10_000)()).toEqual(event);
  });

  it('has a limit, and a clean environment', async () => {
    expect(await checkStage('sleep 60', 50)()).toEqual({
      kind: 'check-failed',
      message: 'it did not end within 0.05 s',
    });
    const failing = await checkStage(String.raw`sh -c env;\ exit\ 3`, 10_000)();
    const names = failing.kind === 'check-failed' ? failing.message.match(/^\w+(?==)/gm) : [];
    expect(names?.toSorted()).toEqual(['LC_ALL', 'PATH', 'PWD']);
  });
});
