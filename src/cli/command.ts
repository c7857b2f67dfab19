/** Owns what a command is: one record that the command line, the help and the manual are made from. */

import type { Context } from './context.ts';
import type { ExitStatus } from './exit.ts';
import type { Described, Options, OptionValues } from './option.ts';

/** A word that is no option; its name in capitals stands for it in a help text. */
export interface Positional extends Described {
  readonly count: 'one' | 'optional' | 'many';
}

type Positionals = Readonly<Record<string, Positional>>;

type PositionalValues<P extends Positionals> = {
  readonly [Name in keyof P]: P[Name] extends { readonly count: 'many' }
    ? readonly string[]
    : P[Name] extends { readonly count: 'one' }
      ? string
      : string | undefined;
};

/** A line to try, and what it does. */
export interface Example {
  readonly line: string;
  readonly does: string;
}

interface CommandRecord<P extends Positionals, O extends Options> extends Described {
  readonly name: string;
  readonly positionals: P;
  readonly options: O;
  readonly examples: readonly Example[];
  /** The paragraph of the help text and the manual. */
  readonly description: string;
  readonly run: (values: PositionalValues<P> & OptionValues<O>, context: Context) => Promise<ExitStatus>;
}

/** A command as the table holds it: its values are checked against its own records when they are made. */
export type Command = Omit<CommandRecord<Positionals, Options>, 'run'> & {
  readonly run: (values: Readonly<Record<string, unknown>>, context: Context) => Promise<ExitStatus>;
};

/** Types the values of `run` after the records of the same command. */
export function defineCommand<const P extends Positionals, const O extends Options>(
  record: CommandRecord<P, O>,
): Command {
  return record as unknown as Command;
}
