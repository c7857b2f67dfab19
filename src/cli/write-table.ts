/** Owns a table on its way out: to standard output, or to a file that is replaced in one step. */

import { resolve } from 'node:path';
import { hasErrors } from '../../grammar/text/diagnostic.ts';
import type { Outcome } from '../../grammar/text/outcome.ts';
import type { Table } from '../model/table.ts';
import { tableToJson } from '../model/table-json.ts';
import { writeFileAtomically } from '../store/write-file.ts';
import type { Context } from './context.ts';
import { Failure, systemErrorText } from './failure.ts';
import { rulesText } from './rules-text.ts';

/** The languages in which a table can be written and read again. */
export const outputFormats = ['rules', 'config', 'json'] as const;

/** The same, and a picture. */
export const compileFormats = [...outputFormats, 'mermaid'] as const;

/** How and where a table is written. */
export interface TableOutput {
  readonly format: (typeof compileFormats)[number];
  /** Whether `stopped` is said of daemons: a source may mean it, a live table says it of every idle one. */
  readonly stoppedDaemons: boolean;
  /** A file in place of standard output. */
  readonly file: string | undefined;
}

/** The text of a table in a language that may not have words for all of it; rejects if it would not be the whole table. */
async function losslessText(
  { value, diagnostics }: Outcome<string>,
  language: string,
  context: Context,
): Promise<string> {
  await context.report(diagnostics);
  if (!hasErrors(diagnostics)) return value ?? '';
  throw new Failure('error', `the table has no lossless form in the ${language} language`, 'write it as JSON');
}

async function textOf(table: Table, { format, stoppedDaemons }: TableOutput, context: Context): Promise<string> {
  switch (format) {
    case 'rules':
      return losslessText(rulesText(table, { stoppedDaemons }), format, context);
    case 'config': {
      const { configText } = await import('./config-text.ts');
      return losslessText(await configText(table, { stoppedDaemons }), format, context);
    }
    case 'json':
      return `${JSON.stringify(tableToJson(table), undefined, 2)}\n`;
    case 'mermaid': {
      const { renderMermaid } = await import('../render/mermaid.ts');
      return renderMermaid(table);
    }
  }
}

/** Writes a text to a file, or to standard output. */
export async function writeText(text: string, file: string | undefined, context: Context): Promise<void> {
  if (file === undefined || file === '-') return context.print(text);
  try {
    await writeFileAtomically(resolve(context.host.directory, file), text);
  } catch (error) {
    throw new Failure('error', `can't write "${file}": ${systemErrorText(error)}`, undefined, { cause: error });
  }
}

/** Writes a table; rejects with a {@link Failure}, and then an existing file is as it was. */
export async function writeTable(table: Table, output: TableOutput, context: Context): Promise<void> {
  return writeText(await textOf(table, output, context), output.file, context);
}
