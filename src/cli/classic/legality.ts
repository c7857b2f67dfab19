/** Owns which options may meet: in a command, in a listing, in a tunnel (ipvsadm reference, 1.5 and 1.6). */

import { type CommandName, type Legality, slotsOf } from '../../../grammar/vocabulary/commands.ts';
import { type Slot, slots } from '../../../grammar/vocabulary/options.ts';
import { type TunnelType, tunnelSlots, tunnelSlotsOf } from '../../../grammar/vocabulary/tunnels.ts';
import type { Draft } from './draft.ts';

/** Goes through slots in the order of ipvsadm's matrix; the answer is the first complaint. */
function check(
  given: ReadonlySet<Slot>,
  among: readonly Slot[],
  legal: ReadonlyMap<Slot, Legality>,
  subject: string,
): string | undefined {
  let exclusive: Slot | undefined;
  for (const slot of among) {
    const legality = legal.get(slot);
    if (!given.has(slot)) {
      if (legality === 'required') return `You need to supply the '${slot}' option for the ${subject}`;
    } else if (legality === undefined) return `Illegal '${slot}' option with the ${subject}`;
    else if (legality === 'exclusive') {
      if (exclusive !== undefined)
        return `The option '${slot}' conflicts with the '${exclusive}' option in the ${subject}`;
      exclusive = slot;
    }
  }
  return undefined;
}

/** Whether a command may be given these options. */
export function commandComplaint(command: CommandName, given: ReadonlySet<Slot>): string | undefined {
  return check(given, slots, slotsOf(command), `'${command}' command`);
}

function hasAny(given: ReadonlySet<Slot>, slots: readonly Slot[]): boolean {
  return slots.some((slot) => given.has(slot));
}

/** What the matrix does not say about a listing. */
export function listComplaint(given: ReadonlySet<Slot>): string | undefined {
  const conflict =
    (hasAny(given, ['connection', 'timeout', 'daemon']) && hasAny(given, ['stats', 'rate', 'thresholds'])) ||
    (hasAny(given, ['timeout', 'daemon']) && given.has('persistent-conn'));
  return conflict ? 'options conflicts in the list command' : undefined;
}

/** Whether a real server's method, and its type of tunnel, may be given these options. */
export function tunnelComplaint(
  method: Draft['method'],
  type: TunnelType,
  given: ReadonlySet<Slot>,
): string | undefined {
  if (method === 'tunnel') return check(given, tunnelSlots, tunnelSlotsOf[type], `'${type}' tunnel type`);
  return hasAny(given, tunnelSlots) ? 'Tunnel options conflict with forward method' : undefined;
}
