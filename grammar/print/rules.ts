/** Owns the rules language as text: what is printed is parsed into the same rule. */

import type { CommandUse, OptionUse, ParsedLine, RuleLine, Word } from '../ast/rules.ts';
import { type Option, type OptionName, options } from '../vocabulary/options.ts';

const position: ReadonlyMap<OptionName, number> = new Map(options.map(({ long }, index) => [long, index]));

/** Whether a text can stand as a word of its own behind an option that wants a value. */
function isWord(text: string, valueKind: Option['value']): boolean {
  return (
    text !== '' && text !== 'ipvsadm' && !text.startsWith('#') && !(valueKind === 'optional' && text.startsWith('-'))
  );
}

/** `-t 192.0.2.1:80`; joined by `=` where a word of its own would be read otherwise. */
export function printOption({ option, value }: Pick<OptionUse, 'option' | 'value'>): string {
  const name = option.short === undefined ? `--${option.long}` : `-${option.short}`;
  if (value === undefined) return name;
  return isWord(value.text, option.value) ? `${name} ${value.text}` : `--${option.long}=${value.text}`;
}

function printCommand({ command, value }: CommandUse): string {
  const name = command.short[0] === undefined ? `--${command.long}` : `-${command.short[0]}`;
  if (value === undefined) return name;
  return isWord(value.text, command.value) ? `${name} ${value.text}` : `--${command.long}=${value.text}`;
}

/** A value that is missing, as in old saves (`-b`), can be missing at the end of the line only. */
function positionOf({ option, value }: OptionUse): number {
  if (option.value === 'required' && value === undefined) return options.length;
  return position.get(option.long) ?? 0;
}

/**
 * The options in one order for all rules, that of `ipvsadm -S`; options of one kind keep theirs. Where a rule is read
 * from left to right with another result (ipvsadm reference, 1.7), it stays as it is.
 */
export function canonicalOrder(uses: readonly OptionUse[]): readonly OptionUse[] {
  const service = uses.findIndex(({ option }) => option.slot === 'service-address');
  const depends = ({ option: { long } }: OptionUse): boolean =>
    long === 'netmask' || long === 'real-server' || long === 'ipv6';
  const mask = uses.findIndex(({ option }) => option.long === 'netmask');
  const ipv6 = uses.findLastIndex(({ option }) => option.long === 'ipv6');
  if (uses.slice(0, Math.max(0, service)).some(depends) || (mask !== -1 && mask < ipv6)) return uses;
  return uses.toSorted((left, right) => positionOf(left) - positionOf(right));
}

/** Words that belong to no option stand behind the command, or behind `--` if one of them looks like an option. */
function printLeftovers(words: readonly Word[]): {
  readonly front: readonly string[];
  readonly back: readonly string[];
} {
  const texts = words.map(({ text }) => text);
  if (texts.some((text) => text.startsWith('-') && text !== '-')) return { front: [], back: ['--', ...texts] };
  return { front: texts, back: [] };
}

/** One rule as a line of text, without its newline. */
export function printRule({ command, options: uses, leftovers }: RuleLine): string {
  const { front, back } = printLeftovers(leftovers);
  return [printCommand(command), ...front, ...canonicalOrder(uses).map(printOption), ...back].join(' ');
}

/** One line of a rule file, without its newline; a line whose rule has an error has no text. */
export function printParsedLine({ rule, comment }: ParsedLine): string {
  return [rule && printRule(rule), comment?.text].filter((text) => text !== undefined).join(' ');
}
