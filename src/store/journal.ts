/** Owns the journal: all that it takes to undo a transaction whose process is gone, on disk before the first write. */

import { join } from 'node:path';
import process from 'node:process';
import { type ResultKind, StorageFault } from '../apply/result.ts';
import * as json from '../model/json-codec.ts';
import { tableFromJson, tableToJson } from '../model/table-json.ts';
import type { Table } from '../model/table.ts';
import { crypto } from './crypto.ts';
import type { Place } from './place.ts';
import { sha256 } from './sha256.ts';
import type { StateDirectory } from './state-directory.ts';

/** What a journal says about its transaction. */
export interface JournalHeader {
  readonly id: string;
  readonly boot: string;
  readonly namespace: string;
  readonly pid: number;
  readonly command: string;
  /** What people know the desired table by. */
  readonly source: string;
  /** ISO 8601. */
  readonly begun: string;
  /** SHA-256 of the files that hold the two tables. */
  readonly beforeDigest: string;
  readonly afterDigest: string;
}

const anyText = json.text<string>((text) => text, 'a text', {});

const headerCodec = json.object(
  json.record<JournalHeader & { readonly version: 1 }>({
    version: json.required(
      'format_version',
      json.scalar((given) => (given === 1 ? given : undefined), '1', { const: 1 }),
    ),
    id: json.required('id', anyText),
    boot: json.required('boot', anyText),
    namespace: json.required('namespace', anyText),
    pid: json.required('pid', json.number({ from: 1, to: 2 ** 31 - 1 })),
    command: json.required('command', anyText),
    source: json.required('source', anyText),
    begun: json.required('begun', anyText),
    beforeDigest: json.required('before_sha256', anyText),
    afterDigest: json.required('after_sha256', anyText),
  }),
);

/** What a transaction writes down before it begins. */
export interface Intent {
  readonly place: Place;
  readonly command: string;
  readonly source: string;
  /** The table that was found. */
  readonly before: Table;
  /** The table that the plan expects. */
  readonly after: Table;
}

/** A transaction that is not settled: under way, or left by a process that is gone. */
export interface Pending {
  readonly header: JournalHeader;
  readonly before: Table;
  readonly after: Table;
}

/** A directory is a journal exactly as long as it has this name: making and settling one is a rename each. */
const open = 'pending';
const making = 'pending.new';
/** The last one that was settled, for whoever wants to know how it ended. */
const settled = 'settled';

const beforeFile = 'before.json';
const afterFile = 'after.json';
const headerFile = 'header.json';
const resultFile = 'result.json';

/** Puts a transaction on disk; its id. Rejects with a {@link StorageFault}, and then there is no journal. */
export async function openJournal(directory: StateDirectory, intent: Intent): Promise<string> {
  const { place, command, source } = intent;
  if (await isPending(directory)) throw new StorageFault('another transaction is not settled');
  await directory.remove(making);
  const files = await directory.directory(making);
  const header: JournalHeader = {
    id: crypto().randomUUID(),
    boot: place.boot,
    namespace: place.namespace,
    pid: process.pid,
    command,
    source,
    begun: new Date().toISOString(),
    beforeDigest: await writeTable(files, beforeFile, intent.before),
    afterDigest: await writeTable(files, afterFile, intent.after),
  };
  await files.write(headerFile, `${JSON.stringify(headerCodec.encode({ version: 1, ...header }), undefined, 2)}\n`);
  await directory.rename(making, open);
  return header.id;
}

/** Whether there is a journal, readable or not. Everything else here is for the holder of the lock, but the signs. */
export async function isPending(directory: StateDirectory): Promise<boolean> {
  return directory.has(open);
}

/** The journal of a transaction that is not settled. Rejects with a {@link StorageFault} if its files are not those that were written. */
export async function readJournal(directory: StateDirectory): Promise<Pending | undefined> {
  const files = await directory.find(open);
  if (files === undefined) return undefined;
  const header = await parse(files, headerFile, (text) => headerCodec.decode(JSON.parse(text), ''));
  return {
    header,
    before: await parse(files, beforeFile, (text) => readTable(text, header.beforeDigest)),
    after: await parse(files, afterFile, (text) => readTable(text, header.afterDigest)),
  };
}

/** How a journal was settled: as its transaction ended, or without it. */
export type Settlement = ResultKind | 'recovered' | 'lost' | 'abandoned';

/**
 * Closes the open journal, whoever opened it: the rename does. The result in it is for those who ask how it ended; on a
 * full disk there is none, which must not keep it open.
 */
export async function settleJournal(directory: StateDirectory, settlement: Settlement): Promise<void> {
  const files = await openFiles(directory);
  const result = { settlement, ended: new Date().toISOString() };
  await files.write(resultFile, `${JSON.stringify(result)}\n`).catch(() => undefined);
  await directory.remove(settled);
  await directory.rename(open, settled);
}

async function openFiles(directory: StateDirectory): Promise<StateDirectory> {
  const files = await directory.find(open);
  if (files === undefined) throw new StorageFault(`there is no open journal in ${directory.path}`);
  return files;
}

/** What a pending transaction says to others (`waiting` for confirmation), and others to it (`confirmed`). */
export type Sign = 'waiting' | 'confirmed';

/** Gives a sign to whoever looks for it; there must be an open journal. */
export async function giveSign(directory: StateDirectory, sign: Sign): Promise<void> {
  await (await openFiles(directory)).write(sign, '');
}

/** Whether the open journal bears a sign; false if there is none. */
export async function hasSign(directory: StateDirectory, sign: Sign): Promise<boolean> {
  return (await (await directory.find(open))?.has(sign)) ?? false;
}

/** How the last transaction was settled; undefined if none ever was, or it could not be written down. */
export async function lastSettlement(directory: StateDirectory): Promise<Settlement | undefined> {
  const files = await directory.find(settled);
  if (files === undefined || !(await files.has(resultFile))) return undefined;
  return parse(files, resultFile, (text) => (JSON.parse(text) as { readonly settlement: Settlement }).settlement);
}

async function writeTable(files: StateDirectory, name: string, table: Table): Promise<string> {
  const text = `${JSON.stringify(tableToJson(table))}\n`;
  await files.write(name, text);
  return sha256(text);
}

function readTable(text: string, digest: string): Table {
  if (sha256(text) !== digest) throw new json.JsonMismatch('', 'is not the one that was written');
  return tableFromJson(JSON.parse(text));
}

async function parse<T>(files: StateDirectory, name: string, read: (text: string) => T): Promise<T> {
  const path = join(files.path, name);
  const text = await files.read(name);
  if (text === undefined) throw new StorageFault(`the journal can't be used: ${path} is missing`);
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof json.JsonMismatch || error instanceof SyntaxError)) throw error;
    throw new StorageFault(`the journal can't be used: in ${path}, ${error.message}`, { cause: error });
  }
}
