/** Owns `ipvstx completion`: what shells are told comes out of the tables of commands and options. */

import type { Completed, CompletedCommand, CompletedOption } from '../../render/completion/grammar.ts';
import { type Command, defineCommand } from '../command.ts';
import { Failure } from '../failure.ts';
import { globalOptions } from '../global-options.ts';
import type { Option, Options } from '../option.ts';

/** How each shell's script is made. */
const shells = {
  bash: async () => (await import('../../render/completion/bash.ts')).bashCompletion,
  zsh: async () => (await import('../../render/completion/zsh.ts')).zshCompletion,
  fish: async () => (await import('../../render/completion/fish.ts')).fishCompletion,
} as const;

/** The words that stand for values which are files or tables. */
const placeholders: Readonly<Record<string, Completed>> = {
  FILE: { kind: 'file' },
  DIRECTORY: { kind: 'file' },
  SOURCE: { kind: 'table' },
  'live|memory[:FILE]': { kind: 'words', words: ['live', 'memory', 'memory:'] },
};

/** What the arguments of commands are, by their names. */
const positionals: Readonly<Record<string, Completed>> = {
  source: { kind: 'table' },
  before: { kind: 'table' },
  file: { kind: 'file' },
  plan: { kind: 'file' },
  shell: { kind: 'words', words: Object.keys(shells) },
};

function valueOf(option: Option): Completed {
  if (option.kind === 'flag') return { kind: 'nothing' };
  if (option.kind === 'choice') return { kind: 'words', words: option.choices };
  return placeholders[option.placeholder] ?? { kind: 'any' };
}

function optionsOf(options: Options): readonly CompletedOption[] {
  return Object.entries(options).map(([name, option]) => {
    const { summary, alias } = { alias: undefined, ...option };
    return { name, summary, value: valueOf(option), ...(alias === undefined ? {} : { alias }) };
  });
}

function argumentOf(command: Command, names: readonly string[]): Completed {
  const [first] = Object.keys(command.positionals);
  if (first === undefined) return { kind: 'nothing' };
  return first === 'command' ? { kind: 'words', words: names } : (positionals[first] ?? { kind: 'any' });
}

/** What a shell is told of the program. */
function completedCommands(commands: readonly Command[]): readonly CompletedCommand[] {
  const names = commands.map(({ name }) => name);
  return commands.map((command) => ({
    name: command.name,
    summary: command.summary,
    options: [...optionsOf(command.options), ...optionsOf(globalOptions)],
    argument: argumentOf(command, names),
  }));
}

const isShell = (text: string): text is keyof typeof shells => Object.hasOwn(shells, text);

/** Its entry in the table of commands, which it prints in its way. */
export function completionCommand(commands: () => readonly Command[]): Command {
  return defineCommand({
    name: 'completion',
    summary: 'print the completion script for a shell',
    description:
      'Prints a script that lets bash, zsh or fish complete commands, options, their values, and the names of tables and files. The script is complete in itself: the shell does not start ipvstx to complete a word.',
    positionals: { shell: { count: 'one', summary: Object.keys(shells).join(', ') } },
    options: {},
    examples: [
      { line: 'source <(ipvstx completion bash)', does: 'in a shell that runs' },
      {
        line: 'ipvstx completion zsh > /usr/local/share/zsh/site-functions/_ipvstx',
        does: 'for every zsh from now on; fish has ~/.config/fish/completions/ipvstx.fish',
      },
    ],
    run: async ({ shell }, context) => {
      if (!isShell(shell)) {
        throw new Failure(
          'usage',
          `no completion is known for "${shell}"`,
          `it is one of ${Object.keys(shells).join(', ')}`,
        );
      }
      await context.print((await shells[shell]())(completedCommands(commands())));
      return 'done';
    },
  });
}
