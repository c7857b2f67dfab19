/** Owns the proof that a word finds the backend that is meant, and that a weight changes nothing else. */

import { expect, it } from 'vitest';
import { reweigh } from '../../../../src/compile/backends/reweigh.ts';
import { selectBackends } from '../../../../src/compile/backends/select.ts';
import { destinationId } from '../../../../src/model/destination.ts';
import { serviceId } from '../../../../src/model/service.ts';
import { emptyTable } from '../../../../src/model/table.ts';
import { diffTables } from '../../../../src/plan/diff.ts';
import { tableOf } from '../../../support/tables.ts';

const table = tableOf({
  'tcp 192.0.2.1 port 80': { backends: { '10.0.0.1 port 80': {}, '10.0.0.2 port 80': {} } },
  'tcp 192.0.2.1 port 443': { backends: { '10.0.0.1 port 443': {}, '10.0.0.2 port 443': {} } },
  'mark 7 ip6': { backends: { '2001:db8::1 port 0': {}, '10.0.0.1 port 80': {} } },
});

function found(word: string): readonly string[] | undefined {
  const selection = selectBackends(word, table, emptyTable);
  return selection.kind === 'found'
    ? selection.places.map(({ service, destination }) => `${serviceId(service.key)}: ${destinationId(destination.key)}`)
    : undefined;
}

const everywhere = [
  'tcp 192.0.2.1 port 80: 10.0.0.1 port 80',
  'tcp 192.0.2.1 port 443: 10.0.0.1 port 443',
  'mark 7 ip6: 10.0.0.1 port 80',
];
const port80 = ['tcp 192.0.2.1 port 80: 10.0.0.1 port 80', 'mark 7 ip6: 10.0.0.1 port 80'];

it.each([
  ['10.0.0.1', everywhere],
  ['10.0.0.1:80', port80],
  ['10.0.0.1 port 80', port80],
  ['2001:DB8:0::1', ['mark 7 ip6: 2001:db8::1 port 0']],
  ['[2001:db8::1]:0', ['mark 7 ip6: 2001:db8::1 port 0']],
  ['2001:db8::1 port 0', ['mark 7 ip6: 2001:db8::1 port 0']],
])('%s is found in each of its services', (word, places) => {
  expect(found(word)).toEqual(places);
});

it.each([
  ['10.0.0.1:81', { kind: 'absent', suggestion: '10.0.0.1 port 80' }],
  ['10.0.0.3', { kind: 'absent', suggestion: '10.0.0.1' }],
  ['[2001:db8::1]:80', { kind: 'absent', suggestion: '2001:db8::1 port 0' }],
  ['203.0.113.77', { kind: 'absent' }],
  ['10.0.0.l', { kind: 'no-backend', suggestion: '10.0.0.1' }],
  // What ipvsadm would take for something else is no address here.
  ['10.0.1', { kind: 'no-backend', suggestion: '10.0.0.1' }],
  ['[10.0.0.1]:80', { kind: 'no-backend' }],
  ['10.0.0.1:65536', { kind: 'no-backend' }],
  ['10.0.0.1:+80', { kind: 'no-backend', suggestion: '10.0.0.1' }],
  ['', { kind: 'no-backend' }],
])('%j is no backend of the table', (word, selection) => {
  expect(selectBackends(word, table, emptyTable)).toEqual(selection);
});

it('gives each place its weight and leaves the rest alone', () => {
  const selection = selectBackends('10.0.0.1', table, emptyTable);
  if (selection.kind !== 'found') throw new Error('not found');
  const weighed = selection.places.map((place) => ({ ...place, weight: place.destination.key.port }));
  const changed = reweigh(table, weighed);
  expect(diffTables(table, changed)).toMatchObject([
    { kind: 'edit-destination', after: { key: { port: 80 }, settings: { weight: 80 } } },
    { kind: 'edit-destination', after: { key: { port: 443 }, settings: { weight: 443 } } },
    { kind: 'edit-destination', service: { kind: 'mark' }, after: { settings: { weight: 80 } } },
  ]);
  expect(reweigh(emptyTable, weighed)).toEqual(emptyTable);
});
