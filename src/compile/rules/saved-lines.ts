/**
 * Owns the quick way between a line and its operation. Nearly every line of a rule file is one that a save wrote, or looks
 * like one: a service or a real server, numbers, one blank between the words. Such a line needs no tree. Every other line,
 * and each one of which there is something to say, is left to the grammar, which reads and writes these alike (a property
 * test).
 */

import type { SourceText } from '../../../grammar/text/source-text.ts';
import { type Address, familyOf, parseIpv6 } from '../../../grammar/value/address.ts';
import * as limits from '../../../grammar/value/limits.ts';
import { hostMask } from '../../../grammar/value/netmask.ts';
import { defaultScheduler, knownSchedulers } from '../../../grammar/value/schedulers.ts';
import type { DestinationKey, DestinationSettings, Forwarding } from '../../model/destination.ts';
import type { Operation } from '../../model/operation.ts';
import { type ServiceKey, type ServiceSettings, serviceFamily } from '../../model/service.ts';
import { endpointText } from './endpoints.ts';

/** The forwarding methods by what says them. */
const forwardings = {
  masquerade: [' -m', { method: 'masquerade' }],
  direct: [' -g', { method: 'direct' }],
  tunnel: [' -i', { method: 'tunnel', tunnel: { type: 'ipip' } }],
} as const satisfies Record<string, readonly [words: string, forwarding: Forwarding]>;

/** What a save says of a plain tunnel, behind its weight. */
const plainTunnel = ' --tun-type ipip';

/** The options that say protocols. */
const protocols = { tcp: '-t ', udp: '-u ', sctp: '--sctp-service ' } as const;
const protocolNames = ['tcp', 'udp', 'sctp'] as const;

const [blank, dot, zero, colon, opening] = [0x20, 0x2e, 0x30, 0x3a, 0x5b];

/** Reads the lines of one file. What it can't read it has no answer for; it never reports anything. */
export class SavedLines {
  readonly #source: SourceText;
  #at = 0;
  #end = 0;
  /** The service of the line before, as it is written and as it is: most lines have the same one. */
  #words = '';
  #service: ServiceKey | undefined;

  constructor(source: SourceText) {
    this.#source = source;
  }

