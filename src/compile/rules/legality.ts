/** Owns which options of a rule may meet: in a command, and in a tunnel (ipvsadm reference, 1.5 and 1.6). */

import type { CommandUse, OptionUse, Word } from '../../../grammar/ast/rules.ts';
import { type Legality, slotsOf } from '../../../grammar/vocabulary/commands.ts';
import { type Slot, options } from '../../../grammar/vocabulary/options.ts';
import { tunnelSlots, tunnelSlotsOf } from '../../../grammar/vocabulary/tunnels.ts';
import type { LineContext } from './context.ts';
import { problem } from './problems.ts';
import { type Said, optionText, writtenAs } from './said.ts';

/** How a person would write any option of a slot. */
function slotName(slot: Slot): string {
  const names = options.filter((option) => option.slot === slot).map((option) => optionText(option));
  return names.length > 1 ? `one of ${names.join(', ')}` : names.join('');
}

/** Reports what of the given options is illegal or too much, from left to right, and then what is missing. */
function check(given: Said['given'], legal: ReadonlyMap<Slot, Legality>, subject: Word, context: LineContext): void {
  let exclusive: OptionUse | undefined;
  given.forEach((use, slot) => {
    const legality = legal.get(slot);
    if (legality === undefined) {
      const name = writtenAs(use);
      const details = { span: use.span, suggestion: `leave out ${name}` };
      context.report(problem('illegal-option', { name, subject: subject.text }, details));
    } else if (legality !== 'exclusive') return;
    else if (exclusive === undefined) exclusive = use;
    else {
      const related = [{ message: 'the other one is here', span: exclusive.span }];
      const parts = { name: writtenAs(use), other: writtenAs(exclusive) };
      context.report(problem('exclusive-options', parts, { span: use.span, related }));
    }
  });
  legal.forEach((legality, slot) => {
    if (legality !== 'required' || given.has(slot)) return;
    const parts = { name: slotName(slot), subject: subject.text };
    context.report(problem('missing-option', parts, { span: subject.span }));
  });
}

/** What a command was written as, for a message. */
export function commandText({ command }: CommandUse): string {
  return command.short[0] === undefined ? `--${command.long}` : `-${command.short[0]}`;
}

/** Reports what the command of a rule does not take, and what it lacks. */
export function checkCommand(use: CommandUse, { given }: Said, context: LineContext): void {
  check(given, slotsOf(use.command.name), { text: commandText(use), span: use.span }, context);
}

/** Reports options of tunnels on a real server that is none, or not of that type. */
export function checkTunnel({ given, method, tunnelType = 'ipip' }: Said, context: LineContext): void {
  if (!tunnelSlots.some((slot) => given.has(slot))) return;
  const ofTunnel = new Map([...given].filter(([slot]) => tunnelSlots.includes(slot)));
  const [first] = ofTunnel.values();
  if (method === 'tunnel') {
    const span = (given.get('tun-type') ?? given.get('forwarding-method'))?.span;
    const subject = `a tunnel of the type ${tunnelType}`;
    if (span !== undefined) check(ofTunnel, tunnelSlotsOf[tunnelType], { text: subject, span }, context);
  } else if (first !== undefined) {
    const name = writtenAs(first);
    const suggestion = method === undefined ? 'add -i' : `leave out ${name}`;
    context.report(problem('tunnel-without-ipip', { name }, { span: first.span, suggestion }));
  }
}
