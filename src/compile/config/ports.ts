/** Owns ports: numbers, ranges, and names, whose number depends on the protocol. */

import type { Value } from '../../../grammar/ast/config.ts';
import { ports } from '../../../grammar/value/limits.ts';
import { within } from '../../../grammar/value/limits.ts';
import { portNames, portOfName } from '../../../grammar/value/port-names.ts';
import type { Protocol } from '../../../grammar/value/protocol.ts';
import { problem } from './problems.ts';
import type { Port } from './resolved.ts';
import { type Resolution, detailsOf, numberOf, readOne, wordOf } from './values.ts';
import type { Atom } from './variables.ts';

const looksLikeName = /^[A-Za-z][A-Za-z0-9-]*$/;
const looksLikeRange = /^(\d{1,5})-(\d{1,5})$/;

/** The protocols that name ports. */
const protocols = ['tcp', 'udp', 'sctp'] as const;

function unknownName(name: string, known: readonly Protocol[], atom: Atom, { report, suggest }: Resolution): undefined {
  const advice = suggest(name, known.flatMap(portNames));
  report(problem('unknown-port', { name, protocols: known }, { ...detailsOf(atom), ...advice }));
}

/** The port of a backend: its name must be one in some protocol. */
export function readPort(value: Value, resolution: Resolution): Port | undefined {
  const atom = readOne(value, 'a port', resolution);
  if (atom === undefined) return undefined;
  const name = wordOf(atom) ?? '';
  if (!looksLikeName.test(name)) return numberOf(atom, ports, resolution);
  const known = protocols.some((protocol) => portOfName(name, protocol) !== undefined);
  return known ? { name } : unknownName(name, protocols, atom, resolution);
}

/** The number of a port in a protocol. For a mark, which has none, the first protocol that knows the name counts. */
export function portNumber(port: Port, protocol: Protocol | undefined): number | undefined {
  if (typeof port === 'number') return port;
  for (const candidate of protocol === undefined ? protocols : [protocol]) {
    const number = portOfName(port.name, candidate);
    if (number !== undefined) return number;
  }
  return undefined;
}

/** The ports that one value of a listener stands for. */
export function portsIn(atom: Atom, protocol: Protocol, resolution: Resolution): readonly number[] | undefined {
  const word = wordOf(atom) ?? '';
  if (looksLikeName.test(word)) {
    const port = portOfName(word, protocol);
    return port === undefined ? unknownName(word, [protocol], atom, resolution) : [port];
  }
  const [, from, to] = looksLikeRange.exec(word) ?? [];
  if (from === undefined) {
    const port = numberOf(atom, ports, resolution);
    return port === undefined ? undefined : [port];
  }
  const [first, last] = [Number(from), Number(to)];
  if (within(last, { from: first, to: ports.to }))
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  resolution.report(problem('bad-port-range', { text: word }, detailsOf(atom)));
  return undefined;
}
