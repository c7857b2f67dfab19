/** Owns short ways to write operations down in tests. */

import type { Netmask } from '../../grammar/value/netmask.ts';
import type { Daemon, DaemonSettings } from '../../src/model/daemon.ts';
import type { DestinationKey, DestinationSettings } from '../../src/model/destination.ts';
import type { Operation } from '../../src/model/operation.ts';
import type { ServiceKey, ServiceSettings } from '../../src/model/service.ts';
import { addressOf } from './arbitrary.ts';

/** A TCP service. */
export function tcp(address: string, port = 80): ServiceKey {
  return { kind: 'endpoint', protocol: 'tcp', address: addressOf(address), port };
}

export function real(address: string, port = 80): DestinationKey {
  return { address: addressOf(address), port };
}

/** A persistence of a minute with this mask. */
export function persistence(mask: string): Pick<ServiceSettings, 'persistence'> {
  return { persistence: { timeout: 60, mask: mask as Netmask } };
}

/** Settings of a service: round robin unless said otherwise. */
export function scheduled(settings: Partial<ServiceSettings> = {}): ServiceSettings {
  return { scheduler: 'rr', flags: 0, onePacket: false, ...settings };
}

/** Settings of a destination: masquerading with weight 1 unless said otherwise. */
export function weighted(settings: Partial<DestinationSettings> = {}): DestinationSettings {
  return { forwarding: { method: 'masquerade' }, weight: 1, upperThreshold: 0, lowerThreshold: 0, ...settings };
}

export function newService(service: ServiceKey, settings?: Partial<ServiceSettings>): Operation {
  return { kind: 'new-service', service, settings: scheduled(settings) };
}

export function setService(service: ServiceKey, settings?: Partial<ServiceSettings>): Operation {
  return { kind: 'set-service', service, settings: scheduled(settings) };
}

export function deleteService(service: ServiceKey): Operation {
  return { kind: 'delete-service', service };
}

export function newDestination(
  service: ServiceKey,
  destination: DestinationKey,
  settings?: Partial<DestinationSettings>,
): Operation {
  return { kind: 'new-destination', service, destination, settings: weighted(settings) };
}

export function setDestination(
  service: ServiceKey,
  destination: DestinationKey,
  settings?: Partial<DestinationSettings>,
): Operation {
  return { kind: 'set-destination', service, destination, settings: weighted(settings) };
}

export function deleteDestination(service: ServiceKey, destination: DestinationKey): Operation {
  return { kind: 'delete-destination', service, destination };
}

/** A start of a daemon on `lo` with id 0 unless said otherwise. */
export function startDaemon(role: Daemon['role'], settings: Partial<DaemonSettings> = {}): Operation {
  return { kind: 'start-daemon', daemon: { role, settings: { interface: 'lo', syncId: 0, ...settings } } };
}

export function stopDaemon(role: Daemon['role']): Operation {
  return { kind: 'stop-daemon', role };
}
