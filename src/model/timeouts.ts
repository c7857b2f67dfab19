/** Owns the three connection timeouts that the IPVS netlink family can set. */

import type { Span } from '../../grammar/text/span.ts';

/** The three of `--set`, by their order there. */
export type TimeoutName = 'tcp' | 'tcpFin' | 'udp';

/** In the order of `ipvsadm --set`. */
export const timeoutNames: readonly TimeoutName[] = ['tcp', 'tcpFin', 'udp'];

/** Seconds, 1..2678400. An absent one is left as it is (desired) or not known to this kernel (read). */
export interface Timeouts {
  readonly tcp?: number;
  readonly tcpFin?: number;
  readonly udp?: number;
  /** What asked for them. Never part of a comparison. */
  readonly origin?: Span;
}

/** What a network namespace starts with (ip_vs_proto_tcp.c, ip_vs_proto_udp.c). */
export const kernelDefaultTimeouts = { tcp: 900, tcpFin: 120, udp: 300 } as const;
