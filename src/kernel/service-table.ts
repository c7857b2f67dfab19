/**
 * Owns the reading of /proc/net/ip_vs: the destinations of all services in a few reads, where netlink takes a dump for
 * each service. It does not tell thresholds, tunnels and persistence templates (kernel reference, 6.2).
 */

import { readFileSync } from 'node:fs';
import { type Address, ipv4FromNumber, parseIpv6 } from '../../grammar/value/address.ts';
import type { LiveDestination } from '../model/activity.ts';
import type { DestinationKey, Forwarding } from '../model/destination.ts';
import { type ServiceKey, serviceId } from '../model/service.ts';
import type { ServiceReply } from '../wire/reply.ts';

/** Its path; a network namespace sees its own table. */
const serviceTablePath = '/proc/net/ip_vs';

/** Lines of titles. */
const titleLines = 3;

/** The forwarding methods that nothing more is to be known about, as the file writes them. */
const methods: readonly (readonly [word: string, forwarding: Forwarding])[] = [
  ['Masq', { method: 'masquerade' }],
  ['Route', { method: 'direct' }],
  ['Local', { method: 'local' }],
];

/** How the file names a service: without the family of a mark. */
function nameOf(key: ServiceKey): string {
  return key.kind === 'mark' ? `mark ${key.mark}` : serviceId(key);
}

const [tab, newline, blank, zero, nine, upperA, lowerA] = [0x09, 0x0a, 0x20, 0x30, 0x39, 0x41, 0x61];

/** The value of a hexadecimal digit, or what is none. */
function digitOf(code: number): number {
  if (code >= zero && code <= nine) return code - zero;
  const letter = code >= lowerA ? code - lowerA : code - upperA;
  return letter >= 0 && letter < 6 ? letter + 10 : Number.NaN;
}

/** Reads the file from left to right. By hand: it has as many lines as there are destinations. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  skipLine(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end === -1 ? this.#text.length : end + 1;
  }

  /** Whether `word` stands here; it is passed then. */
  take(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  /** A hexadecimal number of so many digits; NaN if it is none. */
  hexadecimal(digits: number): number {
    let value = 0;
    for (const end = this.#at + digits; this.#at < end; this.#at++) {
      value = 16 * value + digitOf(this.#text.charCodeAt(this.#at));
    }
    return value;
  }

  /** A decimal number behind blanks; NaN if there is none. */
  decimal(): number {
    this.skipBlanks();
    const start = this.#at;
    let value = 0;
    for (let code = this.#code(); code >= zero && code <= nine; code = this.#code()) {
      value = 10 * value + code - zero;
      this.#at++;
    }
    return this.#at === start ? Number.NaN : value;
  }

  /** An address and a port; undefined if they are none. */
  endpoint(): DestinationKey | undefined {
    const address = this.take('[') ? this.#ipv6() : this.#ipv4();
    if (address === undefined || !this.take(':')) return undefined;
    const port = this.hexadecimal(4);
    return Number.isNaN(port) ? undefined : { address, port };
  }

  /** Passes blanks; whether a line ends behind them, which is passed as well then. */
  endLine(): boolean {
    this.skipBlanks();
    return this.atEnd || this.take('\n');
  }

  skipBlanks(): void {
    while (this.#code() === blank || this.#code() === tab) this.#at++;
  }

  #code(): number {
    return this.#text.charCodeAt(this.#at);
  }

  #ipv4(): Address | undefined {
    const number = this.hexadecimal(8);
    return Number.isNaN(number) ? undefined : ipv4FromNumber(number);
  }

  #ipv6(): Address | undefined {
    const end = this.#text.indexOf(']', this.#at);
    const line = this.#text.indexOf(String.fromCharCode(newline), this.#at);
    if (end === -1 || (line !== -1 && line < end)) return undefined;
    const address = parseIpv6(this.#text.slice(this.#at, end));
    this.#at = end + 1;
    return address;
  }
}

const protocols = { TCP: 'tcp', UDP: 'udp', SCTP: 'sctp' } as const;
const protocolWords = ['TCP', 'UDP', 'SCTP'] as const;

/** The name of the service whose line this is; the rest of it is passed. */
function readServiceName(reader: Reader): string | undefined {
  if (reader.take('FWM  ')) {
    const mark = reader.hexadecimal(8);
    reader.skipLine();
    return Number.isNaN(mark) ? undefined : `mark ${mark}`;
  }
  const protocol = protocolWords.find((word) => reader.take(word));
  reader.skipBlanks();
  const endpoint = protocol && reader.endpoint();
  reader.skipLine();
  return endpoint && nameOf({ kind: 'endpoint', protocol: protocols[protocol], ...endpoint });
}

function readForwarding(reader: Reader): Forwarding | undefined {
  reader.skipBlanks();
  return methods.find(([word]) => reader.take(word))?.[1];
}

/** The destination behind `->`; undefined if the line has another form, or leaves something open. */
function readDestination(reader: Reader): LiveDestination | undefined {
  const key = reader.endpoint();
  const forwarding = key && readForwarding(reader);
  const [weight, active, inactive] = [reader.decimal(), reader.decimal(), reader.decimal()];
  if (key === undefined || forwarding === undefined || !reader.endLine()) return undefined;
  // One that is not a number makes the sum none.
  if (Number.isNaN(weight + active + inactive)) return undefined;
  const settings = { forwarding, weight, upperThreshold: 0, lowerThreshold: 0 };
  return { destination: { key, settings }, activity: { active, inactive, persistent: 0 } };
}

/** The destinations of the service whose line was passed. */
function readDestinations(reader: Reader): readonly LiveDestination[] | undefined {
  const destinations: LiveDestination[] = [];
  while (reader.take('  -> ')) {
    const destination = readDestination(reader);
    if (destination === undefined) return undefined;
    destinations.push(destination);
  }
  return destinations;
}

/**
 * The destinations of each of `services`, the newest first, as netlink would tell them but for what the file leaves out.
 * Undefined where that is not to be had: a tunnel, two marks that are one number, other services than these, no file.
 */
export function destinationsIn(
  text: string,
  services: readonly ServiceReply[],
): readonly (readonly LiveDestination[])[] | undefined {
  const reader = new Reader(text);
  for (let line = 0; line < titleLines; line++) reader.skipLine();
  const lists: (readonly LiveDestination[])[] = [];
  const marks = new Set<number>();
  // The kernel goes through its table in the same way for the file and for netlink.
  for (const { key } of services) {
    if (readServiceName(reader) !== nameOf(key)) return undefined;
    if (key.kind === 'mark' && marks.size === marks.add(key.mark).size) return undefined;
    const destinations = readDestinations(reader);
    if (destinations === undefined) return undefined;
    lists.push(destinations);
  }
  return reader.atEnd ? lists : undefined;
}

/** Reads the file, which the kernel makes page by page: a thread for each of them would take longer. Empty where there is none. */
export function readServiceTable(path = serviceTablePath): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
