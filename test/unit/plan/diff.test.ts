import { describe, expect, it } from 'vitest';
import type { DaemonSettings } from '../../../src/model/daemon.ts';
import type { Table } from '../../../src/model/table.ts';
import { diffTables } from '../../../src/plan/diff.ts';
import { addressOf } from '../../support/arbitrary.ts';
import { type ServicesText, tableOf } from '../../support/tables.ts';

const web = 'tcp 192.0.2.1 port 80';
const kinds = (from: Table, to: Table): readonly string[] => diffTables(from, to).map(({ kind }) => kind);

describe('the difference of services', () => {
  it.each<[string, ServicesText[string], ServicesText[string], readonly string[]]>([
    [
      'the order of backends',
      { backends: { '10.0.0.1 port 80': {}, '10.0.0.2 port 80': {} } },
      { backends: { '10.0.0.2 port 80': {}, '10.0.0.1 port 80': {} } },
      [],
    ],
    ['a name', {}, { name: 'web' }, []],
    ['a scheduler', {}, { scheduler: 'rr' }, ['edit-service']],
    ['a flag', { scheduler: 'sh' }, { scheduler: 'sh', flags: 8 }, ['edit-service']],
    ['an engine', {}, { engine: 'sip' }, ['edit-service']],
    ['one packet', {}, { onePacket: true }, ['edit-service']],
    [
      'a weight',
      { backends: { '10.0.0.1 port 80': {} } },
      { backends: { '10.0.0.1 port 80': { weight: 2 } } },
      ['edit-destination'],
    ],
    [
      'a threshold',
      { backends: { '10.0.0.1 port 80': {} } },
      { backends: { '10.0.0.1 port 80': { upperThreshold: 2 } } },
      ['edit-destination'],
    ],
    [
      'a port',
      { backends: { '10.0.0.1 port 80': {} } },
      { backends: { '10.0.0.1 port 81': {} } },
      ['add-destination', 'remove-destination'],
    ],
  ])('by %s', (_what, from, to, expected) => {
    expect(kinds(tableOf({ [web]: from }), tableOf({ [web]: to }))).toEqual(expected);
  });

  it('lets somebody else have the weight of a backend whose weight is initial, and sends it along in an edit', () => {
    const present = tableOf({ [web]: { backends: { '10.0.0.1 port 80': { weight: 7 } } } });
    const initial = { weight: 1, weightIsInitial: true } as const;
    expect(diffTables(present, tableOf({ [web]: { backends: { '10.0.0.1 port 80': initial } } }))).toEqual([]);
    const edited = tableOf({ [web]: { backends: { '10.0.0.1 port 80': { ...initial, upperThreshold: 9 } } } });
    expect(diffTables(present, edited)).toMatchObject([{ after: { settings: { weight: 7, upperThreshold: 9 } } }]);
    const created = diffTables(tableOf({ [web]: {} }), edited);
    expect(created).toMatchObject([{ kind: 'add-destination', destination: { settings: { weight: 1 } } }]);
  });
});

describe('the difference of timeouts', () => {
  const timeouts = { tcp: 900, tcpFin: 120, udp: 300 };

  it('is about those that are spoken of', () => {
    const present = tableOf({}, { timeouts });
    expect(diffTables(present, tableOf({}))).toEqual([]);
    expect(diffTables(present, tableOf({}, { timeouts: { udp: 300 } }))).toEqual([]);
    expect(diffTables(present, tableOf({}, { timeouts: { tcp: 900, udp: 60 } }))).toEqual([
      { kind: 'set-timeouts', before: { udp: 300 }, after: { udp: 60 } },
    ]);
  });
});

describe('the difference of daemons', () => {
  const running = { interface: 'eth0', syncId: 1, group: addressOf('239.1.1.1'), port: 8848, ttl: 4, maxLength: 1472 };
  const table = (settings: DaemonSettings | 'stopped', role: 'master' | 'backup' = 'master'): Table =>
    tableOf({}, { daemons: { [role]: settings === 'stopped' ? settings : { role, settings } } });

  it('is about those that are spoken of, and about what is said of them', () => {
    expect(kinds(table(running), tableOf({}))).toEqual([]);
    expect(kinds(table(running), table('stopped', 'backup'))).toEqual([]);
    expect(kinds(table(running), table({ interface: 'eth0', syncId: 1 }))).toEqual([]);
    expect(kinds(table(running), table('stopped'))).toEqual(['stop-daemon']);
    expect(kinds(table('stopped'), table({ interface: 'eth0', syncId: 1 }))).toEqual(['start-daemon']);
  });

  it('keeps in a restart what nobody spoke of, but for a length that depends on the interface', () => {
    const { maxLength: _length, ...kept } = running;
    expect(diffTables(table(running), table({ interface: 'eth0', syncId: 2 }))).toMatchObject([
      { kind: 'restart-daemon', after: { settings: { ...running, syncId: 2 } } },
    ]);
    const [moved] = diffTables(table(running), table({ interface: 'eth1', syncId: 1 }));
    expect(moved?.kind === 'restart-daemon' && moved.after.settings).toEqual({ ...kept, interface: 'eth1' });
  });

  it('does not restart a backup whose message length the kernel has raised', () => {
    const raised = table({ ...running, maxLength: 1024 }, 'backup');
    expect(kinds(raised, table({ interface: 'eth0', syncId: 1, maxLength: 500 }, 'backup'))).toEqual([]);
    expect(kinds(raised, table({ interface: 'eth0', syncId: 1, maxLength: 1025 }, 'backup'))).toEqual([
      'restart-daemon',
    ]);
  });
});
