/** Owns the laws of the simulation that hold for every row of operations. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DestinationId, destinationId } from '../../src/model/destination.ts';
import type { Operation } from '../../src/model/operation.ts';
import { serviceId } from '../../src/model/service.ts';
import { type Table, emptyTable } from '../../src/model/table.ts';
import { openSimulation, simulate } from '../../src/simulate/simulation.ts';
import { table } from '../support/arbitrary.ts';
import { operations } from '../support/arbitrary-operation.ts';

const options = { seed: 1, numRuns: 200 };

/** The operations that make a table out of nothing, as a restore does. */
function operationsFor({ services, timeouts, daemons }: Table): Operation[] {
  const list: Operation[] = [{ kind: 'set-timeouts', timeouts }];
  for (const { key: service, settings, destinations } of services.values()) {
    list.push({ kind: 'new-service', service, settings });
    for (const { key: destination, settings } of destinations.values()) {
      list.push({ kind: 'new-destination', service, destination, settings });
    }
  }
  for (const daemon of Object.values(daemons)) if (daemon !== 'stopped') list.push({ kind: 'start-daemon', daemon });
  return list;
}

/** Without the daemons that are stopped: nobody has to stop what never ran. */
function withoutStopped(table: Table): Table {
  const running = Object.entries(table.daemons).filter(([, daemon]) => daemon !== 'stopped');
  return { ...table, daemons: Object.fromEntries(running) };
}

/** The ids of all destinations, in their order: equality of maps does not look at it. */
function listOrders({ services }: Table): DestinationId[][] {
  return Array.from(services.values(), ({ destinations }) => Array.from(destinations.keys()));
}

test('a table is made by the operations that add its parts, and none of them is refused', () => {
  fc.assert(
    fc.property(table('read'), (table) => {
      const made = simulate(emptyTable, operationsFor(table));
      expect(made.refusals).toEqual([]);
      expect(made.table).toEqual(withoutStopped(table));
      expect(listOrders(made.table)).toEqual(listOrders(table));
    }),
    options,
  );
});

test('what is refused changes nothing: without the refused operations the end is the same', () => {
  fc.assert(
    fc.property(operations(60), (operations) => {
      const { table, refusals } = simulate(emptyTable, operations);
      const refused = new Set(refusals.map(({ operation }) => operation));
      const accepted = simulate(
        emptyTable,
        operations.filter((operation) => !refused.has(operation)),
      );
      expect(accepted).toEqual({ table, refusals: [] });
    }),
    options,
  );
});

test('neither the base nor a table that was handed out changes behind the back of its holder', () => {
  fc.assert(
    fc.property(table('read'), operations(30), operations(30), (base, first, second) => {
      const before = structuredClone(base);
      const simulation = openSimulation(base);
      for (const operation of first) simulation.execute(operation);
      const between = simulation.table();
      const copy = structuredClone(between);
      for (const operation of second) simulation.execute(operation);
      expect(base).toEqual(before);
      expect(between).toEqual(copy);
      expect(simulation.table()).toEqual(simulate(base, [...first, ...second]).table);
    }),
    options,
  );
});

test('every service and destination is found under the id of its key', () => {
  fc.assert(
    fc.property(operations(60), (operations) => {
      for (const [id, service] of simulate(emptyTable, operations).table.services) {
        expect(id).toBe(serviceId(service.key));
        for (const [id, { key }] of service.destinations) expect(id).toBe(destinationId(key));
      }
    }),
    options,
  );
});
