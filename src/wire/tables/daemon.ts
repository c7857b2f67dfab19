/** Owns synchronisation daemons on the wire (IPVS_DAEMON_ATTR_*; kernel reference, 1.6). */

import { type Address, familyOf } from '../../../grammar/value/address.ts';
import type { Daemon, DaemonRole } from '../../model/daemon.ts';
import { attributeTable, type ValueOf } from '../attribute.ts';
import { address, addressIn, text, u16, u32, u8 } from '../attribute-types.ts';

/** The port is in host order, unlike every other one. All after `syncId` is of Linux 4.3. */
export const daemonAttributes = attributeTable({
  state: [1, u32],
  interface: [2, text],
  syncId: [3, u32],
  maxLength: [4, u16],
  group: [5, address],
  group6: [6, address],
  port: [7, u16],
  ttl: [8, u8],
});

/** A daemon as attributes. */
export type DaemonAttributes = ValueOf<typeof daemonAttributes>;

/** IP_VS_STATE_MASTER and IP_VS_STATE_BACKUP. */
const states = { master: 1, backup: 2 } as const;

/** All that stopping a daemon takes. */
export function daemonRoleToAttributes(role: DaemonRole): DaemonAttributes {
  return { state: states[role] };
}

/** What it is started with; what is absent gets the kernel's default. */
export function daemonToAttributes({ role, settings }: Daemon): DaemonAttributes {
  const { group, ...rest } = settings;
  return { ...daemonRoleToAttributes(role), ...rest, ...(group === undefined ? {} : groupToAttributes(group)) };
}

/** The daemon in a reply; undefined if it is neither master nor backup (which no kernel sends). */
export function daemonToModel(attributes: DaemonAttributes): Daemon | undefined {
  const { state, group, group6, interface: name = '', syncId = 0, ...rest } = attributes;
  if (state !== states.master && state !== states.backup) return undefined;
  const { maxLength, port, ttl } = rest;
  return {
    role: state === states.master ? 'master' : 'backup',
    settings: {
      interface: name,
      syncId,
      ...(group === undefined ? {} : { group: addressIn(group, 'ip') }),
      ...(group6 === undefined ? {} : { group: addressIn(group6, 'ip6') }),
      ...(port === undefined ? {} : { port }),
      ...(ttl === undefined ? {} : { ttl }),
      ...(maxLength === undefined ? {} : { maxLength }),
    },
  };
}

function groupToAttributes(group: Address): DaemonAttributes {
  return familyOf(group) === 'ip' ? { group } : { group6: group };
}
