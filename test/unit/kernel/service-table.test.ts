/** Owns the proof of what is taken from /proc/net/ip_vs, and of what is left to netlink. */

import { expect, test } from 'vitest';
import { destinationsIn } from '../../../src/kernel/service-table.ts';
import type { ServiceId } from '../../../src/model/service.ts';
import type { ServiceReply } from '../../../src/wire/reply.ts';
import { tableOf } from '../../support/tables.ts';

/** As Linux 6.1 prints it. */
const titles = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port Forward Weight ActiveConn InActConn
`;

function services(...ids: readonly string[]): readonly ServiceReply[] {
  const table = tableOf(Object.fromEntries(ids.map((id) => [id as ServiceId, {}])));
  return [...table.services.values()].map(({ key, settings }) => ({ key, settings }));
}

const written = `${titles}TCP  C0000201:0050 wrr persistent 30000 FFFFFFFF
  -> 0A000002:1F90      Masq    2147483647 12         3
  -> [2001:0db8:0000:0000:0000:0000:0000:0002]:0000      Route   0      0          0
TCP  [2001:0db8:0000:0000:0000:0000:0000:0001]:01BB mh
FWM  FFFFFFFF rr ops
  -> 0A000001:0000      Local   1      0          0
`;
const named = services('tcp 192.0.2.1 port 80', 'tcp 2001:db8::1 port 443', 'mark 4294967295 ip6');

test('destinations are found by their services, in the order of the kernel', () => {
  const lists = destinationsIn(written, named)?.map((list) =>
    list.map(({ destination: { key, settings }, activity }) => [
      `${key.address} ${key.port}`,
      settings.forwarding.method,
      settings.weight,
      activity.active,
      activity.inactive,
    ]),
  );
  expect(lists).toEqual([
    [
      ['10.0.0.2 8080', 'masquerade', 2147483647, 12, 3],
      ['2001:db8::2 0', 'direct', 0, 0, 0],
    ],
    [],
    [['10.0.0.1 0', 'local', 1, 0, 0]],
  ]);
});

test.each([
  ['a tunnel, of which more is to be known', written.replace('Masq  ', 'Tunnel')],
  ['a mark in both families', `${written}FWM  FFFFFFFF rr \n`],
  ['a service more', `${written}UDP  C0000201:0035 rr \n`],
  ['a service less', written.replace(/^FWM.*\n.*\n/m, '')],
  ['another service', written.replace('C0000201', 'C0000202')],
  ['a protocol without a name', written.replace('TCP  C', 'IP_50 C')],
  ['a line of another form', written.replace('Masq ', 'Masq x')],
  ['no file', ''],
])('%s is left to netlink', (_what, text) => {
  expect(destinationsIn(text, named)).toBeUndefined();
});
