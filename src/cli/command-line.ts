/**
 * Owns the only use of yargs: the words of a command line become a command with its values, or a usage error.
 *
 * Of yargs only its parser is used. What else is in it (help texts, commands, translations) the program has of its own,
 * and every start would load it: it was more than half of the code that a command line needs.
 */

import { Parser } from 'yargs/helpers';
import { nearest } from '../../grammar/text/nearest.ts';
import type { Command } from './command.ts';
import { Failure } from './failure.ts';
import { globalOptions } from './global-options.ts';
import type { Option, Options } from './option.ts';

/** What a command line asks for; `values` holds the positionals and options of the command and the global options. */
export interface CommandLine {
  readonly command: Command;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Words stay words: no numbers, no dots in names, no negation by `no-`. */
const parserConfiguration = {
  'boolean-negation': false,
  'camel-case-expansion': false,
  'dot-notation': false,
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'strip-aliased': true,
} as const;

/** The options in the shape in which the parser wants them. */
function parserOptions(options: Options) {
  const named = Object.entries(options);
  const isFlag = ([, { kind }]: readonly [string, Option]): boolean => kind === 'flag';
  const valued = named.filter((option) => !isFlag(option)).map(([name]) => name);
  return {
    boolean: named.filter(isFlag).map(([name]) => name),
    string: valued,
    // Not a number: one value, which may not begin with a dash.
    narg: Object.fromEntries(valued.map((name) => [name, Number.NaN])),
    alias: Object.fromEntries(named.flatMap(([name, { alias }]) => (alias === undefined ? [] : [[name, [alias]]]))),
    configuration: parserConfiguration,
  };
}

/** The words in front of `--`: only they may be options. */
export function optionWords(words: readonly string[]): readonly string[] {
  const end = words.indexOf('--');
  return end === -1 ? words : words.slice(0, end);
}

function usageError(message: string, command: Command | undefined, word?: string, vocabulary?: readonly string[]) {
  const near = word === undefined ? undefined : nearest(word, vocabulary ?? []);
  const seeHelp = `see "ipvstx ${command === undefined ? '' : `${command.name} `}--help"`;
  return new Failure('usage', message, near === undefined ? seeHelp : `did you mean "${near}"?`);
}

/** An option that does not exist; the parser names it without its dashes. */
function unknownOption(name: string, words: readonly string[], command: Command | undefined): Failure {
  const long = optionWords(words).find((word) => word.split('=')[0] === `--${name}`);
  if (long !== undefined) {
    const known = Object.keys({ ...command?.options, ...globalOptions }).map((option) => `--${option}`);
    return usageError(`unknown option "--${name}"`, command, `--${name}`, known);
  }
  const bundle = optionWords(words).find((word) => /^-[^-]/.test(word) && word.includes(name)) ?? `-${name}`;
  return usageError(`unknown option "-${name}"${bundle.length > 2 ? ` in "${bundle}"` : ''}`, command);
}

/**
 * The words with every flag as `--flag=true`. The parser would give a flag the word behind it, if that is `true` or
 * `false`, and take any other value for no.
 */
function withPlainFlags(words: readonly string[], options: Options, command: Command | undefined): string[] {
  const flags = new Map<string, string>();
  for (const [name, { kind, alias }] of Object.entries(options)) {
    if (kind !== 'flag') continue;
    flags.set(`--${name}`, name);
    if (alias !== undefined) flags.set(`-${alias}`, name);
  }
  const plain = optionWords(words).flatMap((word) => {
    const [option = ''] = word.split('=');
    const letters = /^-[^-]/.test(option) ? Array.from(option.slice(1), (letter) => `-${letter}`) : [option];
    const names = letters.map((letter) => flags.get(letter));
    if (names.at(-1) !== undefined && option !== word)
      throw usageError(`option "${letters.at(-1)}" takes no value`, command);
    return names.every((name) => name !== undefined) ? names.map((name) => `--${name}=true`) : [word];
  });
  return [...plain, ...words.slice(optionWords(words).length)];
}

/** Turns what the parser says into what was wrong. */
function explain({ message }: Error, command: Command | undefined): Failure {
  const [, name] = /^Not enough arguments following: (.*)/.exec(message) ?? [];
  if (name === undefined) return usageError(message, command);
  return usageError(`option "${name.length === 1 ? '-' : '--'}${name}" needs a value`, command);
}

/** The value of an option, checked: yargs knows only texts and flags. Of a repeated option the last one counts, or all. */
function readOption(name: string, option: Option, given: unknown, command: Command): unknown {
  const all: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (option.kind === 'list')
    return all.flatMap((one) =>
      one === undefined ? [] : [readOption(name, { ...option, kind: 'value' }, one, command)],
    );
  const last = all.at(-1);
  if (option.kind === 'flag') return last === true;
  if (typeof last !== 'string') return undefined;
  const wrong = `option "--${name}" can't be "${last}"`;
  if (option.kind === 'choice') {
    if (option.choices.includes(last)) return last;
    throw usageError(`${wrong}: it is one of ${option.choices.join(', ')}`, command, last, option.choices);
  }
  const value = option.parse(last);
  if (value === undefined) throw usageError(`${wrong}: it is ${option.expects}`, command);
  return value;
}

/** Gives the words that are no options their names. */
function readPositionals(words: readonly string[], command: Command): Record<string, unknown> {
  const rest = [...words];
  const values: Record<string, unknown> = {};
  for (const [name, { count }] of Object.entries(command.positionals)) {
    if (rest.length === 0 && count !== 'optional') throw usageError(`${name.toUpperCase()} is missing`, command);
    values[name] = count === 'many' ? rest.splice(0) : rest.shift();
  }
  if (rest[0] !== undefined) throw usageError(`unexpected argument "${rest[0]}"`, command);
  return values;
}

/** What yargs makes of the words, with the options that are allowed. */
function parseWords(words: readonly string[], command: Command | undefined): Given {
  const options: Options = { ...command?.options, ...globalOptions };
  const { argv, error } = Parser.detailed(withPlainFlags(words, options, command), parserOptions(options));
  if (error !== null) throw explain(error, command);
  const unknown = Object.keys(argv).find((name) => name !== '_' && !Object.hasOwn(options, name));
  if (unknown !== undefined) throw unknownOption(unknown, words, command);
  return argv;
}

/** The values by name; `_` has the words that are no options and no values of one. */
type Given = Readonly<Record<string, unknown>> & { readonly _: readonly (string | number)[] };

/**
 * The command, which is the first word that is neither a global option nor its value. It is found before the parser is
 * asked, which has to know the command's options.
 */
function findCommand(words: readonly string[], commands: readonly Command[]): Command | undefined {
  const valued = Object.entries<Option>(globalOptions).filter(([, { kind }]) => kind !== 'flag');
  const wantsValue = (word: string): boolean =>
    valued.some(([name, { alias }]) => word === `--${name}` || (/^-[^-]/.test(word) && word.at(-1) === alias));
  const first = words.find((word, index) => !/^-./.test(word) && !wantsValue(words[index - 1] ?? ''));
  return commands.find(({ name }) => name === first);
}

/** Reads a command line; throws a usage {@link Failure} if it is none. */
export function parseCommandLine(words: readonly string[], commands: readonly Command[]): CommandLine {
  const command = findCommand(words, commands);
  const given = parseWords(words, command);
  const [first, ...positionals] = given._.map(String);
  if (first === undefined) throw usageError('a command is missing', undefined);
  if (command === undefined) {
    const names = commands.map(({ name }) => name);
    throw usageError(`unknown command "${first}"`, undefined, first, names);
  }
  const values = readPositionals(positionals, command);
  for (const [name, option] of Object.entries({ ...command.options, ...globalOptions }))
    values[name] = readOption(name, option, given[name], command);
  return { command, values };
}
