/** Owns what a rule has said so far, and what each of its options adds to that, from left to right. */

import type { OptionUse, Word } from '../../../grammar/ast/rules.ts';
import { didYouMean } from '../../../grammar/text/did-you-mean.ts';
import { type Address, familyOf, parseIpv4, parseIpv6 } from '../../../grammar/value/address.ts';
import { parseDecimal } from '../../../grammar/value/decimal.ts';
import * as limits from '../../../grammar/value/limits.ts';
import type { Netmask } from '../../../grammar/value/netmask.ts';
import type { Protocol } from '../../../grammar/value/protocol.ts';
import { entryByLong } from '../../../grammar/vocabulary/entries.ts';
import type { Option, OptionName, Slot } from '../../../grammar/vocabulary/options.ts';
import { type TunnelType, tunnelTypes } from '../../../grammar/vocabulary/tunnels.ts';
import type { DestinationKey, TunnelChecksum } from '../../model/destination.ts';
import { type ServiceKey, serviceFamily } from '../../model/service.ts';
import { isMulticast } from '../../simulate/environment.ts';
import type { LineContext } from './context.ts';
import { readEndpoint } from './endpoints.ts';
import { readNetmask } from './masks.ts';
import { problem } from './problems.ts';

/** Settings that are plain numbers. */
interface Numbers {
  persistence?: number;
  weight?: number;
  upperThreshold?: number;
  lowerThreshold?: number;
  tunnelPort?: number;
  syncId?: number;
  multicastPort?: number;
  ttl?: number;
  maxLength?: number;
}

/**
 * What the options of one rule have said. Later options see what earlier ones have said: that is why `-r` in front of
 * the service has no port, and `-M` in front of an IPv6 service is lost (ipvsadm reference, 1.7).
 */
export interface Said extends Numbers {
  /** The first use of each slot. */
  readonly given: Map<Slot, OptionUse>;
  service?: ServiceKey;
  mask?: Netmask;
  scheduler?: string;
  /** Judged when the scheduler is known. */
  flags?: Word;
  engine?: string;
  server?: DestinationKey;
  method?: 'masquerade' | 'direct' | 'tunnel';
  tunnelType?: TunnelType;
  checksum?: TunnelChecksum;
  interface?: string;
  group?: Address;
}

/** What an option adds. A value that is no good is reported and adds nothing. */
type Effect = (said: Said, use: OptionUse, value: Word, context: LineContext) => void;

const protocolOf = ({ service }: Said): Protocol | undefined => {
  // The mark of packets says nothing of their protocol; ipvsadm looks port names up as for TCP.
  if (service?.kind === 'mark') return 'tcp';
  return service?.protocol;
};

/** A service of IPv6 resets the mask: whatever was said of it is lost. */
function loseMask(said: Said, context: LineContext): void {
  const written = said.given.get('netmask')?.value;
  if (said.mask === undefined || written === undefined) return;
  delete said.mask;
  const suggestion = 'write -M with a prefix length behind the service';
  context.report(problem('lost-mask', { text: written.text }, { span: written.span, suggestion }));
}

function service(protocol: Protocol): Effect {
  return (said, _use, value, context) => {
    const endpoint = readEndpoint(value, protocol, context);
    if (endpoint === undefined) return;
    const { address, port = 0 } = endpoint;
    said.service = { kind: 'endpoint', protocol, address, port };
    if (familyOf(address) === 'ip6') loseMask(said, context);
  };
}

/** What 32-bit signed printing takes off a mark. */
const twoTo32 = 2 ** 32;

const markService: Effect = (said, _use, { text, span }, context) => {
  const negative = parseDecimal(text, { from: -(2 ** 31), to: -1 });
  const mark = negative === undefined ? parseDecimal(text, limits.marks) : negative + twoTo32;
  if (mark === undefined) return context.report(problem('invalid-mark', { text }, { span }));
  if (negative !== undefined) {
    context.report(problem('negative-mark', { text, mark }, { span, suggestion: `write ${mark}` }));
  }
  said.service = { kind: 'mark', family: 'ip', mark };
};

const ipv6: Effect = (said, { span }, _value, context) => {
  if (said.service?.kind !== 'mark') {
    // A mark that was no good is reported already.
    if (said.given.get('service-address')?.option.long === 'fwmark-service') return;
    const suggestion = said.service === undefined ? 'write -f and its mark first' : 'leave it out';
    return context.report(problem('ipv6-before-mark', undefined, { span, suggestion }));
  }
  said.service = { ...said.service, family: 'ip6' };
  loseMask(said, context);
};

const netmask: Effect = (said, _use, value, context) => {
  const family = said.service === undefined ? 'ip' : serviceFamily(said.service);
  const mask = readNetmask(value, family, context);
  if (mask !== undefined) said.mask = mask;
};

const realServer: Effect = (said, _use, value, context) => {
  // Behind a service that was no good nothing can be said; but all names must be asked for in the first round.
  const isBlind = said.service === undefined && said.given.has('service-address');
  const { names, neededNames } = context;
  const own = isBlind ? { names, neededNames, report: () => undefined } : context;
  const endpoint = readEndpoint(value, protocolOf(said), own);
  if (endpoint === undefined) return;
  const { address, port } = endpoint;
  const copied = said.service?.kind === 'endpoint' ? said.service.port : 0;
  said.server = { address, port: port ?? copied };
};

