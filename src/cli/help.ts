/** Owns what the help texts say: all of it comes out of the tables of commands, options and exit codes. */

import type { HelpEntry, HelpTopic } from '../render/help.ts';
import type { Command } from './command.ts';
import { exitStatuses } from './exit.ts';
import { globalOptions } from './global-options.ts';
import type { Option, Options } from './option.ts';

/** `-o, --output FILE` */
function optionTerm(name: string, option: Option): string {
  const alias = option.alias === undefined ? '' : `-${option.alias}, `;
  const long = `${alias}--${name}`;
  if (option.kind === 'flag') return long;
  return `${long} ${option.kind === 'choice' ? option.choices.join('|') : option.placeholder}`;
}

/** The options of a table as entries. */
export function optionEntries(options: Options): readonly HelpEntry[] {
  return Object.entries(options).map(([name, option]) => [optionTerm(name, option), option.summary]);
}

const placeholders = {
  one: (name: string) => name,
  optional: (name: string) => `[${name}]`,
  many: (name: string) => `${name}...`,
} as const;

/** `ipvstx check [OPTION...] SOURCE...` */
export function usageOf({ name, positionals }: Command): string {
  const words = Object.entries(positionals).map(([word, { count }]) => placeholders[count](word.toUpperCase()));
  return ['ipvstx', name, '[OPTION...]', ...words].join(' ');
}

/** The exit codes with their meanings. */
export function exitEntries(): readonly HelpEntry[] {
  return Object.values(exitStatuses).map(({ code, meaning }) => [String(code), meaning]);
}

/** The help of one command. */
export function commandHelp(command: Command): HelpTopic {
  const positionals = Object.entries(command.positionals).map(([name, { summary }]): HelpEntry => [
    name.toUpperCase(),
    summary,
  ]);
  const examples = command.examples.map(({ line, does }): HelpEntry => [line, does]);
  const sections = [
    { title: 'Arguments', entries: positionals },
    { title: 'Options', entries: optionEntries(command.options) },
    { title: 'Options of every command', entries: optionEntries(globalOptions) },
    { title: 'Examples', entries: examples },
  ];
  return {
    usage: usageOf(command),
    description: command.description,
    sections: sections.filter(({ entries }) => entries.length > 0),
  };
}

/** The help of the program. */
export function programHelp(commands: readonly Command[]): HelpTopic {
  return {
    usage: 'ipvstx COMMAND [OPTION...] [ARGUMENT...]',
    description: 'Compiles IPVS rule files and makes the kernel match them, wholly or not at all.',
    sections: [
      {
        title: 'Commands',
        entries: [
          ...commands.map(({ name, summary }): HelpEntry => [name, summary]),
          ['ipvsadm', 'the ipvsadm front end; also when called as ipvsadm, ipvsadm-save or ipvsadm-restore'],
        ],
      },
      {
        title: 'Where a table is asked for',
        entries: [
          ['PATH', 'a file: *.ipvs is config, *.json a snapshot, anything else rules'],
          ['-', 'standard input'],
          ['live', 'the table of the kernel'],
          ['empty', 'a table without services'],
          ['generation:N', 'a table that was applied: see "ipvstx history"'],
          ['snapshot:PATH', 'a file that "save --format json" wrote'],
          ['git:REV:PATH', 'a file as it is in a git revision'],
        ],
      },
      { title: 'Options of every command', entries: optionEntries(globalOptions) },
      { title: 'Exit codes', entries: exitEntries() },
      { title: 'More', entries: [['ipvstx COMMAND --help', 'the options of a command, with examples']] },
    ],
  };
}