  /** What the line from `start` to `end` asks for. */
  read(start: number, end: number): Operation | undefined {
    this.#at = start;
    this.#end = end;
    const isService = this.#take('-A ');
    if (!isService && !this.#take('-a ')) return undefined;
    const service = this.#readService();
    if (service === undefined) return undefined;
    return isService ? this.#readNewService(service, start) : this.#readNewDestination(service, start);
  }

  #readNewService(service: ServiceKey, start: number): Operation | undefined {
    const scheduler = this.#take(' -s ') ? this.#readScheduler() : defaultScheduler;
    const timeout = this.#readOption(' -p ', limits.persistenceSeconds, 0);
    if (scheduler === undefined || timeout === undefined || this.#at !== this.#end) return undefined;
    const settings = { scheduler, flags: 0, onePacket: false };
    const origin = { source: this.#source, start, end: this.#end };
    if (timeout === 0) {
      // A service without a port must be persistent.
      const lacksPort = service.kind === 'endpoint' && service.port === 0;
      return lacksPort ? undefined : { kind: 'new-service', service, settings, origin };
    }
    const persistence = { timeout, mask: hostMask(serviceFamily(service)) };
    return { kind: 'new-service', service, settings: { ...settings, persistence }, origin };
  }

  #readNewDestination(service: ServiceKey, start: number): Operation | undefined {
    const destination = this.#take(' -r ') ? this.#readEndpoint() : undefined;
    const forwarding = this.#readForwarding();
    const weight = this.#readOption(' -w ', limits.weights, 1);
    if (forwarding.method === 'tunnel') this.#take(plainTunnel);
    const upperThreshold = this.#readOption(' -x ', limits.thresholds, 0);
    const lowerThreshold = this.#readOption(' -y ', limits.thresholds, 0);
    if (destination === undefined || weight === undefined) return undefined;
    if (upperThreshold === undefined || lowerThreshold === undefined || this.#at !== this.#end) return undefined;
    // There is something to say of a port that does not count, and of two families that meet.
    const keepsPort =
      service.kind === 'mark' || service.port === destination.port || forwarding.method === 'masquerade';
    if (!keepsPort || familyOf(destination.address) !== serviceFamily(service)) return undefined;
    const settings = { forwarding, weight, upperThreshold, lowerThreshold };
    const origin = { source: this.#source, start, end: this.#end };
    return { kind: 'new-destination', service, destination, settings, origin };
  }

  /** Whether `words` stand here; they are passed then. */
  #take(words: string): boolean {
    if (!this.#source.text.startsWith(words, this.#at)) return false;
    this.#at += words.length;
    return true;
  }

  /** Whether a word ends here. */
  #atWordEnd(): boolean {
    return this.#at === this.#end || this.#source.text.charCodeAt(this.#at) === blank;
  }

  #readService(): ServiceKey | undefined {
    const start = this.#at;
    if (this.#service !== undefined && this.#take(this.#words)) {
      if (this.#atWordEnd()) return this.#service;
      this.#at = start;
    }
    this.#service = this.#take('-f ') ? this.#readMark() : this.#readServiceEndpoint();
    this.#words = this.#source.text.slice(start, this.#at);
    return this.#service;
  }

  #readMark(): ServiceKey | undefined {
    const mark = this.#readNumber(limits.marks);
    return mark === undefined ? undefined : { kind: 'mark', family: this.#take(' -6') ? 'ip6' : 'ip', mark };
  }

  #readServiceEndpoint(): ServiceKey | undefined {
    for (const protocol of protocolNames) {
      if (!this.#take(protocols[protocol])) continue;
      const endpoint = this.#readEndpoint();
      return endpoint && { kind: 'endpoint', protocol, address: endpoint.address, port: endpoint.port };
    }
    return undefined;
  }

  #readForwarding(): Forwarding {
    for (const [words, forwarding] of Object.values(forwardings)) if (this.#take(words)) return forwarding;
    return forwardings.direct[1];
  }

  #readScheduler(): string | undefined {
    const start = this.#at;
    while (!this.#atWordEnd()) this.#at++;
    const name = this.#source.text.slice(start, this.#at);
    return knownSchedulers.find((known) => known === name);
  }

  /** `192.0.2.1:80` or `[2001:db8::1]:80`. */
  #readEndpoint(): DestinationKey | undefined {
    const { text } = this.#source;
    const isBracketed = text.charCodeAt(this.#at) === opening;
    const address = isBracketed ? this.#readBracketed() : this.#readIpv4();
    if (address === undefined || text.charCodeAt(this.#at) !== colon) return undefined;
    this.#at++;
    const port = this.#readNumber(limits.ports);
    return port === undefined ? undefined : { address, port };
  }

  #readBracketed(): Address | undefined {
    const { text } = this.#source;
    const close = text.indexOf(']', this.#at);
    if (close === -1 || close > this.#end) return undefined;
    const inside = text.slice(this.#at + 1, close);
    this.#at = close + 1;
    return parseIpv6(inside);
  }

  #readIpv4(): Address | undefined {
    const { text } = this.#source;
    const start = this.#at;
    for (let octet = 0; octet < 4; octet++) {
      if (octet > 0 && text.charCodeAt(this.#at++) !== dot) return undefined;
      const first = this.#at;
      const value = this.#readDigits();
      const isShort = this.#at - first === 1 || text.charCodeAt(first) !== zero;
      if (value === undefined || value > 255 || !isShort) return undefined;
    }
    return text.slice(start, this.#at) as Address;
  }

  /** The digits from here, of which there are no more than a number of 32 bits has. */
  #readDigits(): number | undefined {
    const { text } = this.#source;
    const start = this.#at;
    let value = 0;
    for (; this.#at - start <= 10; this.#at++) {
      const digit = text.charCodeAt(this.#at) - zero;
      // Behind the end of the text there is NaN.
      if (!(digit >= 0 && digit <= 9)) return this.#at === start ? undefined : value;
      value = 10 * value + digit;
    }
    return undefined;
  }

  /** The number behind `words`; `absent` if they do not stand here. */
  #readOption(words: string, range: limits.Range, absent: number): number | undefined {
    return this.#take(words) ? this.#readNumber(range) : absent;
  }

  #readNumber({ from, to }: limits.Range): number | undefined {
    const value = this.#readDigits();
    return value !== undefined && value >= from && value <= to && this.#atWordEnd() ? value : undefined;
  }
}

/** The words for the key of a service, if a save has any. */
function serviceText(key: ServiceKey): string | undefined {
  if (key.kind === 'mark') return `-f ${key.mark}${key.family === 'ip6' ? ' -6' : ''}`;
  const { protocol, address, port } = key;
  if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') return undefined;
  return `${protocols[protocol]}${endpointText(address, port)}`;
}

function newServiceText(service: ServiceKey, settings: ServiceSettings): string | undefined {
  const { scheduler, persistence, engine, onePacket, flags } = settings;
  const key = serviceText(service);
  if (key === undefined || engine !== undefined || onePacket || flags !== 0) return undefined;
  if (persistence === undefined) return `-A ${key} -s ${scheduler}`;
  if (persistence.mask !== hostMask(serviceFamily(service))) return undefined;
  return `-A ${key} -s ${scheduler} -p ${persistence.timeout}`;
}

function newDestinationText(
  service: ServiceKey,
  { address, port }: DestinationKey,
  { forwarding, weight, upperThreshold, lowerThreshold }: DestinationSettings,
): string | undefined {
  const key = serviceText(service);
  const method = forwardings[forwarding.method as keyof typeof forwardings]?.[0];
  if (key === undefined || method === undefined) return undefined;
  if (forwarding.method === 'tunnel' && forwarding.tunnel.type !== 'ipip') return undefined;
  const tunnel = forwarding.method === 'tunnel' ? plainTunnel : '';
  const upper = upperThreshold === 0 ? '' : ` -x ${upperThreshold}`;
  const lower = lowerThreshold === 0 ? '' : ` -y ${lowerThreshold}`;
  return `-a ${key} -r ${endpointText(address, port)}${method} -w ${weight}${tunnel}${upper}${lower}`;
}

function textOf(operation: Operation): string | undefined {
  if (operation.kind === 'new-service') return newServiceText(operation.service, operation.settings);
  if (operation.kind !== 'new-destination') return undefined;
  return newDestinationText(operation.service, operation.destination, operation.settings);
}

/**
 * The line that says an operation, if it is a plain one and means the same when it is read again: a kernel takes more
 * than ipvsadm does.
 */
export function savedLine(operation: Operation): string | undefined {
  const text = textOf(operation);
  if (text === undefined) return undefined;
  const again = new SavedLines({ name: 'table', text }).read(0, text.length);
  return again !== undefined && textOf(again) === text ? text : undefined;
}
