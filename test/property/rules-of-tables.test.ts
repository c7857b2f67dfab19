/** Owns the law that rules lose nothing: a table that is written as rules and compiled again is the same table. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRules } from '../../grammar/parser/parse-rules.ts';
import { hasErrors } from '../../grammar/text/diagnostic.ts';
import { compileRules } from '../../src/compile/rules/compile-rules.ts';
import { rulesFromTable } from '../../src/compile/rules/from-table.ts';
import { type Service, type ServiceId, compareServiceKeys, serviceId } from '../../src/model/service.ts';
import { tableToJson } from '../../src/model/table-json.ts';
import type { Table } from '../../src/model/table.ts';
import { table } from '../support/arbitrary.ts';

const options = { seed: 1, numRuns: 300 };

function write(table: Table) {
  const { value = [], diagnostics } = rulesFromTable(table, { stoppedDaemons: true });
  return { text: value.map((rule) => `${rule}\n`).join(''), diagnostics };
}

function read(text: string) {
  return compileRules(parseRules({ name: 'written.rules', text }));
}

/** A table without origins, with its services in the order in which they are written. */
function sorted(table: Table | undefined): unknown {
  if (table === undefined) return undefined;
  const services = [...table.services.values()].sort((left, right) => compareServiceKeys(left.key, right.key));
  return tableToJson({ ...table, services: new Map(services.map((service) => [serviceId(service.key), service])) });
}

test('what both languages can say comes back as it was', () => {
  fc.assert(
    fc.property(table('writable'), (table) => {
      const { text, diagnostics } = write(table);
      expect(diagnostics).toEqual([]);
      const { value, diagnostics: complaints, neededNames } = read(text);
      expect(hasErrors(complaints)).toBe(false);
      expect(neededNames.size).toBe(0);
      expect(sorted(value)).toEqual(sorted(table));
      expect(value && write(value).text).toBe(text);
    }),
    options,
  );
});

/** The table without the parts whose names are in the messages. */
function without(table: Table, messages: readonly string[]): Table {
  const isMissing = (name: string) => messages.some((message) => message.includes(name));
  const services = new Map<ServiceId, Service>();
  for (const [id, service] of table.services) {
    if (isMissing(`the service ${id}`)) continue;
    const kept = [...service.destinations].filter(([name]) => !isMissing(`the real server ${name} of ${id}`));
    services.set(id, { ...service, destinations: new Map(kept) });
  }
  return { ...table, services };
}

test('of what only a kernel can hold, each part comes back as it was or is reported by its name', () => {
  const count = { kept: 0, reported: 0 };
  fc.assert(
    fc.property(table('read'), (table) => {
      const { text, diagnostics } = write(table);
      const { value, diagnostics: complaints } = read(text);
      expect(hasErrors(complaints)).toBe(false);
      const messages = diagnostics.map(({ message }) => message);
      expect(sorted(value)).toEqual(sorted(without(table, messages)));
      count.kept += value?.services.size ?? 0;
      count.reported += messages.length;
    }),
    options,
  );
  expect(count.kept).toBeGreaterThan(100);
  expect(count.reported).toBeGreaterThan(100);
});
