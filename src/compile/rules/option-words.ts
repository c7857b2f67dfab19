/** Owns the options that say a key or a setting: the way back from the model to words. */

import { hostMask } from '../../../grammar/value/netmask.ts';
import { flagWords } from '../../../grammar/value/scheduler-flags.ts';
import type { OptionName } from '../../../grammar/vocabulary/options.ts';
import type { DaemonSettings } from '../../model/daemon.ts';
import type { DestinationKey, DestinationSettings, Forwarding, TunnelChecksum } from '../../model/destination.ts';
import { type ServiceKey, type ServiceSettings, serviceFamily } from '../../model/service.ts';
import { endpointText } from './endpoints.ts';

/** An option and its value, if it has one. */
export type OptionWords = readonly [option: OptionName, value?: string];

const serviceOptions = { tcp: 'tcp-service', udp: 'udp-service', sctp: 'sctp-service' } as const;

/** The options that name a service; undefined if ipvsadm has none for its protocol. */
export function serviceKeyWords(key: ServiceKey): readonly OptionWords[] | undefined {
  if (key.kind === 'mark') {
    const mark: OptionWords = ['fwmark-service', String(key.mark)];
    return key.family === 'ip6' ? [mark, ['ipv6']] : [mark];
  }
  const { protocol, address, port } = key;
  if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') return undefined;
  return [[serviceOptions[protocol], endpointText(address, port)]];
}

/** The settings of a service. The scheduler is always named, the mask where it is not the default. */
export function serviceWords(
  { scheduler, persistence, engine, onePacket, flags }: ServiceSettings,
  key: ServiceKey,
): readonly OptionWords[] {
  const words: OptionWords[] = [['scheduler', scheduler]];
  if (persistence !== undefined) {
    words.push(['persistent', String(persistence.timeout)]);
    if (persistence.mask !== hostMask(serviceFamily(key))) words.push(['netmask', persistence.mask]);
  }
  if (engine !== undefined) words.push(['pe', engine]);
  if (onePacket) words.push(['ops']);
  if (flags !== 0) words.push(['sched-flags', flagWords(flags, scheduler).join(',')]);
  return words;
}

/** The option that names a real server. */
export function destinationKeyWords({ address, port }: DestinationKey): OptionWords {
  return ['real-server', endpointText(address, port)];
}

const checksumOptions: Readonly<Record<TunnelChecksum, OptionName>> = {
  none: 'tun-nocsum',
  plain: 'tun-csum',
  remote: 'tun-remcsum',
};

function forwardingWords(forwarding: Forwarding): readonly OptionWords[] | undefined {
  if (forwarding.method === 'masquerade') return [['masquerading']];
  if (forwarding.method === 'direct') return [['gatewaying']];
  if (forwarding.method !== 'tunnel') return undefined;
  const { tunnel } = forwarding;
  const type: readonly OptionWords[] = [['ipip'], ['tun-type', tunnel.type]];
  if (tunnel.type === 'ipip') return type;
  if (tunnel.type === 'gre') return [...type, [checksumOptions[tunnel.checksum]]];
  if (tunnel.type !== 'gue') return undefined;
  return [...type, ['tun-port', String(tunnel.port)], [checksumOptions[tunnel.checksum]]];
}

/** The settings of a real server; undefined if ipvsadm has no options for its forwarding. */
export function destinationWords(settings: DestinationSettings): readonly OptionWords[] | undefined {
  const { forwarding, weight, upperThreshold, lowerThreshold } = settings;
  const method = forwardingWords(forwarding);
  if (method === undefined) return undefined;
  const words: OptionWords[] = [...method, ['weight', String(weight)]];
  if (upperThreshold !== 0) words.push(['u-threshold', String(upperThreshold)]);
  if (lowerThreshold !== 0) words.push(['l-threshold', String(lowerThreshold)]);
  return words;
}

/** The settings of a synchronisation daemon, as far as they are spoken of. */
export function daemonWords({
  interface: name,
  syncId,
  group,
  port,
  ttl,
  maxLength,
}: DaemonSettings): readonly OptionWords[] {
  const words: OptionWords[] = [
    ['mcast-interface', name],
    ['syncid', String(syncId)],
  ];
  if (group !== undefined) words.push(['mcast-group', group]);
  if (port !== undefined) words.push(['mcast-port', String(port)]);
  if (ttl !== undefined) words.push(['mcast-ttl', String(ttl)]);
  if (maxLength !== undefined) words.push(['sync-maxlen', String(maxLength)]);
  return words;
}
