/** Owns what a command line has said so far, and what each option adds to it, from left to right. */

import { type Address, familyOf, parseIpv4, parseIpv6 } from '../../../grammar/value/address.ts';
import { parseDecimal } from '../../../grammar/value/decimal.ts';
import type { Family } from '../../../grammar/value/family.ts';
import {
  type Range,
  engineNameLength,
  interfaceNameLength,
  marks,
  multicastPorts,
  multicastTtls,
  persistenceSeconds,
  schedulerNameLength,
  syncIds,
  syncMessageBytes,
  thresholds,
  tunnelPorts,
  weights,
} from '../../../grammar/value/limits.ts';
import { type Netmask, hostMask } from '../../../grammar/value/netmask.ts';
import type { Protocol } from '../../../grammar/value/protocol.ts';
import type { OptionName, Slot } from '../../../grammar/vocabulary/options.ts';
import { type TunnelType, tunnelTypes } from '../../../grammar/vocabulary/tunnels.ts';
import type { DaemonSettings } from '../../model/daemon.ts';
import type { TunnelChecksum } from '../../model/destination.ts';
import { isMulticast } from '../../simulate/environment.ts';
import { cut } from './byte-cut.ts';
import { type Lookups, resolveEndpoint, resolveIpv4Mask } from './lookups.ts';

/**
 * The settings of a command line under evaluation, with ipvsadm's defaults. Later options see what earlier ones have
 * set: that is why `-r` before `-t` has no port, and `-M` before an IPv6 service is lost (ipvsadm reference, 1.7).
 */
export interface Draft {
  readonly given: Set<Slot>;
  family: Family;
  protocol?: Protocol;
  address: Address;
  port: number;
  mark?: number;
  mask: Netmask;
  /** Empty is the default scheduler. */
  scheduler: string;
  flagWords: string;
  persistence?: number;
  engine: string;
  server?: { readonly address: Address; port: number };
  method: 'masquerade' | 'direct' | 'tunnel';
  weight: number;
  upperThreshold: number;
  lowerThreshold: number;
  tunnelType: TunnelType;
  tunnelPort: number;
  tunnelChecksum: TunnelChecksum;
  daemon: { -readonly [Field in keyof DaemonSettings]: DaemonSettings[Field] };
}

/** What an empty command line says. */
export function emptyDraft(): Draft {
  return {
    given: new Set(),
    family: 'ip',
    address: '0.0.0.0' as Address,
    port: 0,
    mask: hostMask('ip'),
    scheduler: '',
    flagWords: '',
    engine: '',
    method: 'direct',
    weight: 1,
    upperThreshold: 0,
    lowerThreshold: 0,
    tunnelType: 'ipip',
    tunnelPort: 0,
    tunnelChecksum: 'none',
    daemon: { interface: 'eth0', syncId: 0 },
  };
}

/** Sets what an option means. The answer is ipvsadm's complaint about the value, if it has one. */
type Effect = (draft: Draft, value: string, lookups: Lookups) => string | undefined | Promise<string | undefined>;

function service(protocol: Protocol): Effect {
  return async (draft, value, lookups) => {
    draft.protocol = protocol;
    const endpoint = await resolveEndpoint(value, protocol, lookups);
    if (endpoint === undefined) return 'illegal virtual server address[:port] specified';
    const { address, port = 0 } = endpoint;
    Object.assign(draft, { address, port });
    if (familyOf(address) === 'ip6') useIpv6(draft);
    return undefined;
  };
}

/** An IPv6 service has its own default mask: one that was written before is lost. */
function useIpv6(draft: Draft): void {
  draft.family = 'ip6';
  draft.mask = hostMask('ip6');
}

function number(range: Range, complaint: string, set: (draft: Draft, value: number) => void): Effect {
  return (draft, value) => {
    const parsed = parseDecimal(value, range);
    if (parsed === undefined) return complaint;
    set(draft, parsed);
    return undefined;
  };
}

function word(set: (draft: Draft, value: string) => void): Effect {
  return (draft, value) => {
    set(draft, value);
    return undefined;
  };
}

/** The largest and the smallest of C's long. */
const long = { from: -(2n ** 63n), to: 2n ** 63n - 1n };

/** C's atoi(): the number that the text begins with, whatever follows; one too large for an int loses its upper bits. */
function leadingInteger(text: string): number {
  const digits = /^[ \t\n\v\f\r]*\+?(-?\d+)/.exec(text)?.[1] ?? '0';
  const number = BigInt(digits);
  const kept = number < long.from ? long.from : number > long.to ? long.to : number;
  return Number(BigInt.asIntN(32, kept));
}

