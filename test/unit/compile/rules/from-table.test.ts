/** Owns the proof that what ipvsadm can't say is reported and left out, and why. */

import { expect, test } from 'vitest';
import { rulesFromTable } from '../../../../src/compile/rules/from-table.ts';
import { type Destination, destinationId } from '../../../../src/model/destination.ts';
import { type ServiceKey, type ServiceSettings, serviceId } from '../../../../src/model/service.ts';
import { type Table, emptyTable } from '../../../../src/model/table.ts';
import { addressOf } from '../../../support/arbitrary.ts';

const web: ServiceKey = { kind: 'endpoint', protocol: 'tcp', address: addressOf('192.0.2.1'), port: 80 };
const plain: ServiceSettings = { scheduler: 'rr', flags: 0, onePacket: false };
const backend: Destination = {
  key: { address: addressOf('10.0.0.1'), port: 80 },
  settings: { forwarding: { method: 'direct' }, weight: 1, upperThreshold: 0, lowerThreshold: 0 },
};

function oneService(
  key: Partial<ServiceKey>,
  settings: Partial<ServiceSettings> = {},
  ...destinations: readonly Destination[]
): Table {
  const service = {
    key: { ...web, ...key } as ServiceKey,
    settings: { ...plain, ...settings },
    destinations: new Map(destinations.map((destination) => [destinationId(destination.key), destination])),
  };
  return { ...emptyTable, services: new Map([[serviceId(service.key), service]]) };
}

function oneBackend(settings: Partial<Destination['settings']>, key: Partial<Destination['key']> = {}): Table {
  return oneService({}, {}, { key: { ...backend.key, ...key }, settings: { ...backend.settings, ...settings } });
}

function write(table: Table, stoppedDaemons = true) {
  const { value = [], diagnostics } = rulesFromTable(table, { stoppedDaemons });
  return { rules: value, messages: diagnostics.map(({ message }) => message) };
}

test.each([
  ['another protocol', oneService({ protocol: 'protocol-50' }), 'ipvsadm has no words for it'],
  ['all ports', oneService({ port: 0 }), 'a service without a port must be persistent'],
  [
    'one packet of TCP',
    oneService({}, { onePacket: true }),
    'one-packet scheduling is for UDP and firewall marks only',
  ],
  [
    'an endless persistence',
    oneService({}, { persistence: { timeout: 2_678_401, mask: '255.255.255.255' as never } }),
    "-p takes a number from 1 to 2678400, not '2678401'",
  ],
])('a service with %s is left out with its real servers', (_name, table, reason) => {
  const { rules, messages } = write(table);
  expect(rules).toEqual([]);
  expect(messages).toEqual([`the service ${[...table.services.keys()][0]} can not be written as a rule: ${reason}`]);
});

test.each([
  ['local', oneBackend({ forwarding: { method: 'local' } }), 'ipvsadm has no words for it'],
  ['unknown method', oneBackend({ forwarding: { method: 'method-7' } }), 'ipvsadm has no words for it'],
  [
    'unknown tunnel',
    oneBackend({ forwarding: { method: 'tunnel', tunnel: { type: 'type-9', port: 0, flags: 0 } } }),
    'ipvsadm has no words for it',
  ],
  ['another port', oneBackend({}, { port: 81 }), 'the port 81 is ignored: 80 is used'],
])('a real server (%s) is left out', (_name, table, reason) => {
  const [[id, service] = []] = table.services;
  const name = [...(service?.destinations.keys() ?? [])][0];
  const { rules, messages } = write(table);
  expect(rules).toEqual(['-A -t 192.0.2.1:80 -s rr']);
  expect(messages).toEqual([`the real server ${name} of ${id} can not be written as a rule: ${reason}`]);
});

test('that weights are initial ones is lost with one warning', () => {
  const initial = (last: number): Destination => ({
    ...backend,
    key: { address: addressOf(`10.0.0.${last}`), port: 80 },
    weightIsInitial: true,
  });
  const { rules, messages } = write(oneService({}, {}, initial(1)));
  expect(rules).toHaveLength(2);
  expect(messages).toEqual([
    'the weight of the real server 10.0.0.1 port 80 of tcp 192.0.2.1 port 80 is meant for its creation only, which no rule can say',
  ]);
  expect(write(oneService({}, {}, initial(1), initial(2), initial(3))).messages).toEqual([
    'the weight of the real server 10.0.0.1 port 80 of tcp 192.0.2.1 port 80 (and of 2 more) is meant for its creation only, which no rule can say',
  ]);
});

test('timeouts that are not spoken of are 0, and all three of them nothing', () => {
  expect(write({ ...emptyTable, timeouts: { tcpFin: 30 } }).rules).toEqual(['--set 0 30 0']);
  expect(write(emptyTable).rules).toEqual([]);
  expect(write({ ...emptyTable, timeouts: { tcp: 2_678_401 } }).messages).toEqual([
    "the timeouts can not be written as a rule: --set takes a number from 0 to 2678400, not '2678401'",
  ]);
});

test('stopped daemons have a rule where they are meant', () => {
  const table: Table = { ...emptyTable, daemons: { master: 'stopped', backup: 'stopped' } };
  expect(write(table, true).rules).toEqual(['--stop-daemon master', '--stop-daemon backup']);
  expect(write(table, false).rules).toEqual([]);
});

test('a daemon whose id needs more than 8 bits is reported', () => {
  const settings = { interface: 'lo', syncId: 256 };
  expect(write({ ...emptyTable, daemons: { master: { role: 'master', settings } } }).messages).toEqual([
    "the master daemon can not be written as a rule: --syncid takes a number from 0 to 255, not '256'",
  ]);
});
