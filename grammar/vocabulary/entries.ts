/** Owns the way from a written name to the command or option that it means. */

import { type Command, commands } from './commands.ts';
import { type Option, options } from './options.ts';

/** What a dash introduces. */
export type Entry = Command | Option;

/** By long name, without dashes. There are no abbreviations, and case matters. */
export const entryByLong: ReadonlyMap<string, Entry> = new Map(
  [...commands, ...options].map((entry): [string, Entry] => [entry.long, entry]),
);

/** By letter or digit, without the dash. */
export const entryByShort: ReadonlyMap<string, Entry> = new Map([
  ...commands.flatMap((command) => command.short.map((letter): [string, Entry] => [letter, command])),
  ...options.flatMap((option): [string, Entry][] => (option.short === undefined ? [] : [[option.short, option]])),
]);

/** Whether an entry is a command. */
export function isCommand(entry: Entry): entry is Command {
  return 'name' in entry;
}
