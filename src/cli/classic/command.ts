/** Owns what a call of ipvsadm asks for, and how a line that was found to be legal says it. */

import { type SchedulerFlags } from '../../../grammar/value/scheduler-flags.ts';
import { defaultScheduler } from '../../../grammar/value/schedulers.ts';
import type { CommandName } from '../../../grammar/vocabulary/commands.ts';
import type { DaemonRole } from '../../model/daemon.ts';
import type { DestinationKey, DestinationSettings, Forwarding } from '../../model/destination.ts';
import type { Operation } from '../../model/operation.ts';
import type { ServiceKey, ServiceSettings } from '../../model/service.ts';
import type { Timeouts } from '../../model/timeouts.ts';
import type { ListingMode } from '../../render/ipvsadm/listing.ts';
import type { ListingOrder } from '../../render/ipvsadm/order.ts';
import type { Draft } from './draft.ts';

/** One call of ipvsadm, ready to be carried out. */
export type ClassicCommand =
  | { readonly kind: 'execute'; readonly operation: Operation }
  | {
      readonly kind: 'list-table';
      readonly mode: ListingMode;
      readonly exact: boolean;
      readonly numeric: boolean;
      readonly order: ListingOrder;
      /** Only this one. */
      readonly service?: ServiceKey;
    }
  | { readonly kind: 'list-connections'; readonly numeric: boolean; readonly engines: boolean }
  | { readonly kind: 'save'; readonly numeric: boolean; readonly order: ListingOrder }
  | { readonly kind: 'list-timeouts' | 'list-daemons' | 'restore' | 'help' | 'version' };

/** What a line says beside its options' effects. */
export interface CommandWords {
  readonly flags: SchedulerFlags;
  readonly timeouts: Timeouts;
  readonly role: DaemonRole;
  /** How a listing is sorted unless it has `--nosort`. */
  readonly order: ListingOrder;
}

function serviceKey({ mark, family, protocol, address, port }: Draft): ServiceKey | undefined {
  if (mark !== undefined) return { kind: 'mark', family, mark };
  return protocol === undefined ? undefined : { kind: 'endpoint', protocol, address, port };
}

function serviceSettings(draft: Draft, flags: SchedulerFlags): ServiceSettings {
  const { scheduler, persistence, mask, engine, given } = draft;
  return {
    scheduler: scheduler || defaultScheduler,
    flags,
    ...(persistence === undefined ? {} : { persistence: { timeout: persistence, mask } }),
    ...(engine === '' ? {} : { engine }),
    onePacket: given.has('ops'),
  };
}

function forwarding({ method, tunnelType: type, tunnelPort: port, tunnelChecksum: checksum }: Draft): Forwarding {
  if (method !== 'tunnel') return { method };
  if (type === 'gue') return { method, tunnel: { type, port, checksum } };
  return { method, tunnel: type === 'gre' ? { type, checksum } : { type } };
}

function destinationSettings(draft: Draft): DestinationSettings {
  const { weight, upperThreshold, lowerThreshold } = draft;
  return { forwarding: forwarding(draft), weight, upperThreshold, lowerThreshold };
}

/** The first that was given decides. */
const listingModes: readonly Exclude<ListingMode, 'default'>[] = [
  'stats',
  'rate',
  'thresholds',
  'persistent-conn',
  'tun-info',
];

function listCommand(draft: Draft, service: ServiceKey | undefined, order: ListingOrder): ClassicCommand {
  const { given } = draft;
  const numeric = given.has('numeric');
  if (given.has('connection')) return { kind: 'list-connections', numeric, engines: given.has('persistent-conn') };
  if (given.has('timeout')) return { kind: 'list-timeouts' };
  if (given.has('daemon')) return { kind: 'list-daemons' };
  return {
    kind: 'list-table',
    mode: listingModes.find((mode) => given.has(mode)) ?? 'default',
    exact: given.has('exact'),
    numeric,
    order: given.has('nosort') ? 'kernel' : order,
    ...(service === undefined ? {} : { service }),
  };
}

/** `-Z` of the address 0.0.0.0 or ::, port 0, means every service (ipvsadm reference, 1.9). */
function zeroed(key: ServiceKey | undefined): { readonly service?: ServiceKey } {
  if (key === undefined) return {};
  const everything = key.kind === 'endpoint' && key.port === 0 && (key.address === '0.0.0.0' || key.address === '::');
  return everything ? {} : { service: key };
}

/** The command of a line whose options are legal, with the effects that they had. */
export function commandOf(
  name: CommandName,
  draft: Draft,
  { flags, timeouts, role, order }: CommandWords,
): ClassicCommand {
  const key = serviceKey(draft);
  const execute = (operation: Operation): ClassicCommand => ({ kind: 'execute', operation });
  const onService = (make: (service: ServiceKey) => Operation): ClassicCommand => {
    if (key === undefined) throw new Error(`the legality check let '${name}' pass without a service`);
    return execute(make(key));
  };
  const onServer = (make: (ends: { service: ServiceKey; destination: DestinationKey }) => Operation): ClassicCommand =>
    onService((service) => {
      const { server: destination } = draft;
      if (destination === undefined) throw new Error(`the legality check let '${name}' pass without a real server`);
      return make({ service, destination });
    });
  switch (name) {
    case 'add-service':
      return onService((service) => ({ kind: 'new-service', service, settings: serviceSettings(draft, flags) }));
    case 'edit-service':
      return onService((service) => ({ kind: 'set-service', service, settings: serviceSettings(draft, flags) }));
    case 'delete-service':
      return onService((service) => ({ kind: 'delete-service', service }));
    case 'add-server':
      return onServer((ends) => ({ kind: 'new-destination', ...ends, settings: destinationSettings(draft) }));
    case 'edit-server':
      return onServer((ends) => ({ kind: 'set-destination', ...ends, settings: destinationSettings(draft) }));
    case 'delete-server':
      return onServer((ends) => ({ kind: 'delete-destination', ...ends }));
    case 'zero':
      return execute({ kind: 'zero', ...zeroed(key) });
    case 'flush':
      return execute({ kind: 'flush' });
    case 'set':
      return execute({ kind: 'set-timeouts', timeouts });
    case 'start-daemon':
      return execute({ kind: 'start-daemon', daemon: { role, settings: draft.daemon } });
    case 'stop-daemon':
      return execute({ kind: 'stop-daemon', role });
    case 'list':
      return listCommand(draft, key, order);
    case 'save':
      return { kind: 'save', numeric: draft.given.has('numeric'), order };
    case 'restore':
    case 'help':
    case 'version':
      return { kind: name };
  }
}
