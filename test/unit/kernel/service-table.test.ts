/** Owns the proof of what is taken from /proc/net/ip_vs, and of what is left to netlink. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ReadLines, destinationsIn, readServiceTable } from '../../../src/kernel/service-table.ts';
import type { ServiceId } from '../../../src/model/service.ts';
import type { ServiceReply } from '../../../src/wire/reply.ts';
import { temporaryDirectory } from '../../support/temporary-directory.mjs';
import { tableOf } from '../../support/tables.ts';

/** As Linux 6.1 prints it. */
const titles = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port Forward Weight ActiveConn InActConn
`;

/** The lines of a text, some at a time: the titles, as the kernel gives them, are never apart. */
function linesOf(text: string, atATime = Infinity): ReadLines {
  const lines = text.split(/(?<=\n)/);
  return (take) => {
    const [first, rest] = [lines.slice(0, 3 + atATime), lines.slice(3 + atATime)];
    const pieces = [first, ...rest.map((line) => [line])].filter((piece) => piece.length > 0);
    return pieces.every((piece) => take(piece.join('')));
  };
}

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
  -> 0A000002:0000      Route   1      0          7         
  -> 0A000003:0000      Local   1      7          0         
`;
const named = services('tcp 192.0.2.1 port 80', 'tcp 2001:db8::1 port 443', 'mark 4294967295 ip6');

test.each([Infinity, 0, 1, 2])('destinations are found by their services, in the order of the kernel (%s)', (lines) => {
  const lists = destinationsIn(linesOf(written, lines), named)?.map((list) =>
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
    [
      ['10.0.0.1 0', 'local', 1, 0, 0],
      ['10.0.0.2 0', 'direct', 1, 0, 7],
      ['10.0.0.3 0', 'local', 1, 7, 0],
    ],
  ]);
});

test.each([
  ['a tunnel, of which more is to be known', written.replace('Masq  ', 'Tunnel')],
  ['a mark in both families', `${written}FWM  FFFFFFFF rr \n`],
  ['a service more', `${written}UDP  C0000201:0035 rr \n`],
  ['a service less', written.replace(/^FWM[^]*/m, '')],
  ['another service', written.replace('C0000201', 'C0000202')],
  ['another protocol', written.replace('TCP  C', 'UDP  C')],
  ['another port', written.replace('C0000201:0050', 'C0000201:0051')],
  ['another mark', written.replace('FWM  FFFFFFFF', 'FWM  FFFFFFFE')],
  ['an endpoint in place of a mark', written.replace('FWM  FFFFFFFF', 'TCP  FFFFFFFF:0000')],
  ['another order', written.replace(/^(TCP  C[^]*)(TCP  \[.*\n)/m, '$2$1')],
  ['a destination in front of all services', written.replace(/^(TCP  C.*\n)(.*\n)/m, '$2$1')],
  ['a line without an end', written.slice(0, -1)],
  ['a protocol without a name', written.replace('TCP  C', 'IP_50 C')],
  ['a line of another form', written.replace('Masq ', 'Masq x')],
  ['no file', ''],
])('%s is left to netlink', (_what, text) => {
  expect(destinationsIn(linesOf(text), named)).toBeUndefined();
});

test('two families of one mark are left to netlink, which line is whose the file does not say', () => {
  const text = `${titles}FWM  00000007 rr \n  -> 0A000001:0000      Local   1      0          0         \nFWM  00000007 rr \n`;
  expect(destinationsIn(linesOf(text), services('mark 7 ip', 'mark 7 ip6'))).toBeUndefined();
  expect(destinationsIn(linesOf(text.replace('7 rr', '8 rr')), services('mark 8 ip', 'mark 7 ip'))).toHaveLength(2);
});

test('the file is read in whole lines', () => {
  const path = join(temporaryDirectory('service-table'), 'ip_vs');
  const text = titles + 'TCP  C0000201:0050 wrr \n'.repeat(5000);
  writeFileSync(path, text);
  const pieces: string[] = [];
  expect(readServiceTable(path)((lines) => pieces.push(lines) > 0)).toBe(true);
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.filter((piece) => !piece.endsWith('\n'))).toEqual([]);
  expect(pieces.join('')).toBe(text);
  expect(readServiceTable(path)(() => false)).toBe(false);
});

test('what can not be read, or has no end, is not the file', () => {
  const directory = temporaryDirectory('service-table');
  const path = join(directory, 'ip_vs');
  writeFileSync(path, written.slice(0, -1));
  for (const unreadable of [path, directory, join(directory, 'missing')]) {
    expect(readServiceTable(unreadable)(() => true)).toBe(false);
  }
});
