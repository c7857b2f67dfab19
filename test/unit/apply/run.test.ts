import { describe, expect, it } from 'vitest';
import type { Effect, Event } from '../../../src/apply/effect.ts';
import { diagnosticsOf } from '../../../src/apply/problems.ts';
import { KernelFault } from '../../../src/apply/port.ts';
import type { Result } from '../../../src/apply/result.ts';
import { type Stages, type Transaction, runTransaction } from '../../../src/apply/run.ts';
import { subjectOf, subjectText } from '../../../src/plan/change.ts';
import { newService, setDestination, setService } from '../../../src/plan/operations.ts';
import type { Change } from '../../../src/plan/change.ts';
import type { Fingerprint } from '../../../src/plan/fingerprint.ts';
import { serviceId } from '../../../src/model/service.ts';
import { digest } from '../../support/digest.ts';
import { type Script, type ScriptedPort, scriptedPort } from '../../support/scripted-port.ts';
import { backendOf, serviceKeyOf, serviceOf, tableOf } from '../../support/tables.ts';

const web = 'tcp 192.0.2.1 port 80';
const dns = 'udp 192.0.2.1 port 53';
const full = {
  timeouts: { tcp: 900, tcpFin: 120, udp: 300 },
  daemons: { master: 'stopped', backup: 'stopped' },
} as const;

const before = tableOf({ [web]: { backends: { '10.0.0.1 port 80': {}, '10.0.0.2 port 80': {} } } }, full);
const after = tableOf({
  [web]: { scheduler: 'rr', backends: { '10.0.0.1 port 80': { weight: 5 }, '10.0.0.3 port 80': {} } },
});

const serviceBefore = before.services.get(serviceId(serviceKeyOf(web)));

type Options = Partial<Omit<Transaction, 'port'>> & { readonly script?: Script };

interface Ended<Kind extends Result['kind']> {
  readonly result: Result & { readonly kind: Kind };
  readonly port: ScriptedPort;
  readonly effects: readonly Effect['kind'][];
}

/** Runs from `before` to `after`, and fails the test unless it ends as told. */
async function runTo<Kind extends Result['kind']>(
  kind: Kind,
  { script = {}, ...options }: Options = {},
): Promise<Ended<Kind>> {
  const port = scriptedPort(before, script);
  const effects: Effect['kind'][] = [];
  const observe = (effect: Effect): void => void effects.push(effect.kind);
  const result = await runTransaction({ port, desired: after, digest, observe, ...options });
  expect(result.kind).toBe(kind);
  return { result: result as Ended<Kind>['result'], port, effects };
}

const subjects = (changes: readonly Change[]): readonly string[] =>
  changes.map((change) => subjectText(subjectOf(change)));

const writer = {
  reweigh: (weight: number) => setDestination(serviceKeyOf(web), backendOf('10.0.0.2 port 80', { weight })),
  addDns: newService(serviceOf(dns)),
};

const failedStage: Event = { kind: 'failed', failure: { kind: 'storage', message: 'disk full' } };

