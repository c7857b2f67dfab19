/** Owns pairs of tables that have something in common, as a table in a kernel and the edited file that shall replace it. */

import * as fc from 'fast-check';
import { familyOf } from '../../grammar/value/address.ts';
import { type Destination, destinationId } from '../../src/model/destination.ts';
import { type Service, serviceFamily, serviceId } from '../../src/model/service.ts';
import { type DaemonState, type Table, emptyTable } from '../../src/model/table.ts';
import { kernelDefaultTimeouts } from '../../src/model/timeouts.ts';
import { addressOf, destination, destinationSettings, serviceSettings, table } from './arbitrary.ts';

/** A table as a new network namespace has it: spoken of in full. */
export const untouchedTable: Table = {
  ...emptyTable,
  timeouts: kernelDefaultTimeouts,
  daemons: { master: 'stopped', backup: 'stopped' },
};

/** What a running daemon has that was started without it. */
const daemonDefaults = { group: addressOf('224.0.0.81'), port: 8848, ttl: 1, maxLength: 1472 };

function running(state: DaemonState = 'stopped'): DaemonState {
  return state === 'stopped' ? state : { ...state, settings: { ...daemonDefaults, ...state.settings } };
}

/** A table as a kernel may hold it, spoken of in full. */
export const observedTable: fc.Arbitrary<Table> = table('read').map(({ services, timeouts, daemons }) => ({
  services,
  timeouts: { ...untouchedTable.timeouts, ...timeouts },
  daemons: { master: running(daemons.master), backup: running(daemons.backup) },
}));

function editedDestination(service: Service, present: Destination): fc.Arbitrary<Destination> {
  const mixed = familyOf(present.key.address) !== serviceFamily(service.key);
  return fc.tuple(destinationSettings('read'), fc.boolean()).map(([settings, initial]): Destination => {
    // Only a tunnel may lead to the other family.
    const allowed = mixed ? { ...settings, forwarding: present.settings.forwarding } : settings;
    return initial
      ? { key: present.key, settings: allowed, weightIsInitial: true }
      : { key: present.key, settings: allowed };
  });
}

/** Keeps, edits and drops destinations, adds some, in any order; keeps or edits the settings. */
function editedService(service: Service): fc.Arbitrary<Service> {
  const kept = [...service.destinations.values()].map((present) =>
    fc.oneof(fc.constant([present]), fc.constant([]), fc.tuple(editedDestination(service, present))),
  );
  const added = fc.array(destination(service.key, 'read', false), { maxLength: 3 });
  const settings = fc.oneof(fc.constant(service.settings), serviceSettings(service.key, 'read'));
  return fc.tuple(fc.tuple(...kept), added, settings).chain(([kept, added, settings]) => {
    const all = new Map([...added, ...kept.flat()].map((each) => [destinationId(each.key), each]));
    return fc.shuffledSubarray([...all], { minLength: all.size }).map((destinations) => ({
      key: service.key,
      settings,
      destinations: new Map(destinations),
    }));
  });
}

function hasMixedFamilies({ services }: Table): boolean {
  return [...services.values()].some(({ key, destinations }) =>
    [...destinations.values()].some(({ key: { address } }) => familyOf(address) !== serviceFamily(key)),
  );
}

function runsDaemon({ daemons }: Table): boolean {
  return Object.values(daemons).some((daemon) => daemon !== undefined && daemon !== 'stopped');
}

/** What a kernel holds, and what it shall hold: services kept, edited, removed and added, timeouts and daemons. */
export const tablePair: fc.Arbitrary<readonly [observed: Table, desired: Table]> = fc
  .tuple(observedTable, table('read'))
  .chain(([observed, other]) => {
    const services = [...observed.services.values()].map((service) =>
      fc.oneof(fc.constant([service]), fc.constant([]), fc.tuple(editedService(service))),
    );
    return fc.tuple(...services).map((services): readonly [Table, Table] => {
      const all = [...other.services.values(), ...services.flat()];
      const desired = { ...other, services: new Map(all.map((service) => [serviceId(service.key), service])) };
      return [observed, desired];
    });
  })
  // Daemons and destinations of another family exclude each other (kernel reference, 7).
  .filter(([observed, { daemons, ...desired }]) => {
    const all = { ...desired, daemons: { ...observed.daemons, ...daemons } };
    return !(hasMixedFamilies(all) && runsDaemon(all));
  });
