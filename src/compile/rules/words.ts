/** Owns the words of a rule that belong to no option: the timeouts of `--set`, and mistakes. */

import type { CommandUse, Word } from '../../../grammar/ast/rules.ts';
import { parseDecimal } from '../../../grammar/value/decimal.ts';
import { timeoutSeconds } from '../../../grammar/value/limits.ts';
import { type Timeouts, timeoutNames } from '../../model/timeouts.ts';
import type { LineContext } from './context.ts';
import { commandText } from './legality.ts';
import { problem } from './problems.ts';

/** The three words of `--set`; 0 keeps what there is. */
export function readTimeouts(words: readonly Word[], { span }: CommandUse, context: LineContext): Timeouts {
  const timeouts: { -readonly [Name in keyof Timeouts]: Timeouts[Name] } = {};
  if (words.length < timeoutNames.length) {
    const suggestion = 'write --set TCP TCPFIN UDP, with 0 for what shall stay as it is';
    context.report(problem('missing-timeouts', { count: words.length }, { span, suggestion }));
  }
  for (const [index, name] of timeoutNames.entries()) {
    const word = words[index];
    if (word === undefined) break;
    const seconds = parseDecimal(word.text, timeoutSeconds);
    if (seconds === undefined) {
      const parts = { name: '--set', text: word.text, range: timeoutSeconds };
      context.report(problem('invalid-number', parts, { span: word.span }));
    } else if (seconds !== 0) timeouts[name] = seconds;
  }
  return timeouts;
}

/** Reports the first of the words that belong to nothing: the others are often its continuation. */
export function reportLeftovers([word]: readonly Word[], command: CommandUse, context: LineContext): void {
  if (word === undefined) return;
  const { text, span } = word;
  const inFront = span.start < command.span.start;
  const suggestion = inFront ? `begin the line with ${commandText(command)}` : 'leave it out';
  context.report(problem('unexpected-word', { text }, { span, suggestion }));
}
