/** Owns the one interface through which a table is read and written: netlink and the memory kernel implement it. */

import type { LiveService, Snapshot } from '../model/activity.ts';
import type { Refusal } from '../model/errno.ts';
import type { Operation } from '../model/operation.ts';
import type { ServiceKey } from '../model/service.ts';

/** What GET_INFO tells. */
export interface KernelInfo {
  /** `1.2.1`: the version of IPVS, not of the kernel. */
  readonly version: string;
  /** Buckets of the connection table. */
  readonly connectionTableSize: number;
}

/** What a dump is made of; services come with their destinations. */
export type DumpPart = 'services' | 'timeouts' | 'daemons';

/** What a reader of the table may leave out. */
export interface DumpOptions {
  /** Counters cost time to decode; they are left out unless asked for. */
  readonly counters?: boolean;
  /** All of them unless given. A part that was not read is not spoken of in the table. */
  readonly parts?: readonly DumpPart[];
  /** Only this one of the services: the table holds none if the kernel has no such service (GET_SERVICE's ESRCH). */
  readonly service?: ServiceKey;
}

/** What a reader of the list of services may leave out. */
export interface ListOptions extends Pick<DumpOptions, 'counters' | 'service'> {
  /**
   * Only what most listings show of destinations: not their thresholds and persistence templates, which then may read as
   * 0. It saves a dump for each service.
   */
  readonly brief?: boolean;
}

/** A kernel with IPVS in one network namespace. Every method rejects with a {@link KernelFault} and nothing else. */
export interface KernelPort {
  /** The most operations that travel in one batch: what the receive buffer can answer. */
  readonly maxBatch: number;
  info(): Promise<KernelInfo>;
  /** One pass over services, destinations, timeouts and daemons. Not a snapshot: a concurrent writer can tear it. */
  dump(options?: DumpOptions): Promise<Snapshot>;
  /**
   * Executes the operations in order; more than `maxBatch` go in several batches. The kernel goes on behind a refused
   * one, so every operation that is not among the refusals has happened. A rejection leaves open what has happened.
   */
  execute(batch: readonly Operation[]): Promise<readonly Refusal[]>;
  /** Releases the sockets. May be called twice. */
  close(): void;
}

/** A kernel whose services can also be had as they are listed, without making a table of them. */
export interface ListingPort extends KernelPort {
  /** In the order of the kernel. As torn as a dump may be. */
  list(options?: ListOptions): Promise<readonly LiveService[]>;
}

/**
 * Why the kernel can't be used, or why it is not known what it did.
 * `unavailable`: no ip_vs. `denied`: CAP_NET_ADMIN in the initial user namespace is missing (exit 10, both).
 * `lost`: an answer did not come or overflowed the receive buffer; the table must be read again.
 * `torn`: the table kept changing while it was read.
 * `failed`: the kernel refused to be read, with the errno in the message.
 */
export type KernelFaultKind = 'unavailable' | 'denied' | 'lost' | 'torn' | 'failed';

/** The transport's failure, as against a refusal, which is an answer. */
export class KernelFault extends Error {
  readonly kind: KernelFaultKind;

  constructor(kind: KernelFaultKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'KernelFault';
    this.kind = kind;
  }
}