function number(field: keyof Numbers, range: limits.Range): Effect {
  return (said, { option }, { text, span }, context) => {
    const parsed = parseDecimal(text, range);
    if (parsed === undefined) {
      return context.report(problem('invalid-number', { name: optionText(option), text, range }, { span }));
    }
    said[field] = parsed;
  };
}

/** Names of which the kernel's structures keep the first `length` bytes. */
function name(field: 'scheduler' | 'engine' | 'interface', length: number): Effect {
  return (said, _use, { text, span }, context) => {
    const cut = text.slice(0, length);
    if (cut !== text) context.report(problem('cut-name', { text, name: cut }, { span, suggestion: `write ${cut}` }));
    // An empty name is the default.
    if (cut !== '') said[field] = cut;
  };
}

const tunnelType: Effect = (said, _use, { text, span }, context) => {
  const type = tunnelTypes.find((known) => known === text);
  if (type !== undefined) {
    said.tunnelType = type;
    return;
  }
  const details = { span, ...didYouMean(text, tunnelTypes) };
  context.report(problem('invalid-tunnel-type', { text }, details));
};

const group: Effect = (said, _use, { text, span }, context) => {
  const address = text.includes(':') ? parseIpv6(text) : parseIpv4(text);
  if (address === undefined || !isMulticast(address)) {
    return context.report(problem('invalid-group', { text }, { span }));
  }
  said.group = address;
};

const persistent = number('persistence', limits.persistenceSeconds);

/** Options without an entry are only known to have been given. */
const effects: Readonly<Partial<Record<OptionName, Effect>>> = {
  'tcp-service': service('tcp'),
  'udp-service': service('udp'),
  'sctp-service': service('sctp'),
  'fwmark-service': markService,
  ipv6,
  'real-server': realServer,
  scheduler: name('scheduler', limits.schedulerNameLength),
  'sched-flags': (said, _use, value) => (said.flags = value),
  persistent: (said, use, value, context) => {
    if (use.value === undefined) said.persistence = limits.defaultPersistenceSeconds;
    else persistent(said, use, value, context);
  },
  netmask,
  pe: name('engine', limits.engineNameLength),
  gatewaying: (said) => (said.method = 'direct'),
  ipip: (said) => (said.method = 'tunnel'),
  masquerading: (said) => (said.method = 'masquerade'),
  weight: number('weight', limits.weights),
  'u-threshold': number('upperThreshold', limits.thresholds),
  'l-threshold': number('lowerThreshold', limits.thresholds),
  'tun-type': tunnelType,
  'tun-port': number('tunnelPort', limits.tunnelPorts),
  'tun-nocsum': (said) => (said.checksum = 'none'),
  'tun-csum': (said) => (said.checksum = 'plain'),
  'tun-remcsum': (said) => (said.checksum = 'remote'),
  'mcast-interface': name('interface', limits.interfaceNameLength),
  syncid: number('syncId', limits.syncIds),
  'mcast-group': group,
  'mcast-port': number('multicastPort', limits.multicastPorts),
  'mcast-ttl': number('ttl', limits.multicastTtls),
  'sync-maxlen': number('maxLength', limits.syncMessageBytes),
};

/** How an option is usually written: `-t`, `--tun-type`. */
export function optionText({ short, long }: Option): string {
  return short === undefined ? `--${long}` : `-${short}`;
}

/** How an option that was used is usually written. */
export function writtenAs({ option }: OptionUse): string {
  return optionText(option);
}

/** The long name that was written behind a single dash: `-scheduler` is `-s` with the value `cheduler`. */
function singleDashName({ option, span, value }: OptionUse): string | undefined {
  if (value === undefined || value.span.start !== span.end) return undefined;
  const name = `${option.short}${value.text}`;
  return span.end - span.start === 2 && entryByLong.has(name) ? name : undefined;
}

/** Reads the options of a rule from left to right. */
export function readOptions(options: readonly OptionUse[], context: LineContext): Said {
  const said: Said = { given: new Map() };
  for (const use of options) {
    const { option, span, value } = use;
    const first = option.slot && said.given.get(option.slot);
    if (first) {
      const message = `${writtenAs(first)} is here`;
      const name = option.slot === option.long ? writtenAs(use) : `the ${option.slot?.replace('-', ' ')}`;
      context.report(problem('repeated-option', { name }, { span, related: [{ message, span: first.span }] }));
      continue;
    }
    if (option.slot) said.given.set(option.slot, use);
    const name = singleDashName(use);
    if (name !== undefined && value !== undefined) {
      const parts = { text: `-${name}`, letter: writtenAs(use), value: value.text };
      context.report(
        problem('single-dash', parts, { span: { ...span, end: value.span.end }, suggestion: `write --${name}` }),
      );
      continue;
    }
    effects[option.long]?.(said, use, value ?? { text: '', span }, context);
  }
  return said;
}