describe('before the first write', () => {
  it('reads until two readings in a row agree', async () => {
    const { port, effects } = await runTo('applied', {
      script: {
        beforeDump: (kernel, index) => {
          if (index === 1) kernel.execute(writer.reweigh(7));
        },
      },
    });
    expect(effects.slice(0, 4)).toEqual(['read', 'read', 'read', 'execute']);
    expect(port.kernel.service(serviceKeyOf(web))?.destinations.size).toBe(2);
  });

  it('gives up on a table that never stops changing', async () => {
    const { result, port } = await runTo('failed', {
      script: { beforeDump: (kernel, index) => void kernel.execute(writer.reweigh(index)) },
    });
    expect(result.failure.kind).toBe('unsteady');
    expect(port.sent).toEqual([]);
  });

  it('reads again behind a torn dump', async () => {
    const { effects } = await runTo('applied', {
      script: {
        beforeDump: (_kernel, index) => {
          if (index === 0) throw new KernelFault('torn', 'a service went away');
        },
      },
    });
    expect(effects.slice(0, 4)).toEqual(['read', 'read', 'read', 'execute']);
  });

  it.each([
    ['unavailable', 'unavailable'],
    ['denied', 'unavailable'],
    ['failed', 'failed'],
  ] as const)('ends at once if reading is %s', async (fault, kind) => {
    const { result, port } = await runTo(kind, {
      script: {
        beforeDump: () => {
          throw new KernelFault(fault, 'no');
        },
      },
    });
    expect(result.failure).toEqual({ kind: fault, message: 'no' });
    expect(port.sent).toEqual([]);
  });

  it('ends without a write in a dry run, when declined, and at a guard', async () => {
    const dry = await runTo('planned', { dryRun: true, stages: { approve: async () => ({ kind: 'declined' }) } });
    const declined = await runTo('declined', { stages: { approve: async () => ({ kind: 'declined' }) } });
    const guarded = await runTo('guarded', { desired: tableOf({}) });
    expect(guarded.result.problems.map(({ code }) => code)).toEqual(['plan-empties-table']);
    expect([dry, declined, guarded].flatMap(({ port }) => port.sent)).toEqual([]);
  });

  it('refuses a saved plan that was made for another table', async () => {
    const { port } = await runTo('stale', { basis: digest('another table') as Fingerprint });
    expect(port.sent).toEqual([]);
  });

  it('ends with what the rehearsal found', async () => {
    const operation = setService(serviceOf(web, { scheduler: 'nope' }));
    const refusals = [{ operation, errno: 'ENOENT' }] as const;
    const { result, port } = await runTo('invalid', {
      stages: { rehearse: async () => ({ kind: 'refused', refusals, differences: [] }) },
    });
    expect(result.refusals).toBe(refusals);
    expect(port.sent).toEqual([]);
  });

  it('notices that the table moved while somebody thought about the plan', async () => {
    const port = scriptedPort(before);
    const approve = async (): Promise<Event> => {
      port.kernel.execute(writer.addDns);
      return { kind: 'done' };
    };
    const result = await runTransaction({ port, desired: after, digest, stages: { approve } });
    expect(result.kind === 'stale' ? subjects(result.differences) : result.kind).toEqual([`service ${dns}`]);
    expect(port.sent).toEqual([]);
  });
});

describe('stages', () => {
  const all: readonly (keyof Stages)[] = ['rehearse', 'approve', 'journal', 'check', 'confirm', 'commit', 'close'];

  /** Every stage says `done`, but for those that are given. */
  const stagesWith = (special: Stages): Stages => ({
    ...Object.fromEntries(all.map((name) => [name, async (): Promise<Event> => ({ kind: 'done' })])),
    ...special,
  });

  it('run in their order, the journal around all writes', async () => {
    const { effects } = await runTo('applied', { stages: stagesWith({}), script: { maxBatch: 100 } });
    expect(effects.join(' ')).toBe(
      'read read rehearse approve journal read execute execute execute execute read check confirm commit close',
    );
  });

  it.each([
    ['check', { kind: 'check-failed', message: 'exit 1' }, 'rolled-back', 'check-failed'],
    ['confirm', { kind: 'expired' }, 'unconfirmed', 'unconfirmed'],
    ['commit', failedStage, 'rolled-back', 'failed'],
  ] as const)('roll back if %s does not go well', async (stage, event, kind, cause) => {
    const { result, port, effects } = await runTo(kind, { stages: stagesWith({ [stage]: async () => event }) });
    expect(result.cause.kind).toBe(cause);
    expect(port.kernel.table().services).toEqual(before.services);
    expect(effects.at(-1)).toBe('close');
  });

  it('write nothing if the journal can not be written', async () => {
    const { result, port, effects } = await runTo('failed', {
      stages: stagesWith({ journal: async () => failedStage }),
    });
    expect(result.failure.kind).toBe('storage');
    expect(port.sent).toEqual([]);
    expect(effects).not.toContain('close');
  });

  it('leave the journal open if the table could not be put back', async () => {
    const { effects } = await runTo('stranded', {
      stages: stagesWith({}),
      script: { refuse: (_operation, index) => (index > 0 ? 'ENOMEM' : undefined) },
    });
    expect(effects).not.toContain('close');
  });

  it('say so if the journal can not be closed, and the table is as it is', async () => {
    const { result } = await runTo('applied', { stages: stagesWith({ close: async () => failedStage }) });
    expect(result.unclosed?.kind).toBe('storage');
    expect(diagnosticsOf(result).map(({ code, severity }) => [code, severity])).toEqual([
      ['journal-left-open', 'warning'],
    ]);
  });

  it('turn a bug in one of them into a rollback', async () => {
    const check = async (): Promise<Event> => {
      throw new TypeError('undefined is not a function');
    };
    const { result, port } = await runTo('rolled-back', { stages: { check } });
    expect(result.cause).toMatchObject({ kind: 'failed', failure: { kind: 'internal' } });
    expect(port.kernel.table().services).toEqual(before.services);
  });
});

