/** Owns what a word of the command line means by a backend: every place in a table where that backend is. */

import { nearest } from '../../../grammar/text/nearest.ts';
import { type DestinationId, type Destination, destinationId } from '../../model/destination.ts';
import type { Service } from '../../model/service.ts';
import type { Table } from '../../model/table.ts';
import { type EndpointWord, covers, parseEndpointWord } from './endpoint-word.ts';

/** A backend in one of its services. */
export interface Place {
  readonly service: Service;
  readonly destination: Destination;
}

/** `suggestion` is a backend that was probably meant. */
export type Selection =
  | { readonly kind: 'found'; readonly places: readonly [Place, ...Place[]] }
  /** The word is neither an address nor a name in `named`. */
  | { readonly kind: 'no-backend'; readonly suggestion?: string }
  /** It is one, and no service of the table has it. */
  | { readonly kind: 'absent'; readonly suggestion?: string };

/** Every backend of every service. */
export function placesIn({ services }: Table): readonly Place[] {
  return Array.from(services.values(), (service) =>
    Array.from(service.destinations.values(), (destination) => ({ service, destination })),
  ).flat();
}

/** The places of a backend in `table`; a name means what `named`, the table of a configuration, calls so. */
export function selectBackends(word: string, table: Table, named: Table): Selection {
  const endpoint = parseEndpointWord(word);
  const keys = keysOfName(word, named);
  if (endpoint === undefined && keys.size === 0)
    return { kind: 'no-backend', ...suggest(word, [...namesIn(named), ...addressesIn(table)]) };
  const isMeant = ({ destination: { key } }: Place): boolean =>
    keys.has(destinationId(key)) || (endpoint !== undefined && covers(endpoint, key));
  const [first, ...rest] = placesIn(table).filter(isMeant);
  if (first !== undefined) return { kind: 'found', places: [first, ...rest] };
  return { kind: 'absent', ...(endpoint === undefined ? {} : suggest(...comparable(endpoint, table))) };
}

/** The backends that a configuration calls so. */
export function keysOfName(name: string, named: Table): ReadonlySet<DestinationId> {
  const called = placesIn(named).filter(({ destination }) => destination.name === name);
  return new Set(called.map(({ destination }) => destinationId(destination.key)));
}

function namesIn(named: Table): readonly string[] {
  return placesIn(named).flatMap(({ destination: { name } }) => name ?? []);
}

function addressesIn(table: Table): readonly string[] {
  return placesIn(table).map(({ destination: { key } }) => key.address);
}

/** The word and the backends that there are, in one spelling. */
function comparable({ address, port }: EndpointWord, table: Table): [word: string, backends: readonly string[]] {
  if (port === undefined) return [address, addressesIn(table)];
  return [destinationId({ address, port }), placesIn(table).map(({ destination: { key } }) => destinationId(key))];
}

function suggest(word: string, backends: readonly string[]): { readonly suggestion?: string } {
  const near = nearest(word, backends);
  return near === undefined ? {} : { suggestion: near };
}
