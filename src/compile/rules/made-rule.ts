/** Owns rules that nobody wrote: trees made from words, which stand nowhere. */

import type { CommandUse, OptionUse, RuleLine, Word } from '../../../grammar/ast/rules.ts';
import type { Span } from '../../../grammar/text/span.ts';
import { type CommandName, commands } from '../../../grammar/vocabulary/commands.ts';
import { options } from '../../../grammar/vocabulary/options.ts';
import type { OptionWords } from './option-words.ts';

const nowhere: Span = { source: { name: 'table', text: '' }, start: 0, end: 0 };

function madeWord(text: string): Word {
  return { text, span: nowhere };
}

const optionByName = new Map(options.map((option) => [option.long, option]));
const commandByName = new Map(commands.map((command) => [command.name, command]));

/** An option with its value. */
export function madeOption([name, value]: OptionWords): OptionUse {
  const option = optionByName.get(name);
  if (option === undefined) throw new Error(`There is no option --${name}`);
  return { option, span: nowhere, ...(value === undefined ? {} : { value: madeWord(value) }) };
}

function madeCommand(name: CommandName, value?: string): CommandUse {
  const command = commandByName.get(name);
  if (command === undefined) throw new Error(`There is no command ${name}`);
  return { command, span: nowhere, ...(value === undefined ? {} : { value: madeWord(value) }) };
}

/** What a made rule has beside its options. */
interface Rest {
  /** The role of a daemon. */
  readonly value?: string;
  /** The timeouts of `--set`. */
  readonly leftovers?: readonly string[];
}

/** A rule made of its command and options. */
export function madeRule(
  name: CommandName,
  words: readonly OptionWords[],
  { value, leftovers = [] }: Rest = {},
): RuleLine {
  return {
    span: nowhere,
    command: madeCommand(name, value),
    options: words.map(madeOption),
    leftovers: leftovers.map(madeWord),
  };
}
