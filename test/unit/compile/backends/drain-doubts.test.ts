/** Owns the proof of what is said before a backend gets weight 0. */

import { expect, it } from 'vitest';
import type { Netmask } from '../../../../grammar/value/netmask.ts';
import { drainDoubts } from '../../../../src/compile/backends/drain-doubts.ts';
import { tableOf, type ServicesText } from '../../../support/tables.ts';

const drained = { '10.0.0.1 port 80': { weight: 0 }, '10.0.0.2 port 80': {} };
const persistence = { timeout: 300, mask: '255.255.255.255' as Netmask };

function codes(service: ServicesText[string], templatesExpire = false): readonly string[] {
  const table = tableOf({ 'tcp 192.0.2.1 port 80': service, 'tcp 192.0.2.2 port 80': { scheduler: 'dh' } });
  const [first] = table.services.keys();
  const doubts = drainDoubts(table, new Set(first === undefined ? [] : [first]), { templatesExpire });
  return doubts.map(({ code, suggestion }) => (suggestion === undefined ? code : `${code}: ${suggestion}`));
}

it.each(['rr', 'wrr', 'lc', 'wlc', 'sed', 'nq', 'fo', 'ovf', 'lblc', 'lblcr'])('%s drains in peace', (scheduler) => {
  expect(codes({ scheduler, backends: drained })).toEqual([]);
});

it('says that clients are refused', () => {
  const refused = (scheduler: string, flags = 0) => codes({ scheduler, flags, backends: drained });
  expect(refused('sh')).toEqual(['drain-refuses-clients: set flag sh-fallback first']);
  expect(refused('mh', 0x10)).toEqual(['drain-refuses-clients: set flag mh-fallback first']);
  expect(refused('dh')).toEqual(["drain-refuses-clients: 'dh' has no fallback: remove the backend instead"]);
  expect(refused('sh', 0x08)).toEqual([]);
  expect(refused('mh', 0x18)).toEqual([]);
});

it('says that known clients come back', () => {
  const fix = 'drain-keeps-templates: sysctl -w net.ipv4.vs.expire_quiescent_template=1';
  expect(codes({ persistence, backends: drained })).toEqual([fix]);
  expect(codes({ persistence, backends: drained }, true)).toEqual([]);
});

it('says that nobody is left', () => {
  expect(codes({ scheduler: 'sh', backends: { '10.0.0.1 port 80': { weight: 0 } } })).toEqual(['drain-leaves-none']);
});
