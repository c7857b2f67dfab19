/** Owns the file that holds the table of a memory kernel between its runs. */

import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { KernelFault } from '../apply/port.ts';
import { tableFromJson, tableToJson } from '../model/table-json.ts';
import { type Table, emptyTable } from '../model/table.ts';

/** A file that holds one table. Its methods throw a KernelFault of the kind `failed`. */
export interface TableFile {
  /** What the file holds, if that is not what was read or written here last. A file that has gone holds an empty table. */
  changed(): Table | undefined;
  /** Replaces the content: whoever opens the file meanwhile reads the old table or the new one. */
  write(table: Table): void;
}

/** Opens the file at `path`, or makes it. Everything is synchronous, so that each command is one indivisible step. */
export function openTableFile(path: string): TableFile {
  let seen: string | undefined;
  const file: TableFile = {
    changed: () =>
      inWords(`can't read ${path}`, () => {
        const version = versionOf(path);
        if (version === seen) return undefined;
        const table = version === '' ? emptyTable : tableFromJson(JSON.parse(readFileSync(path, 'utf8')));
        seen = version;
        return table;
      }),
    write: (table) =>
      inWords(`can't write ${path}`, () => {
        replace(path, `${JSON.stringify(tableToJson(table), undefined, 2)}\n`);
        seen = versionOf(path);
      }),
  };
  if (versionOf(path) === '') file.write(emptyTable);
  return file;
}

/** Every replacement is another inode; the rest finds an editor that writes in place. Empty if there is no file. */
function versionOf(path: string): string {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
}

function replace(path: string, content: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content, { flush: true });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  const directory = openSync(dirname(path), 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

/** Says what could not be done in front of the reason; a port rejects with nothing but a fault. */
function inWords<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new KernelFault('failed', `${what}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
