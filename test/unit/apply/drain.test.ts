import { describe, expect, it } from 'vitest';
import type { Effect } from '../../../src/apply/effect.ts';
import type { Result } from '../../../src/apply/result.ts';
import { type Transaction, runTransaction } from '../../../src/apply/run.ts';
import type { DestinationActivity, Snapshot } from '../../../src/model/activity.ts';
import { destinationId } from '../../../src/model/destination.ts';
import { serviceId } from '../../../src/model/service.ts';
import { digest } from '../../support/digest.ts';
import { type ScriptedPort, scriptedPort } from '../../support/scripted-port.ts';
import { backendOf, serviceKeyOf, tableOf } from '../../support/tables.ts';

const web = 'tcp 192.0.2.1 port 80';
const old = '10.0.0.2 port 80';
const full = {
  timeouts: { tcp: 900, tcpFin: 120, udp: 300 },
  daemons: { master: 'stopped', backup: 'stopped' },
} as const;
const before = tableOf(
  { [web]: { scheduler: 'sh', backends: { '10.0.0.1 port 80': {}, [old]: { weight: 5 } } } },
  full,
);
const desired = tableOf({ [web]: { scheduler: 'sh', backends: { '10.0.0.1 port 80': {} } } });

function activityOf(connections: DestinationActivity): Snapshot['activity'] {
  const destinations = new Map([[destinationId(backendOf(old).key), connections]]);
  return new Map([[serviceId(serviceKeyOf(web)), { destinations }]]);
}

interface Drained {
  readonly result: Result;
  readonly port: ScriptedPort;
  /** Milliseconds that were waited. */
  readonly waited: number;
  readonly pauses: readonly Effect[];
}

/** Runs with a clock that goes on only in pauses; `connections` are those of the old backend at a time. */
async function drain(
  connections: (time: number) => Partial<DestinationActivity>,
  some: Partial<Transaction> = {},
): Promise<Drained> {
  let time = 0;
  const pauses: Effect[] = [];
  const port = scriptedPort(before, {
    activity: () => activityOf({ active: 0, inactive: 0, persistent: 0, ...connections(time) }),
  });
  const result = await runTransaction({
    port,
    desired,
    digest,
    drain: 10,
    clock: {
      now: () => time,
      pause: async (milliseconds) => {
        time += milliseconds;
      },
    },
    observe: (effect) => void (effect.kind === 'pause' && pauses.push(effect)),
    ...some,
  });
  return { result, port, waited: time, pauses };
}

const kinds = ({ port }: Drained): readonly string[] => port.sent.map(({ kind }) => kind);

describe('a drain', () => {
  it('takes the weight first, and removes when nothing is left', async () => {
    const drained = await drain(() => ({}));
    expect(drained.result.kind).toBe('applied');
    expect(drained.waited).toBe(0);
    // sh refuses the clients of a backend of weight 0 unless it may fall back on others.
    expect(kinds(drained)).toEqual(['set-service', 'set-destination', 'delete-destination', 'set-service']);
    expect(drained.port.sent[0]).toMatchObject({ settings: { scheduler: 'sh', flags: 0x08 } });
    expect(drained.port.sent[1]).toMatchObject({ settings: { weight: 0 } });
    expect(drained.port.sent[3]).toMatchObject({ settings: { scheduler: 'sh', flags: 0 } });
  });

  it.each(['active', 'inactive', 'persistent'] as const)('waits as long as there are %s connections', async (kind) => {
    const { result, waited, pauses } = await drain((time) => (time < 3000 ? { [kind]: 4 } : {}));
    expect(result.kind).toBe('applied');
    expect(waited).toBe(3000);
    expect(pauses[0]).toMatchObject({ draining: { [kind]: 4 } });
  });

  it('is over when its time is', async () => {
    const { result, waited } = await drain(() => ({ active: 1 }));
    expect([result.kind, waited]).toEqual(['applied', 10_000]);
  });

  it('is as long as its service says', async () => {
    const table = tableOf({ [web]: { scheduler: 'sh', backends: { '10.0.0.1 port 80': {} } } });
    const onRemove = (removal: object) => ({
      ...table,
      services: new Map(
        [...table.services].map(([id, service]) => [id, { ...service, onRemove: removal } as typeof service]),
      ),
    });
    const short = await drain(() => ({ active: 1 }), { desired: onRemove({ kind: 'drain', seconds: 2 }) });
    const cut = await drain(() => ({ active: 1 }), { desired: onRemove({ kind: 'cut' }) });
    expect([short.waited, cut.waited]).toEqual([2000, 0]);
    expect(kinds(cut)).toEqual(['delete-destination']);
  });

  it('covers all backends of a service that goes', async () => {
    const drained = await drain((time) => ({ active: time < 1000 ? 1 : 0 }), {
      desired: tableOf({}),
      limits: { allowEmpty: true },
    });
    expect(drained.waited).toBe(1000);
    expect(kinds(drained)).toEqual(['set-destination', 'set-destination', 'delete-service']);
  });

  it('can be interrupted, and is then undone; nobody else is blamed', async () => {
    let paused = 0;
    const { result, port } = await drain(() => ({ active: 1 }), {
      observe: (effect) => void (effect.kind === 'pause' && paused++),
      interruption: () => (paused > 2 ? 'SIGTERM' : undefined),
    });
    expect(result).toMatchObject({ kind: 'rolled-back', foreign: [], overwritten: [] });
    expect(port.kernel.table().services).toEqual(before.services);
  });
});
