import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../src/apply/problems.ts';
import { errnoText, operationText, provesInterference } from '../../../src/apply/refusal.ts';
import { runTransaction } from '../../../src/apply/run.ts';
import type { Operation } from '../../../src/model/operation.ts';
import type { Table } from '../../../src/model/table.ts';
import { newService } from '../../../src/plan/operations.ts';
import { digest } from '../../support/digest.ts';
import { type Script, scriptedPort } from '../../support/scripted-port.ts';
import { serviceOf, tableOf } from '../../support/tables.ts';
import { untouchedTable } from '../../support/table-pairs.ts';

const web = 'tcp 192.0.2.1 port 80';

/** What is said about a run from an empty table. */
async function said(desired: Table, script: Script = {}): Promise<readonly string[]> {
  const port = scriptedPort(untouchedTable, script);
  const result = await runTransaction({ port, desired, digest });
  return diagnosticsOf(result).map(({ code, message }) => `${code}: ${message}`);
}

describe('a refusal', () => {
  it('is told with its operation, its errno in words, and the line that asked for it', async () => {
    const source = { name: 'site.rules', text: '-A -t 192.0.2.1:80 -s nope\n' };
    const origin = { source, start: 0, end: 26 };
    const table = tableOf({
      [web]: { scheduler: 'nope', backends: { '10.0.0.1 port 80': {}, '10.0.0.2 port 80': {} } },
    });
    const desired = {
      ...table,
      services: new Map([...table.services].map(([id, service]) => [id, Object.assign(service, { origin })])),
    };
    const result = await runTransaction({ port: scriptedPort(untouchedTable), desired, digest });
    // The backends were refused as well, because there was no service.
    expect(diagnosticsOf(result)).toEqual([
      {
        code: 'kernel-refused',
        severity: 'error',
        message: `the kernel refused to add service ${web}: ENOENT, this kernel has no such scheduler or persistence engine`,
        span: origin,
      },
    ]);
  });

  it('can prove that somebody else was there', () => {
    const operation = newService(serviceOf(web));
    expect(provesInterference({ operation, errno: 'EEXIST' })).toBe(true);
    expect(provesInterference({ operation, errno: 'ENOMEM' })).toBe(false);
  });

  it('has words for every operation, and keeps an errno that it does not know', () => {
    const operations: readonly Operation[] = [
      newService(serviceOf(web)),
      { kind: 'set-timeouts', timeouts: { udp: 1 } },
      { kind: 'stop-daemon', role: 'backup' },
      { kind: 'flush' },
      { kind: 'zero' },
    ];
    expect(operations.map(operationText)).toEqual([
      `add service ${web}`,
      'set the timeouts',
      'stop sync backup',
      'remove all services',
      'zero all counters',
    ]);
    expect(errnoText({ operation: { kind: 'flush' }, errno: 'EUCLEAN' })).toBe('EUCLEAN');
    expect(errnoText({ operation: { kind: 'flush' }, errno: 'EPERM' })).toMatch(/^EPERM, CAP_NET_ADMIN/);
  });
});

describe('the end of a run', () => {
  it('needs no words if it went well', async () => {
    expect(await said(tableOf({ [web]: {} }))).toEqual([]);
    expect(await said(untouchedTable)).toEqual([]);
  });

  it('names what another program did meanwhile', async () => {
    const script: Script = { afterBatch: (kernel) => void kernel.execute(newService(serviceOf('mark 1 ip'))) };
    expect(await said(tableOf({ [web]: {} }), script)).toEqual([
      'concurrent-change: service mark 1 ip was changed by another program during the run',
    ]);
  });

  it('names everything that could not be put back', async () => {
    const script: Script = { maxBatch: 1, refuse: (_operation, index) => (index > 0 ? 'ENOMEM' : undefined) };
    const messages = await said(tableOf({ [web]: { backends: { '10.0.0.1 port 80': {} } } }), script);
    expect(messages).toEqual([
      `kernel-refused: the kernel refused to add backend 10.0.0.1 port 80 to service ${web}: ENOMEM, the kernel has no memory left`,
      `kernel-refused: the kernel refused to remove service ${web}: ENOMEM, the kernel has no memory left`,
      `residue-left: service ${web} could not be put back to what it was`,
    ]);
  });
});

it('a wish to stop is named as the reason', async () => {
  const port = scriptedPort(untouchedTable, {});
  const desired = tableOf({ [web]: {} });
  const result = await runTransaction({ port, desired, digest, interruption: () => 'SIGINT' });
  expect(diagnosticsOf(result).map(({ message }) => message)).toEqual(['SIGINT stopped the run']);
});
