/** Owns what values mean in their places: each reader takes a value, and reports what is not of the type it wants. */

import type { Value } from '../../../grammar/ast/config.ts';
import type { Details } from '../../../grammar/text/diagnostic.ts';
import { nearest } from '../../../grammar/text/nearest.ts';
import { quoted } from '../../../grammar/text/quoted.ts';
import {
  type AddressRange,
  addressesOf,
  adviceOnRange,
  parseAddressRange,
} from '../../../grammar/value/address-range.ts';
import { type Address, parseAddress } from '../../../grammar/value/address.ts';
import { parseDuration } from '../../../grammar/value/duration.ts';
import { splitEndpoint } from '../../../grammar/value/endpoint.ts';
import { type Range, within } from '../../../grammar/value/limits.ts';
import type { Budget } from './budget.ts';
import { type Hosts, isHostName } from './hosts.ts';
import { problem } from './problems.ts';
import type { Report } from './report.ts';
import type { Suggest } from './suggestions.ts';
import type { Atom, Variables } from './variables.ts';

/** What every reader needs. */
export interface Resolution {
  readonly variables: Variables;
  readonly hosts: Hosts;
  readonly report: Report;
  readonly suggest: Suggest;
  readonly budget: Budget;
}

/** Addresses of one range or prefix. */
const largestRange = 65_536n;

const plainNumber = /^(?:0|[1-9]\d*)$/;

/** What a value looks like to a person. */
function described(node: Atom): string {
  if (node.kind === 'text') return `the text ${JSON.stringify(node.text)}`;
  if (node.kind === 'resolve') return `the host name ${quoted(node.host.text)}`;
  const { text } = node;
  if (plainNumber.test(text)) return `the number ${text}`;
  if (parseDuration(text) !== undefined) return `the duration ${text}`;
  if (parseAddress(text) !== undefined) return `the address ${text}`;
  if (parseAddressRange(text) !== undefined) return `the range ${text}`;
  return quoted(text);
}

/** Where an atom is, for a diagnostic about it. */
export function detailsOf({ span, defined }: Atom, suggestion?: string): Details {
  return { span, ...(defined && { related: [defined] }), ...(suggestion !== undefined && { suggestion }) };
}

/** Reports that something else was expected. Always undefined, so that a reader can return it. */
export function mismatch(atom: Atom, expected: string, { report }: Resolution, suggestion?: string): undefined {
  report(problem('wrong-type', { expected, found: described(atom) }, detailsOf(atom, suggestion)));
}

/** The atoms of a value where a set may stand. */
export function readSet(value: Value, { variables, report }: Resolution): readonly Atom[] | undefined {
  const atoms = variables.evaluate(value)?.atoms;
  if (atoms?.length === 0) report(problem('empty-set', undefined, { span: value.span }));
  return atoms;
}

/** What the atoms of a value stand for, all together; undefined if one of them could not be read. */
export function readEach<T>(
  value: Value,
  read: (atom: Atom) => readonly T[] | undefined,
  resolution: Resolution,
): readonly T[] | undefined {
  const parts = readSet(value, resolution)?.map(read);
  return parts?.every((part) => part !== undefined) === true ? parts.flat() : undefined;
}

/** The one atom of a value where no set may stand. */
export function readOne(value: Value, expected: string, { variables, report }: Resolution): Atom | undefined {
  const evaluated = variables.evaluate(value);
  if (evaluated === undefined) return undefined;
  if (!evaluated.isSet) return evaluated.atoms[0];
  const [atom] = value.kind === 'variable' ? evaluated.atoms : [];
  const details = atom === undefined ? { span: value.span } : detailsOf(atom);
  report(problem('wrong-type', { expected, found: 'a set' }, details));
  return undefined;
}

/** The word of an atom, in quotes or not. */
export function wordOf(node: Atom): string | undefined {
  return node.kind === 'resolve' ? undefined : node.text;
}

/** The word of an atom that is not in quotes. */
function bareWord(node: Atom): string | undefined {
  return node.kind === 'word' ? node.text : undefined;
}

/** A whole number. */
export function readNumber(value: Value, range: Range, resolution: Resolution): number | undefined {
  const expected = `a number from ${range.from} to ${range.to}`;
  const atom = readOne(value, expected, resolution);
  return atom && numberOf(atom, range, resolution);
}