const netmask: Effect = async (draft, value, lookups) => {
  if (draft.family === 'ip6') {
    const prefix = leadingInteger(value);
    if (prefix < 1 || prefix > 128) return 'illegal ipv6 netmask specified';
    draft.mask = String(prefix) as Netmask;
    return undefined;
  }
  const mask = await resolveIpv4Mask(value, lookups);
  if (mask === undefined) return 'illegal virtual server persistent mask specified';
  draft.mask = mask as string as Netmask;
  return undefined;
};

const realServer: Effect = async (draft, value, lookups) => {
  const endpoint = await resolveEndpoint(value, draft.protocol, lookups);
  if (endpoint === undefined) return 'illegal real server address[:port] specified';
  draft.server = { address: endpoint.address, port: endpoint.port ?? draft.port };
  return undefined;
};

const persistent: Effect = (draft, value) => {
  const seconds = parseDecimal(value, persistenceSeconds);
  if (seconds === undefined) return `invalid timeout value \`${value}' specified`;
  draft.persistence = seconds;
  return undefined;
};

const multicastGroup: Effect = (draft, value) => {
  const [version, address] = value.includes(':') ? ['IPv6', parseIpv6(value)] : ['IPv4', parseIpv4(value)];
  if (address === undefined || !isMulticast(address)) return `invalid ${version} mcast-group \`${value}'`;
  draft.daemon.group = address;
  return undefined;
};

/** Options without an effect here are only known to have been given. */
export const effects: Readonly<Partial<Record<OptionName, Effect>>> = {
  'tcp-service': service('tcp'),
  'udp-service': service('udp'),
  'sctp-service': service('sctp'),
  'fwmark-service': (draft, value) => {
    const mark = parseDecimal(value, marks);
    if (mark === undefined) return `invalid fwmark value \`${value}' specified`;
    draft.mark = mark;
    // Behind it, ports of real servers are looked up as those of TCP.
    draft.protocol = 'tcp';
    return undefined;
  },
  ipv6: (draft) => {
    // The line feed makes an empty line behind the message.
    if (draft.mark === undefined) return '-6 used before -f\n';
    useIpv6(draft);
    return undefined;
  },
  scheduler: word((draft, value) => (draft.scheduler = cut(value, schedulerNameLength))),
  'sched-flags': word((draft, value) => (draft.flagWords = value)),
  persistent,
  netmask,
  pe: word((draft, value) => (draft.engine = cut(value, engineNameLength))),
  'real-server': realServer,
  gatewaying: word((draft) => (draft.method = 'direct')),
  ipip: word((draft) => (draft.method = 'tunnel')),
  masquerading: word((draft) => (draft.method = 'masquerade')),
  weight: number(weights, 'illegal weight specified', (draft, value) => (draft.weight = value)),
  'u-threshold': number(thresholds, 'illegal u_threshold specified', (draft, value) => (draft.upperThreshold = value)),
  'l-threshold': number(thresholds, 'illegal l_threshold specified', (draft, value) => (draft.lowerThreshold = value)),
  'tun-type': (draft, value) => {
    const type = tunnelTypes.find((known) => known === value);
    if (type === undefined) return 'illegal tunnel type specified';
    draft.tunnelType = type;
    return undefined;
  },
  'tun-port': number(tunnelPorts, 'illegal tunnel port specified', (draft, value) => (draft.tunnelPort = value)),
  'tun-nocsum': word((draft) => (draft.tunnelChecksum = 'none')),
  'tun-csum': word((draft) => (draft.tunnelChecksum = 'plain')),
  'tun-remcsum': word((draft) => (draft.tunnelChecksum = 'remote')),
  'mcast-interface': word((draft, value) => (draft.daemon.interface = cut(value, interfaceNameLength) || 'eth0')),
  syncid: number(syncIds, 'illegal syncid specified', (draft, value) => (draft.daemon.syncId = value)),
  'mcast-group': multicastGroup,
  'mcast-port': number(multicastPorts, 'illegal mcast-port specified', (draft, value) => (draft.daemon.port = value)),
  'mcast-ttl': number(multicastTtls, 'illegal mcast-ttl specified', (draft, value) => (draft.daemon.ttl = value)),
  'sync-maxlen': number(
    syncMessageBytes,
    'illegal sync-maxlen specified',
    (draft, value) => (draft.daemon.maxLength = value),
  ),
};
