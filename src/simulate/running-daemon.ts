/** Owns what a daemon runs with where its start left something open (start_sync_thread() in ip_vs_sync.c). */

import { type Address, familyOf } from '../../grammar/value/address.ts';
import type { DaemonRole, DaemonSettings } from '../model/daemon.ts';

/** IP_VS_SYNC_GROUP. */
const defaultGroup = '224.0.0.81' as Address;

/** IP_VS_SYNC_PORT. */
const defaultPort = 8848;

/** Bytes of the IPv4 or IPv6 header and the UDP header in front of a synchronisation message. */
const headerBytes = { ip: 28, ip6: 48 } as const;

/**
 * The settings that a dump shows of a daemon that was started with these, on an interface with an MTU of `mtu` bytes.
 * A master's messages always fit into Ethernet's 1500 bytes; a backup takes what its interface can.
 */
export function runningDaemon(role: DaemonRole, settings: DaemonSettings, mtu: number): Required<DaemonSettings> {
  const group = settings.group ?? defaultGroup;
  const header = headerBytes[familyOf(group)];
  const usual = role === 'master' ? 1500 : Math.min(Math.max(mtu, 1500), 65_535);
  const least = role === 'master' ? 1 : 1024;
  return {
    interface: settings.interface,
    syncId: settings.syncId,
    group,
    port: settings.port || defaultPort,
    ttl: settings.ttl || 1,
    maxLength: settings.maxLength ? Math.min(Math.max(settings.maxLength, least), 65_535 - header) : usual - header,
  };
}