/** A whole number of a set. */
export function numberOf(atom: Atom, range: Range, resolution: Resolution): number | undefined {
  const text = bareWord(atom) ?? '';
  if (!plainNumber.test(text)) {
    const hexadecimal = /^0x[0-9a-f]+$/i.test(text) ? `write ${Number.parseInt(text, 16)}` : undefined;
    return mismatch(atom, `a number from ${range.from} to ${range.to}`, resolution, hexadecimal);
  }
  if (within(Number(text), range)) return Number(text);
  resolution.report(problem('out-of-range', { text, range }, detailsOf(atom)));
  return undefined;
}

/** A duration in seconds. */
export function readDuration(value: Value, range: Range, resolution: Resolution): number | undefined {
  const expected = 'a duration such as 90, 15m or 1h30m';
  const atom = readOne(value, expected, resolution);
  if (atom === undefined) return undefined;
  const text = bareWord(atom) ?? '';
  const seconds = parseDuration(text);
  if (seconds === undefined) return mismatch(atom, expected, resolution);
  if (within(seconds, range)) return seconds;
  resolution.report(problem('duration-out-of-range', { text, range }, detailsOf(atom)));
  return undefined;
}

/** A name that the kernel knows or may know: as a bare word one of `known` (any, if nothing is known), in quotes any. */
export function readKernelName(
  value: Value,
  what: { readonly noun: string; readonly known: readonly string[] | undefined; readonly longest: number },
  resolution: Resolution,
): string | undefined {
  const atom = readOne(value, `the name of a ${what.noun}`, resolution);
  if (atom === undefined) return undefined;
  const name = wordOf(atom);
  if (name === undefined || name === '' || /\s/.test(name))
    return mismatch(atom, `the name of a ${what.noun}`, resolution);
  if (name.length > what.longest) {
    resolution.report(problem('name-too-long', { noun: what.noun, longest: what.longest }, detailsOf(atom)));
    return undefined;
  }
  if (atom.kind === 'text' || what.known === undefined || what.known.includes(name)) return name;
  const near = nearest(name.replaceAll("'", ''), what.known);
  const suggestion = near === undefined ? `write "${name}" if a module has it` : `did you mean ${near}?`;
  resolution.report(problem('unknown-kernel-name', { noun: what.noun, name }, detailsOf(atom, suggestion)));
  return undefined;
}

/** The addresses that an atom stands for: one, a range, a prefix, or those of a host name. */
export function addressesIn(atom: Atom, resolution: Resolution): readonly Address[] | undefined {
  if (atom.kind === 'resolve') {
    if (isHostName(atom.host.text)) return resolution.hosts.resolve(atom);
    const parts = { expected: 'a host name', found: quoted(atom.host.text) };
    resolution.report(problem('wrong-type', parts, detailsOf(atom)));
    return undefined;
  }
  const text = bareWord(atom) ?? '';
  const address = parseAddress(text);
  if (address !== undefined) return [address];
  const range = parseAddressRange(text);
  if (range !== undefined) return listRange(range, atom, resolution);
  return mismatch(atom, 'an address', resolution, adviceFor(text));
}

function listRange(range: AddressRange, atom: Atom, { report, budget }: Resolution): readonly Address[] | undefined {
  if (range.count <= largestRange) return budget.spend(Number(range.count), atom.span) ? addressesOf(range) : undefined;
  report(
    problem('range-too-large', { text: atom.kind === 'word' ? atom.text : '', most: largestRange }, detailsOf(atom)),
  );
  return undefined;
}

/** What was probably meant by a word that is no address. */
function adviceFor(text: string): string | undefined {
  if (plainNumber.test(text)) return `write port ${text}`;
  const [, bracketed = ''] = /^\[(.*)\]$/.exec(text) ?? [];
  if (parseAddress(bracketed) !== undefined) return `write ${bracketed}`;
  const { host, port } = splitEndpoint(text) ?? {};
  if (host !== undefined && 'address' in host && port !== undefined) {
    return `write ${host.address} port ${'number' in port ? port.number : port.name}`;
  }
  const wrongRange = adviceOnRange(text);
  if (wrongRange !== undefined) return wrongRange;
  // Not a duration, nor an address with a slip.
  return isHostName(text) && !/^[\d.]*[A-Za-z]?(?:\d+[A-Za-z])*$/.test(text)
    ? `write resolve("${text}") for a host name`
    : undefined;
}
