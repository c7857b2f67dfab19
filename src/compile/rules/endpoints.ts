/** Owns the reading of addresses in rules: what can be looked up, and what is read otherwise than it looks. */

import type { Word } from '../../../grammar/ast/rules.ts';
import { didYouMean } from '../../../grammar/text/did-you-mean.ts';
import { type Address, familyOf, parseIpv4, parseIpv6 } from '../../../grammar/value/address.ts';
import { type Endpoint, splitEndpoint } from '../../../grammar/value/endpoint.ts';
import { parseInetAton } from '../../../grammar/value/inet-aton.ts';
import { portNames, portOfName } from '../../../grammar/value/port-names.ts';
import type { Protocol } from '../../../grammar/value/protocol.ts';
import type { LineContext } from './context.ts';
import { problem } from './problems.ts';

/** An address and the port that counts; absent if none does. */
export interface ResolvedEndpoint {
  readonly address: Address;
  readonly port?: number;
}

/** `192.0.2.1:80`, `[2001:db8::1]:80`: the spelling that always means what it says. */
export function endpointText(address: Address, port: number | string): string {
  return familyOf(address) === 'ip6' ? `[${address}]:${port}` : `${address}:${port}`;
}

/* What may be a host name: glibc asks nobody about a name of digits and dots alone. */
const hostName = /^(?=.{1,253}$)(?=.*[A-Za-z_-])[A-Za-z0-9_](?:[A-Za-z0-9_.-]*)$/;

/** What was probably meant by a text that is no endpoint. */
function adviceFor(text: string): string | undefined {
  const bare = text.replace(/^[a-z]+:\/\//i, '').replace(/\/\d*(?=$|:)/, '');
  const bracketed = /^\[(.*?)\](?::?(\d*))$/.exec(bare);
  const ipv6 = parseIpv6(bracketed?.[1]?.replace(/%.*/, '') ?? bare.replace(/%.*/, ''));
  if (ipv6 !== undefined) return `write ${endpointText(ipv6, bracketed?.[2] || 'PORT')}`;
  if (/^\d{1,5}$/.test(text)) return `write the address in front: ADDRESS:${text}`;
  const endpoint = bare === text ? undefined : splitEndpoint(bare);
  if (endpoint === undefined || !('address' in endpoint.host)) return undefined;
  return `write ${endpoint.port === undefined ? endpointText(endpoint.host.address, 'PORT') : bare}`;
}

function invalid(word: Word, context: LineContext): undefined {
  const suggestion = adviceFor(word.text);
  const details = { span: word.span, ...(suggestion === undefined ? {} : { suggestion }) };
  context.report(problem('invalid-address', { text: word.text }, details));
}

/** Asks for the address of a name. */
function resolveName(name: string, word: Word, context: LineContext): Address | undefined {
  context.neededNames.add(name);
  const { span } = word;
  const address = context.names.host(name);
  if (address === undefined || familyOf(address) === 'ip6') {
    const code = context.names.unasked === true ? 'name-at-boot' : 'unresolved-name';
    context.report(problem(code, { text: name }, { span, suggestion: 'write the address' }));
    return undefined;
  }
  if (context.names.pretended === true) {
    context.report(problem('name-not-resolved', { text: name }, { span, suggestion: 'write the address' }));
    return address;
  }
  const suggestion = `write ${word.text.replace(name, address)}`;
  context.report(problem('resolved-name', { text: name, address }, { span, suggestion }));
  return address;
}

/** Warns if an IPv4 address is not spelt as four decimal numbers. */
function warnOfSpelling(written: string, address: Address, word: Word, context: LineContext): void {
  if (parseIpv4(written) !== undefined) return;
  const suggestion = `write ${word.text.replace(written, address)}`;
  context.report(problem('unusual-address', { text: written, address }, { span: word.span, suggestion }));
}

function resolveHost({ host }: Endpoint, word: Word, context: LineContext): Address | undefined {
  if ('name' in host) return hostName.test(host.name) ? resolveName(host.name, word, context) : invalid(word, context);
  const { address } = host;
  if (!word.text.startsWith(address) && familyOf(address) === 'ip') {
    const [written = ''] = word.text.replace(/^\[/, '').split(/[\]:]/, 1);
    warnOfSpelling(written, address, word, context);
  }
  return address;
}

/** The number of a port that was written as a word. */
function resolvePort(
  name: string,
  protocol: Protocol | undefined,
  word: Word,
  context: LineContext,
): number | undefined {
  const { span } = word;
  if (protocol === undefined) {
    const suggestion = 'write the service first';
    context.report(problem('port-name-before-service', { text: name }, { span, suggestion }));
    return undefined;
  }
  const port = portOfName(name, protocol);
  if (port !== undefined) return port;
  const elsewhere = portOfName(name, protocol === 'tcp' ? 'udp' : 'tcp');
  const meant = elsewhere === undefined ? didYouMean(name, portNames(protocol)) : { suggestion: `write ${elsewhere}` };
  context.report(problem('unknown-port-name', { text: name, protocol }, { span, ...meant }));
  return undefined;
}

/** Whether it is worth looking up the names in an endpoint: nobody knows a port called `//192.0.2.1`. */
function isPlausible({ port }: Endpoint): boolean {
  return port === undefined || 'number' in port || /^[\w.+-]+$/.test(port.name);
}

/** Reads the value of `-t`, `-u`, `--sctp-service` or `-r`; without a protocol a port must be a number. */
export function readEndpoint(
  word: Word,
  protocol: Protocol | undefined,
  context: LineContext,
): ResolvedEndpoint | undefined {
  const endpoint = splitEndpoint(word.text);
  if (endpoint === undefined || !isPlausible(endpoint)) return invalid(word, context);
  const address = resolveHost(endpoint, word, context);
  if (address === undefined) return undefined;
  const { port, forgottenPort } = endpoint;
  if (forgottenPort !== undefined && port === undefined) {
    const suggestion = `write ${endpointText(address, forgottenPort)}`;
    context.report(problem('lost-port', { text: forgottenPort }, { span: word.span, suggestion }));
  }
  if (port === undefined) return { address };
  const number = 'number' in port ? port.number : resolvePort(port.name, protocol, word, context);
  return number === undefined ? undefined : { address, port: number };
}

/** Reads an IPv4 `-M`: an address in any spelling, or even a name. `reject` reports what is neither. */
export function readMaskAddress(word: Word, context: LineContext, reject: () => void): Address | undefined {
  const address = parseInetAton(word.text);
  if (address === undefined) {
    if (hostName.test(word.text)) return resolveName(word.text, word, context);
    reject();
  } else if (!/^\d+$/.test(word.text)) warnOfSpelling(word.text, address, word, context);
  return address;
}
