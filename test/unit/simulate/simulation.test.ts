/** Owns the proof of what accepted operations do to a table. */

import { describe, expect, test } from 'vitest';
import { destinationId } from '../../../src/model/destination.ts';
import type { Operation } from '../../../src/model/operation.ts';
import { serviceId } from '../../../src/model/service.ts';
import { type Table, emptyTable } from '../../../src/model/table.ts';
import { loopbackEnvironment } from '../../../src/simulate/environment.ts';
import { openSimulation, simulate } from '../../../src/simulate/simulation.ts';
import {
  deleteDestination,
  deleteService,
  newDestination,
  newService,
  real,
  scheduled,
  setDestination,
  setService,
  startDaemon,
  stopDaemon,
  tcp,
  weighted,
} from '../../support/operation.ts';

const web = tcp('192.0.2.1');
const [a, b, c] = [real('10.0.0.1'), real('10.0.0.2'), real('10.0.0.3')];

function after(...operations: Operation[]): Table {
  const { table, refusals } = simulate(emptyTable, operations);
  expect(refusals).toEqual([]);
  return table;
}

function destinationsOf(table: Table): string[] {
  return [...(table.services.get(serviceId(web))?.destinations.keys() ?? [])];
}

describe('services', () => {
  test('an edit replaces all settings and keeps the destinations', () => {
    const { services } = after(
      newService(web, { flags: 8, engine: 'sip', onePacket: true }),
      newDestination(web, a),
      setService(web, { scheduler: 'wrr' }),
    );
    expect(services.get(serviceId(web))).toEqual({
      key: web,
      settings: scheduled({ scheduler: 'wrr' }),
      destinations: new Map([[destinationId(a), { key: a, settings: weighted() }]]),
    });
  });

  test('a service that comes back has no destinations', () => {
    expect(destinationsOf(after(newService(web), newDestination(web, a), deleteService(web), newService(web)))).toEqual(
      [],
    );
  });

  test('mark 0 makes the service of TCP, any address and no port', () => {
    const { services } = after(newService({ kind: 'mark', family: 'ip6', mark: 0 }));
    expect([...services]).toEqual([
      ['tcp :: port 0', { key: tcp('::', 0), settings: scheduled(), destinations: new Map() }],
    ]);
  });

  test('a flush takes services, and leaves timeouts and daemons', () => {
    const { services, timeouts, daemons } = after(
      newService(web),
      { kind: 'set-timeouts', timeouts: { udp: 5 } },
      startDaemon('master'),
      { kind: 'flush' },
    );
    expect([services.size, timeouts, Object.keys(daemons)]).toEqual([0, { udp: 5 }, ['master']]);
  });
});

describe('destinations', () => {
  test('an edit replaces all settings and keeps the place in the list', () => {
    const table = after(
      newService(web),
      newDestination(web, a, { upperThreshold: 9, weight: 5 }),
      newDestination(web, b),
      setDestination(web, a, { forwarding: { method: 'direct' } }),
    );
    expect([...(table.services.get(serviceId(web))?.destinations.values() ?? [])]).toEqual([
      { key: a, settings: weighted({ forwarding: { method: 'direct' } }) },
      { key: b, settings: weighted() },
    ]);
  });

  test('one that was deleted and comes back is the newest', () => {
    const table = after(
      newService(web),
      ...[a, b, c].map((key) => newDestination(web, key)),
      deleteDestination(web, a),
      newDestination(web, a),
    );
    expect(destinationsOf(table)).toEqual([b, c, a].map(destinationId));
  });

  test.each([
    ['a deletion', deleteDestination(web, a)],
    ['a deletion of the service', deleteService(web)],
    ['a flush', { kind: 'flush' as const }],
  ])('%s leaves it in the trash, from where it comes back though no route leads to it any more', (_name, removal) => {
    let broadcast = '';
    const environment = { ...loopbackEnvironment, isBroadcast: (address: string) => address === broadcast };
    const simulation = openSimulation(emptyTable, environment);
    for (const operation of [newService(web), newDestination(web, a), removal]) {
      expect(simulation.execute(operation)).toBeUndefined();
    }
    broadcast = a.address;
    simulation.execute(newService(web));
    expect(simulation.execute(newDestination(web, a))).toBeUndefined();
    // The trash is searched for the service's own destinations, and nothing that never was there is in it.
    expect(simulation.execute(newDestination(web, real(a.address, 81)))).toBe('EINVAL');
    simulation.execute(newService(tcp('192.0.2.2')));
    expect(simulation.execute(newDestination(tcp('192.0.2.2'), a))).toBe('EINVAL');
  });
});

test('an edit leaves what people call a service and a destination', () => {
  const backend = { key: a, name: 'w1', settings: weighted() };
  const service = {
    key: web,
    name: 'web',
    settings: scheduled(),
    destinations: new Map([[destinationId(a), backend]]),
  };
  const base: Table = { ...emptyTable, services: new Map([[serviceId(web), service]]) };
  const { table } = simulate(base, [setService(web, { flags: 8 }), setDestination(web, a, { weight: 5 })]);
  expect(table.services.get(serviceId(web))).toEqual({
    ...service,
    settings: scheduled({ flags: 8 }),
    destinations: new Map([[destinationId(a), { ...backend, settings: weighted({ weight: 5 }) }]]),
  });
});

describe('timeouts and daemons', () => {
  test('a table speaks of those that the base or an operation spoke of', () => {
    expect(after(newService(web))).toMatchObject({ timeouts: {}, daemons: {} });
    expect(after({ kind: 'set-timeouts', timeouts: { tcp: 0, udp: 300 } }).timeouts).toEqual({ udp: 300 });
    const base: Table = { ...emptyTable, timeouts: { tcp: 900, udp: 1 }, daemons: { backup: 'stopped' } };
    const { table } = simulate(base, [{ kind: 'set-timeouts', timeouts: { tcp: 0, udp: 2 } }, startDaemon('master')]);
    expect(table.timeouts).toEqual({ tcp: 900, udp: 2 });
    expect(table.daemons).toEqual({
      master: { role: 'master', settings: { interface: 'lo', syncId: 0 } },
      backup: 'stopped',
    });
  });

  test('a daemon that is stopped can be started with other settings', () => {
    const { daemons } = after(startDaemon('backup'), stopDaemon('backup'), startDaemon('backup', { syncId: 7 }));
    expect(daemons).toEqual({ backup: { role: 'backup', settings: { interface: 'lo', syncId: 7 } } });
  });
});

test('every part remembers the operation that wrote it last', () => {
  const [first, second] = ['first', 'second'].map((text) => ({
    source: { name: '-', text },
    start: 0,
    end: text.length,
  }));
  const write = (origin: typeof first, operation: Operation): Operation =>
    origin ? { ...operation, origin } : operation;
  const table = after(
    write(first, newService(web)),
    write(first, newDestination(web, a)),
    write(second, setDestination(web, a)),
    write(second, { kind: 'set-timeouts', timeouts: { udp: 1 } }),
  );
  const service = table.services.get(serviceId(web));
  expect(service?.origin).toBe(first);
  expect(service?.destinations.get(destinationId(a))?.origin).toBe(second);
  expect(table.timeouts.origin).toBe(second);
});