describe('another writer', () => {
  const duringRun = (operations: readonly Parameters<ScriptedPort['kernel']['execute']>[0][], at = 0): Script => ({
    maxBatch: 100,
    afterBatch: (kernel, index) => {
      if (index === at) for (const operation of operations) expect(kernel.execute(operation)).toBeUndefined();
    },
  });

  it('is noticed by the verification; its own things stay, ours are undone', async () => {
    const { result, port } = await runTo('rolled-back', { script: duringRun([writer.addDns]) });
    expect(result.cause.kind === 'mismatch' && subjects(result.cause.differences)).toEqual([`service ${dns}`]);
    expect(subjects(result.foreign)).toEqual([`service ${dns}`]);
    expect([...port.kernel.table().services.keys()]).toEqual([web, dns]);
    expect(port.kernel.service(serviceKeyOf(web))).toEqual(serviceBefore);
  });

  it('is left alone where the source owns only what it declares', async () => {
    const { port } = await runTo('applied', { script: duringRun([writer.addDns]), owns: 'declared' });
    expect([...port.kernel.table().services.keys()]).toEqual([web, dns]);
  });

  it('may set an initial weight during the run', async () => {
    const desired = tableOf({ [web]: { backends: { '10.0.0.2 port 80': { weight: 3, weightIsInitial: true } } } });
    const { port } = await runTo('applied', { desired, script: duringRun([writer.reweigh(9)]) });
    expect(port.sent).toHaveLength(1);
  });

  it('is told that its change of something that this run had written was replaced', async () => {
    const backend = backendOf('10.0.0.1 port 80', { weight: 77 });
    // The second batch raises the weight; another program sets it behind that.
    const script = duringRun([setDestination(serviceKeyOf(web), backend)], 1);
    const { result, port } = await runTo('rolled-back', { script });
    expect(subjects(result.overwritten)).toEqual([`service ${web} backend 10.0.0.1 port 80`]);
    expect(result.foreign).toEqual([]);
    expect(port.kernel.table().services).toEqual(before.services);
  });

  it('keeps a service that it created first, without our backends in it', async () => {
    const desired = tableOf({
      [web]: { backends: { '10.0.0.1 port 80': {}, '10.0.0.2 port 80': {} } },
      [dns]: { backends: { '10.0.0.9 port 53': {} } },
    });
    const script: Script = { beforeBatch: (kernel, index) => void (index === 0 && kernel.execute(writer.addDns)) };
    const { result, port } = await runTo('rolled-back', { desired, script });
    expect(result.cause.kind === 'refused' && result.cause.refusals.map(({ errno }) => errno)).toEqual(['EEXIST']);
    expect(port.kernel.service(serviceKeyOf(dns))?.destinations.size).toBe(0);
    expect(subjects(result.foreign)).toEqual([`service ${dns}`]);
  });

  it('took the service away in which we had added something: that is not ours to restore', async () => {
    const { result, port } = await runTo('rolled-back', {
      script: duringRun([{ kind: 'delete-service', service: serviceKeyOf(web) }]),
    });
    expect(subjects(result.foreign)).toEqual([`service ${web}`]);
    expect(port.kernel.table().services.size).toBe(0);
  });
});

describe('the way back', () => {
  it('is tried again where it was refused', async () => {
    let refused = 0;
    const { result, port } = await runTo('rolled-back', {
      script: { refuse: (_operation, index) => (index === 2 || index === 3 ? (refused++, 'EAGAIN') : undefined) },
    });
    expect(refused).toBe(2);
    expect(result.cause.kind).toBe('refused');
    expect(port.kernel.table().services).toEqual(before.services);
  });

  it('does not know what is left if the table can no longer be read', async () => {
    let broken = false;
    const { result } = await runTo('stranded', {
      script: {
        refuse: (_operation, index) => (index === 1 ? ((broken = true), 'EINVAL') : undefined),
        beforeDump: () => {
          if (broken) throw new KernelFault('lost', 'no answer');
        },
      },
    });
    expect(result.residue).toBeUndefined();
  });

  it('is not interrupted', async () => {
    let sent = 0;
    const { port } = await runTo('rolled-back', {
      interruption: () => (sent > 0 ? 'SIGINT' : undefined),
      script: { afterBatch: () => void sent++ },
    });
    expect(port.kernel.table().services).toEqual(before.services);
  });
});
