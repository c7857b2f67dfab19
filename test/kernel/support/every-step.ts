/** Owns two tables between which a plan has a step of nearly every kind. */

import { tableOf } from '../../support/tables.ts';

const gue = { forwarding: { method: 'tunnel', tunnel: { type: 'gue', port: 6080, checksum: 'plain' } } } as const;

export const startTable = tableOf(
  {
    'tcp 192.0.2.1 port 80': {
      backends: { '10.0.0.1 port 80': { weight: 1 }, '10.0.0.2 port 80': { weight: 9 }, '10.0.0.3 port 80': {} },
    },
    'tcp 192.0.2.1 port 8080': { scheduler: 'rr', backends: { '10.0.0.1 port 8080': {}, '10.0.0.2 port 8080': {} } },
    'udp 192.0.2.1 port 53': {
      scheduler: 'sh',
      onePacket: true,
      backends: { '10.0.0.1 port 53': gue, '10.0.0.2 port 53': gue },
    },
    'mark 7 ip6': { backends: { '2001:db8::1 port 0': { upperThreshold: 10, lowerThreshold: 5 } } },
  },
  {
    timeouts: { tcp: 900, tcpFin: 120, udp: 300 },
    daemons: { master: { role: 'master', settings: { interface: 'lo', syncId: 1 } }, backup: 'stopped' },
  },
);

/** From `startTable`, a plan with a step of every phase but the one for daemons that yield to mixed families. */
export const desiredTable = tableOf(
  {
    'tcp 192.0.2.1 port 80': {
      scheduler: 'mh',
      flags: 0x10,
      backends: { '10.0.0.1 port 80': { weight: 5 }, '10.0.0.2 port 80': { weight: 2 }, '10.0.0.4 port 80': {} },
    },
    'tcp 192.0.2.1 port 443': { engine: 'sip', backends: { '10.0.0.1 port 443': {}, '10.0.0.2 port 443': {} } },
    'udp 192.0.2.1 port 53': { scheduler: 'sh', onePacket: true, backends: { '10.0.0.1 port 53': gue } },
    'mark 8 ip6': { backends: { '2001:db8::1 port 0': {} } },
  },
  {
    timeouts: { udp: 60 },
    daemons: {
      master: { role: 'master', settings: { interface: 'lo', syncId: 2 } },
      backup: { role: 'backup', settings: { interface: 'lo', syncId: 2 } },
    },
  },
);

/** From `startTable`, a plan whose daemon has to stop before a destination of another family than its service's comes. */
export const mixedTable = tableOf(
  {
    'tcp 192.0.2.1 port 80': {
      backends: { '10.0.0.1 port 80': { weight: 1 }, '10.0.0.2 port 80': { weight: 9 }, '2001:db8::2 port 80': gue },
    },
    'mark 7 ip6': { backends: { '2001:db8::1 port 0': { upperThreshold: 10, lowerThreshold: 5 } } },
  },
  { daemons: { master: 'stopped' } },
);
