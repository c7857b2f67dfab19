/** Owns what of a table the rules language can not express. */

import type { DiagnosticDefinition } from '../../../../grammar/text/diagnostic.ts';

interface Named {
  readonly name: string;
}

interface Lost extends Named {
  /** How many more there are. */
  readonly others: number;
}

const more = ({ others }: Lost): string => (others === 0 ? '' : ` (and of ${others} more)`);

/** A table that the rules language can not express. */
export const inexpressible = {
  inexpressible: {
    severity: 'error',
    message: ({ name, reason }: Named & { readonly reason: string }) =>
      `${name} can not be written as a rule: ${reason}`,
    explanation:
      'The kernel takes more than ipvsadm can say: other protocols, forwarding methods and types of tunnel, a service of all ports without persistence, one-packet scheduling of TCP, direct routing to another port. Another program has set this.',
  },
  'lost-initial': {
    severity: 'warning',
    message: (lost: Lost) =>
      `the weight of ${lost.name}${more(lost)} is meant for its creation only, which no rule can say`,
    explanation: 'Rules have no word for a weight that only counts when the real server is created.',
  },
  'lost-removal': {
    severity: 'warning',
    message: (lost: Lost) => `no rule can say what is to happen at the removal of ${lost.name}${more(lost)}`,
    explanation: 'Rules have no word for `on-remove`. `apply --drain` says it for a whole plan.',
  },
  'lost-ownership': {
    severity: 'warning',
    message: () => 'no rule can say that other services are left alone: a rule file owns the whole table',
    explanation:
      'A configuration with `own declared` leaves services of other programs alone. Rules made of it do so with `--own declared` only.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;
