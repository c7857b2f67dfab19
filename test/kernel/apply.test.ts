/** Owns the proof that a transaction on a real kernel ends in the old table or in the new one. */

import { beforeEach, describe, expect, test } from 'vitest';
import type { KernelPort } from '../../src/apply/port.ts';
import type { Result } from '../../src/apply/result.ts';
import { runTransaction } from '../../src/apply/run.ts';
import type { Table } from '../../src/model/table.ts';
import { diffTables } from '../../src/plan/diff.ts';
import { phases } from '../../src/plan/step.ts';
import { digest } from '../support/digest.ts';
import { type Faults, faultyPort } from '../support/faulty-port.ts';
import { tableOf } from '../support/tables.ts';
import { desiredTable as desired, startTable as start } from './support/every-step.ts';
import { type Namespace, namespace } from './support/namespace.ts';

let director: Namespace;
let port: KernelPort;

/** Draining adds steps; without a clock nothing is waited for. */
const options = { digest, drain: 60, limits: { allowEmpty: true } };

const apply = (desired: Table, faults: Faults = {}): Promise<Result> =>
  runTransaction({ port: faultyPort(port, faults), desired, ...options });

/** The table as the real program prints it, its lines sorted: a rollback may change the order of backends. */
async function printed(): Promise<readonly string[]> {
  const save = await director.ipvsadm(['-S', '-n']);
  const daemons = await director.ipvsadm(['-L', '--daemon']);
  const timeouts = await director.ipvsadm(['-L', '--timeout']);
  return [save, daemons, timeouts].flatMap(({ stdout }) => stdout.split('\n').toSorted());
}

async function expectTable(table: Table): Promise<void> {
  const { table: present } = await port.dump();
  expect(diffTables(present, table)).toEqual([]);
}

beforeEach(async () => {
  director = await namespace();
  port = await director.port();
  const { kind } = await apply(start);
  if (kind !== 'applied') throw new Error(`the start table is not applied but ${kind}`);
});

/** The plan from `start` to `desired`. */
async function planned(): Promise<{ readonly steps: number; readonly phases: ReadonlySet<string> }> {
  const result = await runTransaction({ port, desired, ...options, dryRun: true });
  if (result.kind !== 'planned') throw new Error(`a dry run ended as ${result.kind}`);
  const { steps } = result.plan;
  return { steps: steps.length, phases: new Set(steps.map(({ phase }) => phase)) };
}

describe('an apply', () => {
  test('makes the kernel match, and writes nothing the second time', async () => {
    expect(await apply(desired)).toMatchObject({ kind: 'applied' });
    await expectTable(desired);
    let batches = 0;
    const again = await apply(desired, { lose: () => void batches++ });
    expect(again.kind).toBe('unchanged');
    expect(batches).toBe(0);
  });

  test('puts everything back if any one step is refused', async () => {
    const plan = await planned();
    expect(phases.filter((phase) => !plan.phases.has(phase))).toEqual(['yielding-daemons']);
    const before = await printed();
    for (let refused = 0; refused < plan.steps; refused++) {
      const result = await apply(desired, {
        refuse: (_operation, index) => (index === refused ? 'ENOMEM' : undefined),
      });
      expect(result).toMatchObject({ kind: 'rolled-back', foreign: [], overwritten: [] });
      await expectTable(start);
      expect(await printed()).toEqual(before);
    }
  });

  test('puts everything back if the answer to any one batch is lost', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let lost = 0, kind = 'rolled-back'; kind === 'rolled-back'; lost++) {
        const result = await apply(desired, { lose: (_batch, index) => (index === lost ? when : undefined) });
        kind = result.kind;
        if (kind === 'rolled-back') await expectTable(start);
      }
      await expectTable(desired);
      expect((await apply(start)).kind).toBe('applied');
    }
  });

  test('puts everything back if the kernel itself refuses', async () => {
    const before = await printed();
    const wrong: readonly (readonly [Table, string])[] = [
      [tableOf({ 'tcp 192.0.2.1 port 80': { scheduler: 'nosuch' }, 'tcp 192.0.2.9 port 80': {} }), 'ENOENT'],
      [tableOf({ 'tcp 192.0.2.1 port 80': { backends: { '255.255.255.255 port 80': {} } } }), 'EINVAL'],
      [
        tableOf({ 'tcp 192.0.2.9 port 80': { backends: { '10.0.0.1 port 80': { weight: 2, lowerThreshold: 1 } } } }),
        'ERANGE',
      ],
      [
        tableOf({}, { daemons: { backup: { role: 'backup', settings: { interface: 'nosuch0', syncId: 1 } } } }),
        'ENODEV',
      ],
    ];
    for (const [desired, errno] of wrong) {
      const result = await apply(desired);
      expect(result).toMatchObject({ kind: 'rolled-back', cause: { kind: 'refused', refusals: [{ errno }] } });
      expect(await printed()).toEqual(before);
    }
  });

  test('replaces all services of a family without leaving it empty in between', async () => {
    const other = tableOf({ 'tcp 198.51.100.1 port 80': { backends: { '10.0.0.1 port 80': {} } } });
    let least = Infinity;
    const result = await apply(other, {
      executed: async () => {
        const { services } = (await port.dump()).table;
        least = Math.min(least, [...services.values()].filter(({ key }) => key.kind === 'endpoint').length);
      },
    });
    expect(result.kind).toBe('applied');
    expect(least).toBe(1);
  });

  test('stops the daemons in front of a tunnel to the other family, and starts none behind it', async () => {
    const ipip = { forwarding: { method: 'tunnel', tunnel: { type: 'ipip' } } } as const;
    const mixed = tableOf(
      { 'tcp 192.0.2.1 port 80': { backends: { '2001:db8::1 port 80': ipip } } },
      { daemons: { master: 'stopped' } },
    );
    expect((await apply(mixed)).kind).toBe('applied');
    expect((await apply(start)).kind).toBe('applied');
    await expectTable(start);
  });
});

describe('beside another writer', () => {
  test('an apply rolls its own things back, and leaves and names those of ipvsadm', async () => {
    const result = await apply(desired, {
      executed: async (_batch, index) => {
        if (index === 0) await director.ipvsadm(['-A', '-t', '203.0.113.9:99', '-s', 'rr']);
      },
    });
    expect(result).toMatchObject({
      kind: 'rolled-back',
      cause: { kind: 'mismatch' },
      foreign: [{ kind: 'remove-service' }],
    });
    await director.ipvsadm(['-D', '-t', '203.0.113.9:99']);
    await expectTable(start);
  });

  test('an apply does not remove the service that ipvsadm created a moment before it', async () => {
    let created = false;
    const result = await apply(desired, {
      executed: async () => {
        if (!created) await director.ipvsadm(['-A', '-t', '192.0.2.1:443', '-s', 'rr']);
        created = true;
      },
    });
    expect(result).toMatchObject({ kind: 'rolled-back', cause: { kind: 'refused', refusals: [{ errno: 'EEXIST' }] } });
    expect((await director.ipvsadm(['-S', '-n'])).stdout).toContain('-A -t 192.0.2.1:443 -s rr\n');
    expect((await director.ipvsadm(['-S', '-n'])).stdout).not.toContain('-a -t 192.0.2.1:443');
  });
});
