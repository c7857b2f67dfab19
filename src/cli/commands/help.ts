/** Owns `ipvstx help`; `ipvstx COMMAND --help` prints the same. */

import { nearest } from '../../../grammar/text/nearest.ts';
import { renderHelp } from '../../render/help.ts';
import { type Command, defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { commandHelp, programHelp } from '../help.ts';

/** Prints the help of a command, or of the program. */
export async function help(topic: string | undefined, commands: readonly Command[], context: Context): Promise<void> {
  const { layout, print } = context;
  if (topic === undefined) return print(renderHelp(programHelp(commands), layout));
  const command = commands.find(({ name }) => name === topic);
  if (command !== undefined) return print(renderHelp(commandHelp(command), layout));
  const near = nearest(
    topic,
    commands.map(({ name }) => name),
  );
  const suggestion = near === undefined ? 'see "ipvstx help"' : `did you mean "${near}"?`;
  throw new Failure('usage', `unknown command "${topic}"`, suggestion);
}

/** Its entry in the table of commands, which it prints. */
export function helpCommand(commands: () => readonly Command[]): Command {
  return defineCommand({
    name: 'help',
    summary: 'print the commands, or the options of one of them',
    description: 'Without an argument prints what there is; with one, what a command does and takes.',
    positionals: { command: { count: 'optional', summary: 'the name of a command' } },
    options: {},
    examples: [{ line: 'ipvstx help plan', does: 'what "plan" does and takes' }],
    run: async ({ command }, context) => {
      await help(command, commands(), context);
      return 'done';
    },
  });
}
