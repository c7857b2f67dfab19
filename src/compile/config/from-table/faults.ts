/** Owns what a kernel may hold and the config language has no words for, or does not accept. */

import { familyOf } from '../../../../grammar/value/address.ts';
import { type Range, persistenceSeconds, thresholds, tunnelPorts, within } from '../../../../grammar/value/limits.ts';
import type { Destination } from '../../../model/destination.ts';
import { type Service, serviceFamily } from '../../../model/service.ts';
import { isDestinationAddress, unknownEnvironment } from '../../../simulate/environment.ts';

const outside = (value: number, range: Range): boolean => !within(value, range);

/** Why a service can't be written; undefined if it can. */
export function serviceFault({ key, settings }: Service): string | undefined {
  const { persistence, onePacket } = settings;
  if (persistence !== undefined && outside(persistence.timeout, persistenceSeconds))
    return 'its persistence lasts too long';
  if (key.kind === 'mark') return key.mark === 0 ? 'a mark is never 0' : undefined;
  if (!/^(tcp|udp|sctp)$/.test(key.protocol)) return `there is no word for ${key.protocol}`;
  if (onePacket && key.protocol !== 'udp') return `one-packet is not for ${key.protocol}`;
  return key.port === 0 && persistence === undefined ? 'a service on port 0 needs persistence' : undefined;
}

/** Why a destination can't be written; undefined if it can. */
export function destinationFault({ key: service }: Service, { key, settings }: Destination): string | undefined {
  const { forwarding, upperThreshold, lowerThreshold } = settings;
  const { method } = forwarding;
  if (method !== 'masquerade' && method !== 'direct' && method !== 'tunnel')
    return `there is no word for forwarding by ${method}`;
  if (method !== 'tunnel' && familyOf(key.address) !== serviceFamily(service))
    return 'only a tunnel leads to the other address family';
  if (method !== 'masquerade' && service.kind === 'endpoint' && service.port !== key.port) {
    return `its port is not that of the service, and only masquerading can change it`;
  }
  if (method === 'tunnel') {
    const { tunnel } = forwarding;
    if (tunnel.type !== 'ipip' && tunnel.type !== 'gue' && tunnel.type !== 'gre')
      return `there is no word for a tunnel of ${tunnel.type}`;
    if (tunnel.type === 'gue' && outside(tunnel.port, tunnelPorts)) return 'its tunnel has no port';
    if (tunnel.type === 'gre' && tunnel.checksum === 'remote') return 'a GRE tunnel has no remote checksum';
  }
  if (outside(upperThreshold, thresholds) || lowerThreshold > upperThreshold)
    return 'its thresholds do not fit together';
  return isDestinationAddress(key.address, unknownEnvironment) ? undefined : 'its address is that of no machine';
}
