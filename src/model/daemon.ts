/** Owns the connection synchronisation daemons: one master and one backup per network namespace. */

import type { Span } from '../../grammar/text/span.ts';
import type { Address } from '../../grammar/value/address.ts';

/** A director sends its connections as `master` or takes another one's as `backup`; it may do both. */
export type DaemonRole = 'master' | 'backup';

/** Both, in the order in which the kernel lists them. */
export const daemonRoles: readonly DaemonRole[] = ['master', 'backup'];

/**
 * What a daemon is started with. Absent in a desired table: the kernel's default (kernel reference, 7), which depends
 * on the interface, so a comparison leaves that field out. A running daemon that was read has every field.
 */
export interface DaemonSettings {
  /** 1..15 characters; must exist and be up. */
  readonly interface: string;
  /** 0..255: only 8 bits travel. */
  readonly syncId: number;
  /** Default 224.0.0.81. */
  readonly group?: Address;
  /** Base UDP port, default 8848. */
  readonly port?: number;
  /** 1..255, default 1. */
  readonly ttl?: number;
  /** Bytes, 1..65507; the kernel raises a backup's to 1024 at least. */
  readonly maxLength?: number;
}

/** A daemon that runs or shall run. Nothing of it can be edited: a change is a stop and a start. */
export interface Daemon {
  readonly role: DaemonRole;
  readonly settings: DaemonSettings;
  /** What asked for it. Never part of a comparison. */
  readonly origin?: Span;
}
