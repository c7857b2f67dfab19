/** Owns the history: every table that was applied, with who did it, when, and from what. */

import { StorageFault } from '../apply/result.ts';
import * as json from '../model/json-codec.ts';
import { tableFromJson, tableToJson } from '../model/table-json.ts';
import type { Table } from '../model/table.ts';
import { type GitState, gitStateCodec } from './git-state.ts';
import type { StateDirectory } from './state-directory.ts';

/** What is known about a table that was applied. */
export interface GenerationInfo {
  /** Counts from 1; 0 is the table that was found when the first one was applied. */
  readonly number: number;
  /** ISO 8601. */
  readonly time: string;
  readonly user: string;
  /** What made it so, such as `apply` or `rollback 3`. */
  readonly command: string;
  /** What people know the table by. */
  readonly source: string;
  readonly git?: GitState;
  /** The saved plan that was applied. */
  readonly plan?: string;
  /** Of the live table behind the apply. */
  readonly fingerprint: string;
  /** The journal that it was applied under. */
  readonly transaction: string;
}

/** How many are kept. */
const kept = 100;

const anyText = json.text<string>((text) => text, 'a text', {});

const infoCodec = json.object(
  json.record<GenerationInfo & { readonly version: 1 }>({
    version: json.required(
      'format_version',
      json.scalar((given) => (given === 1 ? given : undefined), '1', { const: 1 }),
    ),
    number: json.required('generation', json.number({ from: 0, to: Number.MAX_SAFE_INTEGER })),
    time: json.required('time', anyText),
    user: json.required('user', anyText),
    command: json.required('command', anyText),
    source: json.required('source', anyText),
    git: json.optional('git', gitStateCodec),
    plan: json.optional('plan', anyText),
    fingerprint: json.required('fingerprint', anyText),
    transaction: json.required('transaction', anyText),
  }),
);

/** A generation is there exactly if its information is: the table is written before it and removed behind it. */
const infoName = /^(\d+)\.json$/;
const infoFile = (number: number): string => `${number}.json`;
const tableFile = (number: number): string => `${number}.table.json`;

/** The history in one directory. Every method rejects with a {@link StorageFault}. */
export interface Generations {
  /** Oldest first. */
  list(): Promise<readonly GenerationInfo[]>;
  last(): Promise<GenerationInfo | undefined>;
  info(number: number): Promise<GenerationInfo | undefined>;
  /** The table of a generation that is there. */
  table(number: number): Promise<Table>;
  /** Adds the next one, and forgets the oldest ones beyond 100; its number. */
  add(info: Omit<GenerationInfo, 'number'>, table: Table): Promise<number>;
}

/** Opens the history in a namespace's directory. */
export async function openGenerations(namespace: StateDirectory): Promise<Generations> {
  const directory = await namespace.directory('generations');

  async function numbers(): Promise<number[]> {
    const found = (await directory.list()).flatMap((name) => infoName.exec(name)?.[1] ?? []);
    return found.map(Number).sort((left, right) => left - right);
  }

  async function info(number: number): Promise<GenerationInfo | undefined> {
    const text = await directory.read(infoFile(number));
    if (text === undefined) return undefined;
    const { version: _version, ...found } = believe(number, () => infoCodec.decode(JSON.parse(text), ''));
    return found;
  }

  return {
    info,
    list: async () => {
      const all = await Promise.all((await numbers()).map(info));
      return all.filter((each) => each !== undefined);
    },
    last: async () => {
      const last = (await numbers()).at(-1);
      return last === undefined ? undefined : info(last);
    },
    table: async (number) => {
      const text = await directory.read(tableFile(number));
      if (text === undefined) throw new StorageFault(`there is no generation ${number}`);
      return believe(number, () => tableFromJson(JSON.parse(text)));
    },
    add: async (added, table) => {
      const present = await numbers();
      const number = (present.at(-1) ?? -1) + 1;
      await directory.write(tableFile(number), `${JSON.stringify(tableToJson(table))}\n`);
      const information = infoCodec.encode({ version: 1, number, ...added });
      await directory.write(infoFile(number), `${JSON.stringify(information, undefined, 2)}\n`);
      for (const old of present.slice(0, Math.max(0, present.length + 1 - kept))) {
        await directory.remove(infoFile(old));
        await directory.remove(tableFile(old));
      }
      return number;
    },
  };
}

function believe<T>(number: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof json.JsonMismatch || error instanceof SyntaxError)) throw error;
    throw new StorageFault(`generation ${number} can't be read: ${error.message}`, { cause: error });
  }
}
