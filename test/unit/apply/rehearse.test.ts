import { describe, expect, it } from 'vitest';
import type { KernelPort } from '../../../src/apply/port.ts';
import { rehearse } from '../../../src/apply/rehearse.ts';
import type { Table } from '../../../src/model/table.ts';
import { type Plan, planTables } from '../../../src/plan/plan.ts';
import { digest } from '../../support/digest.ts';
import { scriptedPort } from '../../support/scripted-port.ts';
import { tableOf } from '../../support/tables.ts';
import { untouchedTable } from '../../support/table-pairs.ts';

const observed = tableOf(
  {
    'tcp 192.0.2.1 port 80': { backends: { '10.0.0.1 port 80': {}, '10.0.0.2 port 80': {} } },
    'tcp 192.0.2.2 port 80': { backends: { '10.0.0.1 port 80': {} } },
  },
  {
    timeouts: untouchedTable.timeouts,
    daemons: { master: { role: 'master', settings: { interface: 'eth9', syncId: 1 } } },
  },
);

function planFor(desired: Table): Plan {
  return planTables({ table: observed, activity: new Map() }, desired, { digest, owns: 'declared' });
}

/** A plan with an edited service, a new backend and a restarted daemon, and the backend's settings as they are given. */
const desired = (backend: object): Table =>
  tableOf(
    { 'tcp 192.0.2.1 port 80': { scheduler: 'rr', backends: { '10.0.0.1 port 80': {}, '10.0.0.3 port 80': backend } } },
    { daemons: { master: { role: 'master', settings: { interface: 'eth9', syncId: 2 } } } },
  );

describe('a rehearsal', () => {
  it('runs the plan on the services that it is about, and leaves daemons out', async () => {
    const port = scriptedPort(untouchedTable);
    const plan = planFor(desired({}));
    expect(await rehearse(port, plan)).toEqual({ refusals: [], differences: [], conclusive: true });
    expect([...port.kernel.table().services.keys()]).toEqual(['tcp 192.0.2.1 port 80']);
    expect(port.sent.some(({ kind }) => kind.endsWith('daemon'))).toBe(false);
  });

  it('names every operation that the kernel refuses', async () => {
    const { refusals } = await rehearse(
      scriptedPort(untouchedTable),
      planFor(tableOf({ 'tcp 192.0.2.1 port 80': { scheduler: 'nope', backends: { '0.0.0.0 port 80': {} } } })),
    );
    expect(refusals.map(({ operation, errno }) => `${operation.kind} ${errno}`)).toEqual([
      'new-destination EINVAL',
      'set-service ENOENT',
    ]);
  });

  it('notices what the kernel accepts and ignores', async () => {
    const port = scriptedPort(untouchedTable);
    // As a kernel before 5.2 does, which knows no tunnel but IPIP.
    const old: KernelPort = {
      ...port,
      execute: (batch) =>
        port.execute(
          batch.map((operation) =>
            operation.kind === 'new-destination'
              ? {
                  ...operation,
                  settings: { ...operation.settings, forwarding: { method: 'tunnel', tunnel: { type: 'ipip' } } },
                }
              : operation,
          ),
        ),
    };
    const gre = { forwarding: { method: 'tunnel', tunnel: { type: 'gre', checksum: 'none' } } };
    const desired = tableOf({ 'tcp 192.0.2.9 port 80': { backends: { '10.0.0.3 port 80': gre } } } as never);
    const { differences } = await rehearse(old, planFor(desired));
    expect(differences).toMatchObject([{ kind: 'edit-destination' }]);
  });

  it('says nothing where the live services can not be loaded', async () => {
    const port = scriptedPort(untouchedTable, { refuse: (_operation, index) => (index === 1 ? 'EINVAL' : undefined) });
    expect(await rehearse(port, planFor(desired({})))).toEqual({ refusals: [], differences: [], conclusive: false });
  });
});
