/** Owns how a listing writes a service and what it says about one: `TCP  192.0.2.1:80 wlc persistent 360`. */

import { hostMask } from '../../../grammar/value/netmask.ts';
import { type SchedulerFlags, schedulerFlagWords } from '../../../grammar/value/scheduler-flags.ts';
import type { LiveService } from '../../model/activity.ts';
import { type ServiceKey, serviceFamily } from '../../model/service.ts';
import { type Names, endpointText } from './names.ts';

/** Characters of an IPv4 service in a listing; an IPv6 one may push the columns behind it aside. */
const longestIpv4Service = 33;

/** `TCP  192.0.2.1:80`, `FWM  7 IPv6`; `?` is a protocol that only another program can have added. */
export function serviceName(key: ServiceKey, names: Names): string {
  if (key.kind === 'mark') return `FWM  ${key.mark}${key.family === 'ip6' ? ' IPv6' : ''}`;
  const protocol = key.protocol.startsWith('protocol-') ? '?' : key.protocol.toUpperCase();
  const name = `${protocol.padEnd(4)} ${endpointText(key, key.protocol, names)}`;
  return serviceFamily(key) === 'ip' ? name.slice(0, longestIpv4Service) : name;
}

/**
 * The words of `-b` for a bit set. For sh and mh ipvsadm has no word for the third bit: if that one stands alone the
 * answer is empty (ipvsadm reference, 2.4).
 */
export function schedulerFlagList(flags: SchedulerFlags, scheduler: string): string {
  const own = schedulerFlagWords.filter((flag) => flag.scheduler === scheduler);
  const words = own.length > 0 ? own : schedulerFlagWords.filter((flag) => flag.scheduler === undefined);
  return words
    .filter(({ bit }) => (flags & bit) !== 0)
    .map(({ word }) => word)
    .join(',');
}

/** The persistence of a service in words, each after a blank; the engine is shown only here. */
function persistenceText({ key, settings: { persistence, engine } }: LiveService): string {
  if (persistence === undefined) return '';
  const mask = persistence.mask === hostMask(serviceFamily(key)) ? '' : ` mask ${persistence.mask}`;
  return ` persistent ${persistence.timeout}${mask}${engine === undefined ? '' : ` pe ${engine}`}`;
}

/** The whole line of a service where there are no figures. */
export function serviceDescription(service: LiveService, names: Names): string {
  const { scheduler, flags, onePacket } = service.settings;
  const words = flags === 0 ? '' : ` (${schedulerFlagList(flags, scheduler)})`;
  const ops = onePacket ? ' ops' : '';
  return `${serviceName(service.key, names)} ${scheduler}${words}${persistenceText(service)}${ops}`;
}
