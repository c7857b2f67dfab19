/** Owns where the names of services and backends come from: the kernel knows none, a configuration does. */

import { type Table, emptyTable } from '../model/table.ts';
import type { Context } from './context.ts';
import { loadTable } from './load-table.ts';
import type { Options } from './option.ts';

/** For every command that shows the live table or is told what to change in it. */
export const configOptions = {
  config: {
    kind: 'value',
    placeholder: 'FILE',
    parse: (text: string) => (text === '' ? undefined : text),
    expects: 'the name of a file',
    summary: 'the configuration in which services and backends have names',
  },
} as const satisfies Options;

/** The table of the configuration; an empty one if none is named. Rejects with a Failure if it is invalid. */
export async function loadNames(config: string | undefined, context: Context): Promise<Table> {
  return config === undefined ? emptyTable : (await loadTable(config, undefined, context)).snapshot.table;
}
