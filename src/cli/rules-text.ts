/** Owns a table as the text of a rule file. */

import type { Outcome } from '../../grammar/text/outcome.ts';
import { type WriteOptions, rulesFromTable } from '../compile/rules/from-table.ts';
import { compareDestinationKeys, destinationId } from '../model/destination.ts';
import type { Table } from '../model/table.ts';

/** The rules that make a table, one a line; what has no words in ipvsadm's language is an error. */
export function rulesText(table: Table, options: WriteOptions): Outcome<string> {
  const { value = [], diagnostics } = rulesFromTable(table, options);
  return { value: value.map((line) => `${line}\n`).join(''), diagnostics };
}

/** The same for comparing two tables: backends stand in one order, and what has no words is a comment. */
export function comparableText(table: Table): string {
  const services = new Map(
    Array.from(table.services, ([id, service]) => {
      const sorted = [...service.destinations.values()].sort((left, right) =>
        compareDestinationKeys(left.key, right.key),
      );
      const destinations = new Map(sorted.map((destination) => [destinationId(destination.key), destination]));
      return [id, { ...service, destinations }];
    }),
  );
  const { value = '', diagnostics } = rulesText({ ...table, services }, { stoppedDaemons: false });
  return value + diagnostics.map(({ message }) => `# ${message}\n`).join('');
}
