/** Owns services on the wire (IPVS_SVC_ATTR_*; kernel reference, 1.3). */

import { type Address, addressFromBytes } from '../../../grammar/value/address.ts';
import type { Family } from '../../../grammar/value/family.ts';
import { hostMask, type Netmask, parseNetmask } from '../../../grammar/value/netmask.ts';
import { protocolFromNumber, protocolNumber } from '../../../grammar/value/protocol.ts';
import { schedulerFlagBits } from '../../../grammar/value/scheduler-flags.ts';
import { serviceFamily, type ServiceKey, type ServiceSettings } from '../../model/service.ts';
import { type AttributeType, attributeTable, type ValueOf, writeAttribute } from '../attribute.ts';
import { address, addressIn, maskedFlags, type RawAddress, text, u16, u16be, u32 } from '../attribute-types.ts';
import type { ByteWriter } from '../bytes.ts';
import { narrowCounters, wideCounters } from './counters.ts';
import { familyFromNumber, familyNumber } from './family.ts';

/** Which clients share a template. One of the two is written; what was read is given in both readings. */
interface MaskOrPrefix {
  /** IPv4: a mask in network order. */
  readonly mask?: Address | RawAddress;
  /** IPv6: a prefix length, in host order. */
  readonly prefix?: number;
}

const maskOrPrefix: AttributeType<MaskOrPrefix> = {
  size: 4,
  write(writer, { mask, prefix = 0 }) {
    if (mask === undefined) writer.u32(prefix);
    else address.write(writer, mask);
  },
  read: (view, offset) => ({
    mask: address.read(view, offset, 4),
    prefix: view.data.getUint32(offset, view.littleEndian),
  }),
};

const rows = {
  family: [1, u16],
  protocol: [2, u16],
  address: [3, address],
  port: [4, u16be],
  mark: [5, u32],
  scheduler: [6, text],
  flags: [7, maskedFlags],
  timeout: [8, u32],
  netmask: [9, maskOrPrefix],
  engine: [11, text],
} as const;

/** What is read if counters are of no interest. */
export const serviceAttributes = attributeTable(rows);

/** What is read with counters. */
export const countedServiceAttributes = attributeTable({
  ...rows,
  counters: [10, narrowCounters],
  wideCounters: [12, wideCounters],
});

/** A service as it is read. */
type ServiceAttributes = ValueOf<typeof serviceAttributes>;

/** IP_VS_SVC_F_PERSISTENT and IP_VS_SVC_F_ONEPACKET. (0x2, HASHED, is the kernel's own and always set in replies.) */
const persistentBit = 0x1;
const onePacketBit = 0x4;
/** Bits that have no name here are left as they are. */
const flagMask = persistentBit | onePacketBit | schedulerFlagBits;

/** Writes what the kernel finds a service by. */
export function writeServiceKey(writer: ByteWriter, key: ServiceKey): void {
  writeAttribute(writer, rows.family, familyNumber(serviceFamily(key)));
  if (key.kind === 'mark') return writeAttribute(writer, rows.mark, key.mark);
  writeAttribute(writer, rows.protocol, protocolNumber(key.protocol));
  writeAttribute(writer, rows.address, key.address);
  writeAttribute(writer, rows.port, key.port);
}

/** Writes the whole entry, as NEW and SET want it. */
export function writeService(writer: ByteWriter, key: ServiceKey, settings: ServiceSettings): void {
  const { scheduler, flags, persistence, engine, onePacket } = settings;
  const family = serviceFamily(key);
  const own = (persistence === undefined ? 0 : persistentBit) | (onePacket ? onePacketBit : 0);
  writeServiceKey(writer, key);
  writeAttribute(writer, rows.scheduler, scheduler);
  writeAttribute(writer, rows.flags, { flags: flags | own, mask: flagMask });
  writeAttribute(writer, rows.timeout, persistence?.timeout ?? 0);
  writeAttribute(writer, rows.netmask, netmaskToAttribute(persistence?.mask ?? hostMask(family), family));
  if (engine !== undefined) writeAttribute(writer, rows.engine, engine);
}

/**
 * The service in a reply; undefined if it has no key (which no kernel sends). Timeout and mask of a service that is not
 * persistent do nothing, so they are not read.
 */
export function serviceToModel(
  attributes: ServiceAttributes,
): { key: ServiceKey; settings: ServiceSettings } | undefined {
  const family = familyFromNumber(attributes.family);
  if (family === undefined) return undefined;
  const key = keyToModel(attributes, family);
  if (key === undefined) return undefined;
  const { scheduler = 'none', flags: { flags } = { flags: 0 }, timeout = 0, netmask, engine } = attributes;
  const isPersistent = (flags & persistentBit) !== 0;
  return {
    key,
    settings: {
      scheduler,
      flags: flags & schedulerFlagBits,
      ...(isPersistent && { persistence: { timeout, mask: netmaskToModel(netmask, family) } }),
      ...(engine !== undefined && { engine }),
      onePacket: (flags & onePacketBit) !== 0,
    },
  };
}

function keyToModel({ protocol, address, port, mark }: ServiceAttributes, family: Family): ServiceKey | undefined {
  if (mark !== undefined) return { kind: 'mark', family, mark };
  if (protocol === undefined || address === undefined || port === undefined) return undefined;
  return {
    kind: 'endpoint',
    protocol: protocolFromNumber(protocol),
    address: addressIn(address, family),
    port,
  };
}

function netmaskToAttribute(netmask: Netmask, family: Family): MaskOrPrefix {
  if (family === 'ip6') return { prefix: Number(netmask) };
  return { mask: netmask as string as Address };
}

/** No bit of it. */
const noMask = addressFromBytes(new Uint8Array(), 'ip');

function netmaskToModel(netmask: MaskOrPrefix | undefined, family: Family): Netmask {
  if (netmask === undefined) return hostMask(family);
  const { mask, prefix = 0 } = netmask;
  const spelled = family === 'ip6' ? String(prefix) : addressIn(mask ?? noMask, 'ip');
  return parseNetmask(spelled, family) ?? hostMask(family);
}
