/** Owns the golden bytes of every request: test/golden/wire/requests.txt, on a little-endian machine. */

import { expect, test } from 'vitest';
import type { Operation } from '../../../src/model/operation.ts';
import { ByteWriter } from '../../../src/wire/bytes.ts';
import { writeBarrier } from '../../../src/wire/message.ts';
import { type Question, type Request, writeFamilyRequest, writeIpvsRequest } from '../../../src/wire/request.ts';
import { addressOf } from '../../support/arbitrary.ts';
import {
  deleteDestination,
  deleteService,
  newDestination,
  newService,
  persistence,
  real,
  setDestination,
  setService,
  startDaemon,
  stopDaemon,
  tcp,
} from '../../support/operation.ts';

const web = tcp('192.0.2.1');
const webV6 = tcp('2001:db8::1', 443);
const mark = { kind: 'mark', family: 'ip6', mark: 0xfedc_ba98 } as const;

const operations: Readonly<Record<string, Operation>> = {
  'new-service tcp 192.0.2.1 port 80, rr': newService(web),
  'new-service tcp 2001:db8::1 port 443, mh-port, persistent 60 s for /64, engine sip': newService(webV6, {
    scheduler: 'mh',
    flags: 0x10,
    engine: 'sip',
    ...persistence('64'),
  }),
  'set-service mark 4275878552 ip6, one packet': setService(mark, { onePacket: true }),
  'set-service tcp 192.0.2.1 port 80, persistent 60 s for 255.255.255.0': setService(web, persistence('255.255.255.0')),
  'delete-service mark 4275878552 ip6': deleteService(mark),
  'new-destination 10.0.0.1 port 8080, masq, weight 1': newDestination(web, real('10.0.0.1', 8080)),
  'set-destination 2001:db8::2 port 443, gue tunnel to port 6080 with checksum, thresholds 300 and 200': setDestination(
    webV6,
    real('2001:db8::2', 443),
    {
      forwarding: { method: 'tunnel', tunnel: { type: 'gue', port: 6080, checksum: 'plain' } },
      upperThreshold: 300,
      lowerThreshold: 200,
    },
  ),
  'new-destination 10.0.0.1 port 80, gre tunnel with remote checksum offload': newDestination(web, real('10.0.0.1'), {
    forwarding: { method: 'tunnel', tunnel: { type: 'gre', checksum: 'remote' } },
  }),
  'new-destination 10.0.0.1 port 80, tunnel of type 9 to port 1 with the flags 0xffff': newDestination(
    web,
    real('10.0.0.1'),
    { forwarding: { method: 'tunnel', tunnel: { type: 'type-9', port: 1, flags: 0xffff } } },
  ),
  'set-destination 10.0.0.1 port 80, direct, weight 0': setDestination(web, real('10.0.0.1'), {
    forwarding: { method: 'direct' },
    weight: 0,
  }),
  'delete-destination 10.0.0.1 port 80': deleteDestination(web, real('10.0.0.1')),
  'set-timeouts tcp 900, udp 300': { kind: 'set-timeouts', timeouts: { tcp: 900, udp: 300 } },
  'start-daemon master on lo': startDaemon('master'),
  'start-daemon backup on eth0, all said': startDaemon('backup', {
    interface: 'eth0',
    syncId: 7,
    group: addressOf('ff02::81'),
    port: 8848,
    ttl: 2,
    maxLength: 1400,
  }),
  'stop-daemon backup': stopDaemon('backup'),
  'zero everything': { kind: 'zero' },
  'zero tcp 192.0.2.1 port 80': { kind: 'zero', service: web },
  flush: { kind: 'flush' },
};

const questions: Readonly<Record<string, Question>> = {
  'dump of the services': { kind: 'list-services' },
  'question for the service tcp 192.0.2.1 port 80': { kind: 'get-service', service: web },
  'dump of the destinations of tcp 192.0.2.1 port 80': { kind: 'list-destinations', service: web },
  'dump of the daemons': { kind: 'list-daemons' },
  'question for the timeouts': { kind: 'get-timeouts' },
  'question for the version': { kind: 'get-info' },
};

/** Bytes as hexadecimal words of 4, four to a line. */
function hex(bytes: Uint8Array): string {
  const words = Array.from({ length: bytes.length / 4 }, (_, index) =>
    Array.from(bytes.subarray(4 * index, 4 * index + 4), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  );
  const lines = Array.from({ length: Math.ceil(words.length / 4) }, (_, line) => words.slice(4 * line, 4 * line + 4));
  return lines.map((line) => `  ${line.join(' ')}\n`).join('');
}

test('every request is written as it was when its bytes were checked', async () => {
  const entries: string[] = [];
  const add = (name: string, write: (writer: ByteWriter) => void): void => {
    const writer = new ByteWriter(256, true);
    write(writer);
    entries.push(`${name}\n${hex(writer.written())}`);
  };
  add('question for the id of the family', (writer) => writeFamilyRequest(writer, 1));
  const requests: Readonly<Record<string, Request>> = { ...operations, ...questions };
  for (const [name, request] of Object.entries(requests)) {
    add(name, (writer) => writeIpvsRequest(writer, 28, 1, request));
  }
  add('barrier', (writer) => writeBarrier(writer, 1));
  await expect(entries.join('\n')).toMatchFileSnapshot('../../golden/wire/requests.txt');
});

test('every kind of request is among them', () => {
  const kinds: Record<Request['kind'], true> = {
    'new-service': true,
    'set-service': true,
    'delete-service': true,
    'new-destination': true,
    'set-destination': true,
    'delete-destination': true,
    'set-timeouts': true,
    'start-daemon': true,
    'stop-daemon': true,
    zero: true,
    flush: true,
    'list-services': true,
    'get-service': true,
    'list-destinations': true,
    'list-daemons': true,
    'get-timeouts': true,
    'get-info': true,
  };
  expect(new Set([...Object.values(operations), ...Object.values(questions)].map(({ kind }) => kind))).toEqual(
    new Set(Object.keys(kinds)),
  );
});
