/** Owns listeners: addresses times ports, and marks times families. */

import type { Listener as ListenerNode, MarkListener } from '../../../grammar/ast/config.ts';
import type { Family } from '../../../grammar/value/family.ts';
import { marks } from '../../../grammar/value/limits.ts';
import { portsIn } from './ports.ts';
import { problem } from './problems.ts';
import type { Listener } from './resolved.ts';
import { type Resolution, addressesIn, mismatch, numberOf, readEach, wordOf } from './values.ts';
import type { Atom } from './variables.ts';

/** Listeners of one line. */
const most = 65_536;

/** The listeners of `tcp ADDRESSES port PORTS`; undefined if not all could be read. */
export function readListener(
  { protocol, ...node }: ListenerNode,
  resolution: Resolution,
): readonly Listener[] | undefined {
  const place = (atom: Atom) =>
    addressesIn(atom, resolution)?.map((address) => ({ address, span: atom.span, defined: atom.defined }));
  const places = readEach(node.addresses, place, resolution);
  const port = (atom: Atom) => portsIn(atom, protocol, resolution)?.map((number) => ({ number, portSpan: atom.span }));
  const ports = readEach(node.ports, port, resolution);
  if (places === undefined || ports === undefined) return undefined;
  const count = places.length * ports.length;
  if (count > most) {
    resolution.report(problem('too-many-listeners', { count, most }, { span: node.span }));
    return undefined;
  }
  if (!resolution.budget.spend(count, node.span)) return undefined;
  return places.flatMap(({ address, span, defined }) =>
    ports.map(({ number, portSpan }): Listener => ({
      key: { kind: 'endpoint', protocol, address, port: number },
      span,
      portSpan,
      defined,
    })),
  );
}

/** The listeners of `mark MARKS FAMILIES`; undefined if not all could be read. */
export function readMarks(
  { marks: value, families, span }: MarkListener,
  resolution: Resolution,
): readonly Listener[] | undefined {
  const familyOf = (atom: Atom): readonly Family[] | undefined => {
    const word = wordOf(atom);
    return word === 'ip' || word === 'ip6' ? [word] : mismatch(atom, "'ip' or 'ip6'", resolution);
  };
  const markOf = (atom: Atom): readonly number[] | undefined => {
    const mark = numberOf(atom, marks, resolution);
    return mark === undefined ? undefined : [mark];
  };
  const listed = families === undefined ? (['ip'] as const) : readEach(families, familyOf, resolution);
  const numbers = readEach(value, markOf, resolution);
  return (
    listed &&
    numbers?.flatMap((mark) => listed.map((family): Listener => ({ key: { kind: 'mark', family, mark }, span })))
  );
}
