/** Owns destinations on the wire (IPVS_DEST_ATTR_*; kernel reference, 1.4). */

import { familyOf } from '../../../grammar/value/address.ts';
import type { Family } from '../../../grammar/value/family.ts';
import type { DestinationActivity } from '../../model/activity.ts';
import type {
  Destination,
  DestinationKey,
  DestinationSettings,
  Forwarding,
  Tunnel,
  TunnelChecksum,
} from '../../model/destination.ts';
import { attributeTable, type ValueOf, writeAttribute } from '../attribute.ts';
import { address, addressIn, u16, u16be, u32, u8 } from '../attribute-types.ts';
import type { ByteWriter } from '../bytes.ts';
import { countersToModel, narrowCounters, wideCounters } from './counters.ts';
import { familyFromNumber, familyNumber } from './family.ts';

const rows = {
  address: [1, address],
  port: [2, u16be],
  method: [3, u32],
  weight: [4, u32],
  upperThreshold: [5, u32],
  lowerThreshold: [6, u32],
  active: [7, u32],
  inactive: [8, u32],
  persistent: [9, u32],
  family: [11, u16],
  tunnelType: [13, u8],
  tunnelPort: [14, u16be],
  tunnelFlags: [15, u16],
} as const;

/** What is read if counters are of no interest. */
export const destinationAttributes = attributeTable(rows);

/** What is read with counters. */
export const countedDestinationAttributes = attributeTable({
  ...rows,
  counters: [10, narrowCounters],
  wideCounters: [12, wideCounters],
});

/** A destination as it is read. */
type DestinationAttributes = ValueOf<typeof destinationAttributes>;

/** IP_VS_CONN_F_FWD_MASK. */
const methodMask = 0x7;
/** IP_VS_CONN_F_MASQ, _LOCALNODE, _TUNNEL and _DROUTE, by their numbers. All destinations that are read share them. */
const forwardings: readonly Forwarding[] = [
  { method: 'masquerade' },
  { method: 'local' },
  { method: 'tunnel', tunnel: { type: 'ipip' } },
  { method: 'direct' },
];
/** IP_VS_CONN_F_TUNNEL_TYPE_*, by their numbers. */
const tunnelTypes = ['ipip', 'gue', 'gre'] as const;
/** IP_VS_TUNNEL_ENCAP_FLAG_*, by their numbers; both flags at once have no meaning. */
const checksums: readonly TunnelChecksum[] = ['none', 'plain', 'remote'];

/** Writes what the kernel finds a destination by in its service. */
export function writeDestinationKey(writer: ByteWriter, { address, port }: DestinationKey): void {
  writeAttribute(writer, rows.address, address);
  writeAttribute(writer, rows.port, port);
  writeAttribute(writer, rows.family, familyNumber(familyOf(address)));
}

/** Writes the whole entry, as NEW and SET want it. */
export function writeDestination(writer: ByteWriter, key: DestinationKey, settings: DestinationSettings): void {
  const { forwarding, weight, upperThreshold, lowerThreshold } = settings;
  writeDestinationKey(writer, key);
  writeAttribute(writer, rows.method, methodNumber(forwarding));
  writeAttribute(writer, rows.weight, weight);
  writeAttribute(writer, rows.upperThreshold, upperThreshold);
  writeAttribute(writer, rows.lowerThreshold, lowerThreshold);
  if (forwarding.method === 'tunnel') writeTunnel(writer, forwarding.tunnel);
}

/**
 * The destination in a reply; undefined if it has no key (which no kernel sends). Kernels before 3.18 do not say the
 * family: it is then the service's. A tunnel's type on another method does nothing, so it is not read.
 */
export function destinationToModel(attributes: DestinationAttributes, serviceFamily: Family): Destination | undefined {
  const { address, port, method = 0, weight = 0, upperThreshold = 0, lowerThreshold = 0 } = attributes;
  if (address === undefined || port === undefined) return undefined;
  const family = familyFromNumber(attributes.family) ?? serviceFamily;
  return {
    key: { address: addressIn(address, family), port },
    settings: {
      forwarding: forwardingToModel(method & methodMask, attributes),
      weight,
      upperThreshold,
      lowerThreshold,
    },
  };
}

/** The present connections in a reply, and its counters if they were read. */
export function destinationActivity(attributes: ValueOf<typeof countedDestinationAttributes>): DestinationActivity {
  const { active = 0, inactive = 0, persistent = 0 } = attributes;
  const counters = countersToModel(attributes);
  return counters === undefined ? { active, inactive, persistent } : { active, inactive, persistent, counters };
}

function methodNumber({ method }: Forwarding): number {
  const number = forwardings.findIndex((forwarding) => forwarding.method === method);
  return number === -1 ? Number(method.slice('method-'.length)) : number;
}

function forwardingToModel(number: number, attributes: DestinationAttributes): Forwarding {
  const forwarding = forwardings[number] ?? { method: `method-${number}` };
  return forwarding.method === 'tunnel' ? { method: 'tunnel', tunnel: tunnelToModel(attributes) } : forwarding;
}

function writeTunnel(writer: ByteWriter, tunnel: Tunnel): void {
  if (tunnel.type === 'ipip') return;
  const known = tunnel.type === 'gue' || tunnel.type === 'gre';
  const type = known ? tunnelTypes.indexOf(tunnel.type) : Number(tunnel.type.slice('type-'.length));
  writeAttribute(writer, rows.tunnelType, type);
  if (tunnel.type !== 'gre') writeAttribute(writer, rows.tunnelPort, tunnel.port);
  writeAttribute(writer, rows.tunnelFlags, 'flags' in tunnel ? tunnel.flags : checksums.indexOf(tunnel.checksum));
}

/** Ports of GRE and all of IPIP beside its type do nothing. Flags without a name keep their tunnel a `type-N`. */
function tunnelToModel({
  tunnelType = 0,
  tunnelPort: port = 0,
  tunnelFlags: flags = 0,
}: DestinationAttributes): Tunnel {
  const type = tunnelTypes[tunnelType];
  const checksum = checksums[flags];
  if (type === 'ipip') return { type };
  if (type === 'gre' && checksum !== undefined) return { type, checksum };
  if (type === 'gue' && checksum !== undefined) return { type, port, checksum };
  return { type: `type-${tunnelType}`, port, flags };
}
