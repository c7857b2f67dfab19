/** Owns the proof that entries of the connection table are read, chosen by words, and shown. */

import { describe, expect, it } from 'vitest';
import { namesOf, withNames } from '../../../../src/compile/backends/names.ts';
import { byBackend, byClient, byService } from '../../../../src/compile/connections/choose.ts';
import { parseConnections } from '../../../../src/kernel/connection-table.ts';
import { compareConnections } from '../../../../src/model/connection.ts';
import { emptyTable } from '../../../../src/model/table.ts';
import { connectionsToJson, renderConnectionListing } from '../../../../src/render/connection-listing.ts';
import { tableOf } from '../../../support/tables.ts';

/** As Linux 6.1 prints them: two connections, a template of a service, one of a mark, two of IPv6, one of an engine. */
const printed = `Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData
TCP C6336403 9C41 C000020A 0050 0A00010C 1F90 FIN_WAIT          65
TCP C6336402 9C40 C000020A 0050 0A00010B 1F90 ESTABLISHED      899
TCP C6336402 0000 C000020A 0050 0A00010B 1F90 NONE             600
IP  C6336402 0000 00000007 0000 0A00010B 0000 NONE              12
TCP 2001:0db8:0001:0000:0000:0000:0000:0002 9C42 2001:0db8:0000:0000:0000:0000:0000:000a 0050 2001:0db8:0002:0000:0000:0000:0000:000b 0050 SYN_RECV          58
IP  2001:0db8:0001:0000:0000:0000:0000:0002 0000 0000:0009:0000:0000:0000:0000:0000:0000 0000 2001:0db8:0002:0000:0000:0000:0000:000b 0000 NONE              12
UDP C6336404 0000 C000020B 13C4 0A00010B 13C4 UDP              300 sip call-1\u001B@example
`;
const all = [...parseConnections(printed)].sort(compareConnections);

const backendNames: Readonly<Record<string, string>> = { '10.0.1.11 port 8080': 'web1', '10.0.1.12 port 8080': 'web2' };
const services = { 'tcp 192.0.2.10 port 80': { backends: { '10.0.1.11 port 8080': {}, '10.0.1.12 port 8080': {} } } };
const site = withNames(tableOf(services), { service: () => 'http', backend: (_service, id) => backendNames[id] });

const ends = (choice: ReturnType<typeof byClient>): readonly string[] | undefined =>
  choice && all.filter(choice).map(({ protocol, client }) => `${protocol} ${client.address}:${client.port}`);

const v6 = '2001:db8:1::2';

describe('connections are chosen', () => {
  it.each([
    ['192.0.2.10', ['TCP 198.51.100.2:0', 'TCP 198.51.100.2:40000', 'TCP 198.51.100.3:40001']],
    ['192.0.2.11:5060', ['UDP 198.51.100.4:0']],
    ['192.0.2.0/24', ['TCP 198.51.100.2:0', 'TCP 198.51.100.2:40000', 'TCP 198.51.100.3:40001', 'UDP 198.51.100.4:0']],
    ['udp 192.0.2.0/24', ['UDP 198.51.100.4:0']],
    ['udp 192.0.2.10 port 80', []],
    ['[2001:DB8::A]:80', [`TCP ${v6}:40002`]],
    ['tcp 2001:db8:0::a port 80', [`TCP ${v6}:40002`]],
    ['mark 7', ['IP 198.51.100.2:0']],
    ['mark 9 ip6', [`IP ${v6}:0`]],
    ['mark 9 ip', []],
    ['http', ['TCP 198.51.100.2:0', 'TCP 198.51.100.2:40000', 'TCP 198.51.100.3:40001']],
    // 0.0.0.7 is the mark's place, not an address.
    ['0.0.0.7', []],
    ['https', undefined],
  ])('by service %s', (word, expected) => {
    expect(ends(byService(word, site))).toEqual(expected);
  });

  it.each([
    ['10.0.1.12', ['TCP 198.51.100.3:40001']],
    ['10.0.1.11 port 8080', ['TCP 198.51.100.2:0', 'TCP 198.51.100.2:40000']],
    ['10.0.1.12-13', ['TCP 198.51.100.3:40001']],
    ['web2', ['TCP 198.51.100.3:40001']],
    ['web3', undefined],
  ])('by backend %s', (word, expected) => {
    expect(ends(byBackend(word, site))).toEqual(expected);
  });

  it.each([
    ['198.51.100.2:40000', ['TCP 198.51.100.2:40000']],
    ['198.51.100.3', ['TCP 198.51.100.3:40001']],
    ['2001:db8:1::/48', [`TCP ${v6}:40002`, `IP ${v6}:0`]],
    ['198.51.100.2/24', undefined],
    ['someone', undefined],
  ])('by client %s', (word, expected) => {
    expect(ends(byClient(word))).toEqual(expected);
  });
});

describe('connections are shown', () => {
  it('as columns, by service, backend and client', () => {
    expect(renderConnectionListing('netns init', all, namesOf(site))).toBe(`netns init: 3 connections, 4 templates

Service                       Backend                    Client                    State        Ends in
http  tcp 192.0.2.10 port 80  web1  10.0.1.11 port 8080  198.51.100.2              template     10m
http  tcp 192.0.2.10 port 80  web1  10.0.1.11 port 8080  198.51.100.2 port 40000   ESTABLISHED  14m59s
http  tcp 192.0.2.10 port 80  web2  10.0.1.12 port 8080  198.51.100.3 port 40001   FIN_WAIT     1m5s
udp 192.0.2.11 port 5060      10.0.1.11 port 5060        198.51.100.4              template     5m       sip: call-1<U+001B>@example
tcp 2001:db8::a port 80       2001:db8:2::b port 80      2001:db8:1::2 port 40002  SYN_RECV     58s
mark 7 ip                     10.0.1.11 port 0           198.51.100.2              template     12s
mark 9 ip6                    2001:db8:2::b port 0       2001:db8:1::2             template     12s
`);
  });

  it('as one line if there are none', () => {
    expect(renderConnectionListing('netns init', [], namesOf(emptyTable))).toBe(
      'netns init: 0 connections, 0 templates\n',
    );
  });

  it('as JSON', () => {
    expect(connectionsToJson(all.slice(1, 2), namesOf(site))).toEqual({
      format_version: 1,
      connections: [
        {
          service: 'tcp 192.0.2.10 port 80',
          service_name: 'http',
          backend: '10.0.1.11 port 8080',
          backend_name: 'web1',
          client: { address: '198.51.100.2', port: 40000 },
          virtual: { address: '192.0.2.10', port: 80 },
          destination: { address: '10.0.1.11', port: 8080 },
          template: false,
          state: 'ESTABLISHED',
          expires_seconds: 899,
        },
      ],
    });
  });
});
