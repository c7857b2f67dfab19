/** Owns `ipvstx undrain`. */

import type { Place } from '../../compile/backends/select.ts';
import { destinationId } from '../../model/destination.ts';
import { serviceId } from '../../model/service.ts';
import type { Table } from '../../model/table.ts';
import { backendOptions, backendRequest, backendSummary, parseWeight } from '../backend-options.ts';
import { changeWeight } from '../change-weight.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { believing, readRecords } from '../records.ts';

const weightIn = (table: Table, { service, destination }: Place): number | undefined =>
  table.services.get(serviceId(service.key))?.destinations.get(destinationId(destination.key))?.settings.weight;

/** The last weight above 0 that was applied in each place; rejects with a {@link Failure} if there is none. */
async function weightsBefore(
  places: readonly Place[],
  backend: string,
  context: Context,
): Promise<ReadonlyMap<Place, number>> {
  const { history, tableOf } = await readRecords(context);
  const weights = new Map<Place, number>();
  for (const info of history.toReversed()) {
    if (weights.size === places.length) break;
    const table = await believing(() => tableOf(info));
    for (const place of places) {
      const weight = weightIn(table, place) ?? 0;
      if (weight > 0 && !weights.has(place)) weights.set(place, weight);
    }
  }
  const unknown = places.find((place) => !weights.has(place));
  if (unknown === undefined) return weights;
  const where = `service ${serviceId(unknown.service.key)}`;
  const message = `no generation knows which weight ${backend} had in ${where} before it was drained`;
  throw new Failure('error', message, `say which: ipvstx undrain ${backend} WEIGHT`);
}

const isDrained = ({ destination }: Place): boolean => destination.settings.weight === 0;

/** The weight that a drained backend shall have: the given one, or the one before. */
async function weigh(
  places: readonly Place[],
  weight: number | undefined,
  backend: string,
  context: Context,
): Promise<(place: Place) => number> {
  const drained = places.filter(isDrained);
  const before = weight === undefined ? await weightsBefore(drained, backend, context) : undefined;
  return (place) => (isDrained(place) ? (weight ?? before?.get(place) ?? 0) : place.destination.settings.weight);
}

/** The weight that a word says; throws a usage {@link Failure} if it says none, or 0. */
function positiveWeight(text: string): number {
  const weight = parseWeight(text);
  if (weight === 0) throw new Failure('usage', 'a backend of weight 0 is drained');
  return weight;
}

/** Its entry in the table of commands. */
export const undrainCommand = defineCommand({
  name: 'undrain',
  summary: 'let one drained backend take new connections again',
  description:
    'Gives a backend its weight back in each live service in which it is 0: the given weight, or in each service the last one above 0 that the history knows. If the history knows none, the weight must be given. A weight above 0 is left alone.',
  positionals: {
    backend: { count: 'one', summary: backendSummary },
    weight: { count: 'optional', summary: '1 to 2147483647' },
  },
  options: backendOptions,
  examples: [
    { line: 'ipvstx undrain 10.0.1.11', does: 'as it was applied before' },
    { line: 'ipvstx undrain 10.0.1.11 100 --yes', does: 'with this weight in every service, unattended' },
  ],
  run: async (values, context) => {
    const { backend } = values;
    const weight = values.weight === undefined ? undefined : positiveWeight(values.weight);
    const source = ['undrain', backend, ...(weight === undefined ? [] : [weight])].join(' ');
    const change = { ...backendRequest(values), source };
    const { status } = await changeWeight(
      { ...change, weigh: (places) => weigh(places, weight, backend, context) },
      context,
    );
    return status;
  },
});
