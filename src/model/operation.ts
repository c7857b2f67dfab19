/** Owns the kernel's writing commands as data: what a step does, what undoes it, and what the memory kernel executes. */

import type { Span } from '../../grammar/text/span.ts';
import type { Daemon, DaemonRole } from './daemon.ts';
import type { DestinationKey, DestinationSettings } from './destination.ts';
import type { ServiceKey, ServiceSettings } from './service.ts';
import type { Timeouts } from './timeouts.ts';

/** One message to the kernel (IPVS_CMD_*, kernel reference 1.1). `new-*` fails if it exists, `set-*` if it does not. */
export type Operation = (
  | { readonly kind: 'new-service'; readonly service: ServiceKey; readonly settings: ServiceSettings }
  | { readonly kind: 'set-service'; readonly service: ServiceKey; readonly settings: ServiceSettings }
  | { readonly kind: 'delete-service'; readonly service: ServiceKey }
  | DestinationOperation<'new-destination'>
  | DestinationOperation<'set-destination'>
  | { readonly kind: 'delete-destination'; readonly service: ServiceKey; readonly destination: DestinationKey }
  | { readonly kind: 'set-timeouts'; readonly timeouts: Timeouts }
  | { readonly kind: 'start-daemon'; readonly daemon: Daemon }
  | { readonly kind: 'stop-daemon'; readonly role: DaemonRole }
  /** Counters of one service and its destinations, or of everything. Never part of an apply. */
  | { readonly kind: 'zero'; readonly service?: ServiceKey }
  /** Every service. Never part of an apply: it unhooks IPVS and live connections get RST. */
  | { readonly kind: 'flush' }
) & {
  /** The source line that asked for it, for the report of a refusal. */
  readonly origin?: Span;
};

interface DestinationOperation<Kind extends 'new-destination' | 'set-destination'> {
  readonly kind: Kind;
  readonly service: ServiceKey;
  readonly destination: DestinationKey;
  readonly settings: DestinationSettings;
}

/** The name of a kernel command. */
export type OperationKind = Operation['kind'];
