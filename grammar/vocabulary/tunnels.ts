/** Owns which options each type of tunnel takes (ipvsadm reference, 1.6). */

import type { Legality } from './commands.ts';
import type { Slot } from './options.ts';

/** The types that `--tun-type` knows; the first is what holds unless it is given. */
export const tunnelTypes = ['ipip', 'gue', 'gre'] as const;

/** A type of tunnel that can be written. */
export type TunnelType = (typeof tunnelTypes)[number];

/** Every option of a tunnel, in the order of ipvsadm's matrix. */
export const tunnelSlots: readonly Slot[] = ['tun-type', 'tun-port', 'tun-nocsum', 'tun-csum', 'tun-remcsum'];

/** The options that each type takes; the others are illegal. */
export const tunnelSlotsOf: Readonly<Record<TunnelType, ReadonlyMap<Slot, Legality>>> = {
  ipip: new Map([['tun-type', 'optional']]),
  gue: new Map([
    ['tun-type', 'optional'],
    ['tun-port', 'required'],
    ['tun-nocsum', 'exclusive'],
    ['tun-csum', 'exclusive'],
    ['tun-remcsum', 'exclusive'],
  ]),
  gre: new Map([
    ['tun-type', 'optional'],
    ['tun-nocsum', 'exclusive'],
    ['tun-csum', 'exclusive'],
  ]),
};
