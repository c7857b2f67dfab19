/** Owns every sentence about the draining of a backend, but for the one that it shares with configurations. */

import { type DiagnosticDefinition, problemsOf } from '../../../grammar/text/diagnostic.ts';
import type { ServiceId } from '../../model/service.ts';

interface OfService {
  readonly service: ServiceId;
}

/** By code. */
export const drainProblems = {
  'drain-keeps-templates': {
    severity: 'warning',
    message: ({ service }: OfService) =>
      `service ${service} is persistent: clients that it knows are still sent to a backend of weight 0`,
    explanation:
      'A persistence template outweighs the weight as long as net.ipv4.vs.expire_quiescent_template is 0, and each new connection prolongs it. With 1, a client whose backend has weight 0 is dealt anew.',
  },
  'drain-leaves-none': {
    severity: 'warning',
    message: ({ service }: OfService) =>
      `no backend of service ${service} is left that takes new connections: they are refused`,
    explanation: 'All backends of the service have weight 0 then. Connections that exist go on.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;

/** Makes a diagnostic of this registry. */
export const problem = problemsOf(drainProblems);
