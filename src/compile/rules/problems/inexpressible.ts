/** Owns what of a table the rules language can not express. */

import type { DiagnosticDefinition } from '../../../../grammar/text/diagnostic.ts';

interface Named {
  readonly name: string;
}

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
    message: ({ name, others }: Named & { readonly others: number }) =>
      `the weight of ${name}${others === 0 ? '' : ` (and those of ${others} more)`} is meant for its creation only, which no rule can say`,
    explanation: 'Rules have no word for a weight that only counts when the real server is created.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;
