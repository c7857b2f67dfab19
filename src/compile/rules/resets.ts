/** Owns the warning that an edit resets what it does not name: -E and -e replace, they do not merge. */

import type { RuleLine } from '../../../grammar/ast/rules.ts';
import { printOption } from '../../../grammar/print/rules.ts';
import type { Diagnostic } from '../../../grammar/text/diagnostic.ts';
import { options } from '../../../grammar/vocabulary/options.ts';
import { tunnelSlots } from '../../../grammar/vocabulary/tunnels.ts';
import { destinationId } from '../../model/destination.ts';
import type { Operation } from '../../model/operation.ts';
import type { Simulation } from '../../simulate/simulation.ts';
import { madeOption } from './made-rule.ts';
import { type OptionWords, destinationWords, serviceWords } from './option-words.ts';
import { problem } from './problems.ts';
import type { Request } from './read-rule.ts';
import type { Said } from './said.ts';

const slotOf = new Map(options.map(({ long, slot }) => [long, slot]));

/** The settings that an edit meets and those that it leaves behind, in words. */
function wordsOf(operation: Operation, simulation: Simulation): readonly (readonly OptionWords[])[] {
  if (operation.kind !== 'set-service' && operation.kind !== 'set-destination') return [];
  const service = simulation.service(operation.service);
  if (service === undefined) return [];
  if (operation.kind === 'set-service') {
    return [serviceWords(service.settings, service.key), serviceWords(operation.settings, service.key)];
  }
  const destination = service.destinations.get(destinationId(operation.destination));
  const before = destination && destinationWords(destination.settings);
  const after = destinationWords(operation.settings);
  return before && after ? [before, after] : [];
}

/** Whether the rule itself says that this setting changes: by its option, or by one that the option depends on. */
function isSpokenOf([option]: OptionWords, { given }: Said): boolean {
  const slot = slotOf.get(option);
  if (slot === undefined || given.has(slot)) return true;
  if (slot === 'sched-flags') return given.has('scheduler');
  return given.has('forwarding-method') && tunnelSlots.includes(slot);
}

/** What to say of a rule if it is an edit, before the simulation executes it. */
export function warnOfReset(
  { operation, said }: Request,
  line: RuleLine,
  simulation: Simulation,
): Diagnostic | undefined {
  const [before, after] = wordsOf(operation, simulation);
  if (before === undefined || after === undefined) return undefined;
  const kept = new Set(after.map((word) => printOption(madeOption(word))));
  const lost = before
    .filter((word) => !isSpokenOf(word, said))
    .map((word) => printOption(madeOption(word)))
    .filter((printed) => !kept.has(printed));
  if (lost.length === 0) return undefined;
  const suggestion = `add ${lost.join(' ')} to keep ${lost.length === 1 ? 'it' : 'them'}`;
  return problem('resetting-edit', { changes: lost }, { span: line.command.span, suggestion });
}
