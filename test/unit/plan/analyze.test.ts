import { describe, expect, it } from 'vitest';
import type { Table } from '../../../src/model/table.ts';
import { type Limits, guard } from '../../../src/plan/analyze/guards.ts';
import type { Disruption } from '../../../src/plan/analyze/disruption.ts';
import { fingerprintOf, shortFingerprint } from '../../../src/plan/fingerprint.ts';
import { type Plan, planTables } from '../../../src/plan/plan.ts';
import { digest } from '../../support/digest.ts';
import { type ServicesText, tableOf } from '../../support/tables.ts';

const web = 'tcp 192.0.2.1 port 80';
const one = '10.0.0.1 port 80';
const two = '10.0.0.2 port 80';

function planOf(observed: Table, desired: Table): Plan {
  return planTables({ table: observed, activity: new Map() }, desired, { digest });
}

describe('disruption', () => {
  type Case = readonly [what: string, before: ServicesText[string], after: ServicesText[string], worst: Disruption];
  const persistent = (mask: string, timeout = 300) => ({ persistence: { timeout, mask: mask as never } });

  it.each<Case>([
    ['an added backend', { backends: { [one]: {} } }, { backends: { [one]: {}, [two]: {} } }, 'new-flows'],
    ['a weight', { backends: { [one]: {} } }, { backends: { [one]: { weight: 5 } } }, 'new-flows'],
    ['a scheduler among those that count', { scheduler: 'rr' }, { scheduler: 'wlc' }, 'new-flows'],
    ['a scheduler that hashes', { scheduler: 'rr' }, { scheduler: 'mh' }, 'remap'],
    ['a scheduler that hashed', { scheduler: 'lblcr' }, { scheduler: 'wlc' }, 'remap'],
    ['another flag of one that hashes', { scheduler: 'sh' }, { scheduler: 'sh', flags: 0x10 }, 'remap'],
    [
      'a threshold under hashing',
      { scheduler: 'dh', backends: { [one]: {} } },
      { scheduler: 'dh', backends: { [one]: { upperThreshold: 1 } } },
      'new-flows',
    ],
    [
      'a weight under hashing',
      { scheduler: 'lblc', backends: { [one]: {} } },
      { scheduler: 'lblc', backends: { [one]: { weight: 2 } } },
      'remap',
    ],
    ['a backend added under hashing', { scheduler: 'sh' }, { scheduler: 'sh', backends: { [one]: {} } }, 'remap'],
    ['a persistence mask', persistent('255.255.255.255'), persistent('255.255.255.0'), 'remap'],
    ['a persistence timeout', persistent('255.255.255.255'), persistent('255.255.255.255', 60), 'new-flows'],
    ['an engine', {}, { engine: 'sip' }, 'remap'],
    ['a removed backend', { backends: { [one]: {}, [two]: {} } }, { backends: { [one]: {} } }, 'cut'],
  ])('of %s', (_what, before, after, worst) => {
    expect(planOf(tableOf({ [web]: before }), tableOf({ [web]: after })).summary.worst).toBe(worst);
  });

  it('of a new service is none, unless it takes the clients of one for every port', () => {
    const catchAll = { 'tcp 192.0.2.1 port 0': {} };
    expect(planOf(tableOf({}), tableOf({ [web]: {} })).summary.worst).toBe('none');
    expect(planOf(tableOf(catchAll), tableOf({ ...catchAll, [web]: {} })).summary.worst).toBe('new-flows');
  });
});

describe("the kernel's settings", () => {
  const drained = (persistent: boolean, values: Readonly<Record<string, string>>): Plan => {
    const settings = persistent ? { persistence: { timeout: 300, mask: '255.255.255.255' as never } } : {};
    const service = (weight: number) => ({ ...settings, backends: { [one]: {}, [two]: { weight } } });
    const [before, after] = [tableOf({ [web]: service(1) }), tableOf({ [web]: service(0) })];
    const sysctls = new Map(Object.entries(values));
    return planTables({ table: before, activity: new Map() }, after, { digest, sysctls });
  };
  const said = ({ remarks }: Plan): readonly string[] => remarks.map(({ sysctl }) => sysctl);
  const quiescent = 'expire_quiescent_template';

  it('decide whether weight 0 moves persistent clients', () => {
    expect(drained(true, { [quiescent]: '1' }).summary.worst).toBe('remap');
    expect(drained(true, { [quiescent]: '0' }).summary.worst).toBe('new-flows');
    expect(drained(true, {}).summary.worst).toBe('new-flows');
    expect(drained(false, { [quiescent]: '1' }).summary.worst).toBe('new-flows');
  });

  it('are told where they matter, and only there', () => {
    expect(said(drained(true, { [quiescent]: '1' }))).toEqual([quiescent]);
    expect(said(drained(true, { [quiescent]: '0' }))).toEqual([quiescent]);
    expect(said(drained(true, {}))).toEqual([]);
    expect(said(drained(false, { [quiescent]: '0', expire_nodest_conn: '1' }))).toEqual([]);
    expect(said(drained(false, { [quiescent]: '1', conn_reuse_mode: '0' }))).toEqual(['conn_reuse_mode']);
  });
});

describe('a guard', () => {
  const observed = tableOf({
    [web]: { backends: { [one]: {}, [two]: {} } },
    'udp 192.0.2.1 port 53': { backends: { [one]: {} } },
  });
  const codes = (desired: Table, limits: Limits): readonly string[] =>
    guard(planOf(observed, desired), limits).map(({ code }) => code);

  it('is in front of an empty table', () => {
    expect(codes(tableOf({}), {})).toEqual(['plan-empties-table']);
    expect(codes(tableOf({}), { allowEmpty: true })).toEqual([]);
    expect(guard(planOf(tableOf({}), tableOf({})), {})).toEqual([]);
  });

  it('is in front of the last backend of a service that stays', () => {
    const emptied = tableOf({ [web]: {}, 'udp 192.0.2.1 port 53': { backends: { [one]: {} } } });
    expect(codes(emptied, {})).toEqual(['plan-empties-service']);
    expect(codes(tableOf({ [web]: { backends: { [one]: {} } } }), {})).toEqual([]);
  });

  it('counts services and backends that go', () => {
    // One service with its backend, and another backend: 3 of 5.
    const fewer = tableOf({ [web]: { backends: { [one]: {} } } });
    expect(codes(fewer, { maxDeletes: { count: 2 } })).toEqual(['plan-deletes-too-much']);
    expect(codes(fewer, { maxDeletes: { count: 3 } })).toEqual([]);
    expect(codes(fewer, { maxDeletes: { percent: 59 } })).toEqual(['plan-deletes-too-much']);
    expect(codes(fewer, { maxDeletes: { percent: 60 } })).toEqual([]);
  });
});

describe('a fingerprint', () => {
  const fingerprint = (table: Table): string => fingerprintOf(table, digest);

  it('is that of the configuration, not of its order or its names', () => {
    const table = tableOf({ [web]: { backends: { [one]: {}, [two]: {} } }, 'mark 7 ip': {} });
    const other = tableOf({ 'mark 7 ip': { name: 'ftp' }, [web]: { backends: { [two]: {}, [one]: {} } } });
    expect(fingerprint(other)).toBe(fingerprint(table));
    expect(fingerprint(tableOf({ [web]: { backends: { [one]: {} } }, 'mark 7 ip': {} }))).not.toBe(fingerprint(table));
  });

  it('is shown by its first digits', () => {
    expect(shortFingerprint(fingerprintOf(tableOf({}), digest))).toMatch(/^[0-9a-f]{8}$/);
  });
});
