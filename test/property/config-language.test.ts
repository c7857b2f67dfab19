/** Owns the proof that every table can be written as a configuration, which makes the same table again. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as reader from '../../grammar/parser/config-parser.ts';
import { compileConfig } from '../../src/compile/config/compile-config.ts';
import { configFromTable } from '../../src/compile/config/from-table.ts';
import { noSources } from '../../src/compile/config/sources.ts';
import { formatConfig } from '../../src/compile/format/format-config.ts';
import { type Service, serviceFamily } from '../../src/model/service.ts';
import type { Table } from '../../src/model/table.ts';
import { tableToJson } from '../../src/model/table-json.ts';
import { table } from '../support/arbitrary.ts';

/** Everything that a kernel would be told, with the order of destinations and without names. */
function comparable({ services, timeouts, daemons, owns }: Table): unknown {
  const bare = new Map(
    [...services]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([id, { key, settings, destinations }]) => {
        const nameless = Array.from(
          destinations,
          ([id, { name: _name, origin: _origin, ...rest }]) => [id, rest] as const,
        );
        return [id, { key, settings, destinations: new Map(nameless) }];
      }),
  );
  return tableToJson({ services: bare, timeouts, daemons, ...(owns && { owns }) });
}

/** Services of a table with fewer kinds of backends and settings, as real ones have. */
function withSharing({ services, ...rest }: Table): Table {
  const models = new Map<string, Service>();
  const shared = [...services].map(([id, service]): readonly [typeof id, Service] => {
    const { key } = service;
    const kind = `${serviceFamily(key)} ${key.kind === 'mark' ? key.kind : `${key.protocol} ${key.port === 0}`}`;
    const model = models.get(kind) ?? service;
    models.set(kind, model);
    const destinations = new Map(
      [...model.destinations].filter(
        ([, { settings, key: own }]) =>
          settings.forwarding.method === 'masquerade' || key.kind === 'mark' || own.port === key.port,
      ),
    );
    return [id, { ...service, settings: model.settings, destinations }];
  });
  return { ...rest, services: new Map(shared) };
}

async function roundTrip(original: Table): Promise<void> {
  const { value: text = '', diagnostics } = configFromTable(original, { stoppedDaemons: true });
  expect(diagnostics).toEqual([]);
  const source = { name: 'made.ipvs', text };
  const compiled = await compileConfig(source, reader, noSources);
  expect(compiled.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(compiled.value && comparable(compiled.value)).toEqual(comparable(original));
  expect(formatConfig(source, reader).value).toBe(text);
}

test('table -> config -> table is the identity', async () => {
  await fc.assert(fc.asyncProperty(table('writable'), roundTrip), { seed: 5, numRuns: 150 });
});

test('it is so for tables whose services share backends', async () => {
  await fc.assert(fc.asyncProperty(table('writable').map(withSharing), roundTrip), { seed: 6, numRuns: 150 });
});

test('what has no words is said, and the rest is written', async () => {
  const property = fc.asyncProperty(table('read'), async (original) => {
    const { value: text = '', diagnostics } = configFromTable(original, { stoppedDaemons: true });
    const compiled = await compileConfig({ name: 'made.ipvs', text }, reader, noSources);
    expect(compiled.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const whole = compiled.value ?? original;
    const same = JSON.stringify(comparable(whole)) === JSON.stringify(comparable(original));
    expect(same || diagnostics.length > 0).toBe(true);
  });
  await fc.assert(property, { seed: 7, numRuns: 150 });
});
