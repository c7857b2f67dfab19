/** Owns a table as the text of a config file, which is proved to make the same table again. */

import type { Outcome } from '../../grammar/text/outcome.ts';
import { type ConfigWriteOptions, configFromTable } from '../compile/config/from-table.ts';
import { compileConfig } from '../compile/config/compile-config.ts';
import { noSources } from '../compile/config/sources.ts';
import { hasErrors } from '../../grammar/text/diagnostic.ts';
import type { Table } from '../model/table.ts';
import { diffTables } from '../plan/diff.ts';

/** The order of backends, which is no difference to a plan, and deals the clients of sh and dh all the same. */
function orderOf({ services }: Table): string {
  const lines = Array.from(services, ([id, { destinations }]) => [id, ...destinations.keys()].join(' '));
  return lines.sort().join('\n');
}

/**
 * The configuration that makes a table; what has no words in the config language is an error. Throws if the text would
 * make another table: that is a mistake of this program, and nobody must find it out at the next boot.
 */
export async function configText(table: Table, options: ConfigWriteOptions): Promise<Outcome<string>> {
  const written = configFromTable(table, options);
  if (hasErrors(written.diagnostics)) return written;
  const reader = await import('../../grammar/parser/config-parser.ts');
  const source = { name: 'the new file', text: written.value ?? '' };
  const { value, diagnostics } = await compileConfig(source, reader, noSources);
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (value === undefined) throw new Error(`the configuration would be refused: ${error?.message ?? ''}`);
  const differs =
    diffTables(table, value).length > 0 || diffTables(value, table).length > 0 || orderOf(table) !== orderOf(value);
  if (differs) throw new Error('the configuration would make another table');
  return written;
}
