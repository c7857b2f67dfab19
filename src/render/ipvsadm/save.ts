/** Owns the lines of `ipvsadm -S`, as ipvsadm 1.31 writes them: without thresholds, timeouts and daemons. */

import { hostMask } from '../../../grammar/value/netmask.ts';
import type { LiveService } from '../../model/activity.ts';
import type { DestinationSettings, Forwarding, Tunnel } from '../../model/destination.ts';
import { type ServiceKey, serviceFamily } from '../../model/service.ts';
import { type Names, endpointText } from './names.ts';
import { type ListingOrder, destinationsInOrder, inOrder } from './order.ts';
import { schedulerFlagList } from './service-name.ts';

const serviceOptions: Readonly<Record<string, string>> = { tcp: '-t', udp: '-u', sctp: '--sctp-service' };

/** `-t 192.0.2.1:80`, `-f 7 -6`. */
function serviceWords(key: ServiceKey, names: Names): string {
  if (key.kind === 'mark') return `-f ${key.mark}${key.family === 'ip6' ? ' -6' : ''}`;
  return `${serviceOptions[key.protocol] ?? '--xxx-service'} ${endpointText(key, key.protocol, names)}`;
}

/** Everything behind `-A SERVICE`. */
function settingWords({ key, settings }: LiveService): string {
  const { scheduler, persistence, engine, onePacket, flags } = settings;
  const words = [`-s ${scheduler}`];
  if (persistence !== undefined) {
    words.push(`-p ${persistence.timeout}`);
    if (persistence.mask !== hostMask(serviceFamily(key))) words.push(`-M ${persistence.mask}`);
  }
  if (engine !== undefined) words.push(`--pe ${engine}`);
  if (onePacket) words.push('-o');
  if (flags !== 0) words.push(`-b ${schedulerFlagList(flags, scheduler)}`);
  return words.join(' ');
}

const methodOptions: Readonly<Record<string, string>> = { masquerade: '-m', direct: '-g', tunnel: '-i' };

/** `(null)` is what the C library prints for a method that ipvsadm has no option for. */
function methodOption({ method }: Forwarding): string {
  return methodOptions[method] ?? '(null)';
}

const checksumOptions = { none: '--tun-nocsum', plain: '--tun-csum', remote: '--tun-remcsum' } as const;

function tunnelWords(tunnel: Tunnel): string {
  if (tunnel.type === 'gue') return ` --tun-type gue --tun-port ${tunnel.port} ${checksumOptions[tunnel.checksum]}`;
  if (tunnel.type === 'gre') return ` --tun-type gre ${checksumOptions[tunnel.checksum]}`;
  return ` --tun-type ${tunnel.type}`;
}

function destinationWords({ forwarding, weight }: DestinationSettings): string {
  const tunnel = forwarding.method === 'tunnel' ? tunnelWords(forwarding.tunnel) : '';
  return `${methodOption(forwarding)} -w ${weight}${tunnel}`;
}

/** One `-A` line a service, its `-a` lines behind it: a text each, so that there is never one of all of them. */
export function renderSave(services: readonly LiveService[], order: ListingOrder, names: Names): readonly string[] {
  return inOrder(services, order).map((service) => {
    const words = serviceWords(service.key, names);
    const protocol = service.key.kind === 'mark' ? undefined : service.key.protocol;
    const lines = destinationsInOrder(service, order).map(({ destination }) => {
      const server = endpointText(destination.key, protocol, names);
      return `-a ${words} -r ${server} ${destinationWords(destination.settings)}\n`;
    });
    return `-A ${words} ${settingWords(service)}\n${lines.join('')}`;
  });
}
