/** Owns the configuration with every value resolved: typed, merged, and each with the place it was written in. */

import type { Related } from '../../../grammar/text/diagnostic.ts';
import type { Span } from '../../../grammar/text/span.ts';
import type { Address } from '../../../grammar/value/address.ts';
import type { Family } from '../../../grammar/value/family.ts';
import type { Netmask } from '../../../grammar/value/netmask.ts';
import type { SchedulerFlags } from '../../../grammar/value/scheduler-flags.ts';
import type { Daemon, DaemonRole } from '../../model/daemon.ts';
import type { Forwarding } from '../../model/destination.ts';
import type { Removal, ServiceKey } from '../../model/service.ts';
import type { Ownership } from '../../model/table.ts';
import type { Timeouts } from '../../model/timeouts.ts';

/** A value that somebody wrote, and where. */
export interface Given<T> {
  readonly value: T;
  readonly span: Span;
}

/** `scheduler NAME flags { ... }` */
export interface Scheduling {
  readonly name: string;
  readonly flags: SchedulerFlags;
}

/** `persist ...`; `off` outweighs what defaults or a profile say. */
export type Persisting =
  | 'off'
  | {
      readonly timeout: number;
      /** Somebody wrote the time. */
      readonly timed: boolean;
      readonly masks: Readonly<Record<Family, Netmask>>;
      readonly engine?: string;
    };

/** A port as a number, or as a name that only a protocol gives a number. */
export type Port = number | { readonly name: string };

/** Settings of a service, as one block says them or several together. */
export interface ServiceChoices {
  readonly scheduler?: Given<Scheduling>;
  readonly persist?: Given<Persisting>;
  readonly engine?: Given<string | undefined>;
  readonly onePacket?: Given<boolean>;
  readonly onRemove?: Given<Removal>;
}

/** Settings of a backend, as one place says them or several together. */
export interface BackendChoices {
  readonly forwarding?: Given<Forwarding> | undefined;
  readonly weight?: Given<{ readonly weight: number; readonly initial: boolean }> | undefined;
  readonly upper?: Given<number> | undefined;
  readonly lower?: Given<number> | undefined;
  readonly port?: Given<Port> | undefined;
  readonly crossFamily?: Given<true> | undefined;
}

/** What `defaults`, a profile or a service says. */
export type Choices = ServiceChoices & BackendChoices;

/** A member of a pool, or a `backend`. */
export interface Member {
  readonly name?: string;
  readonly addresses: Readonly<Record<Family, readonly Address[]>>;
  readonly choices: BackendChoices;
  readonly span: Span;
}

/** A pool. */
export interface ResolvedPool {
  readonly name: Given<string>;
  readonly members: readonly Member[];
}

/** A member as one line of a service uses it: whatever is said of it, from all places. */
export interface Backend {
  readonly member: Member;
  readonly choices: BackendChoices;
}

/** One `backends` or `backend` line. */
export interface Use {
  /** Absent: a `backend`. */
  readonly pool?: ResolvedPool;
  /** What the line itself says. */
  readonly choices: BackendChoices;
  readonly backends: readonly Backend[];
  readonly span: Span;
}

/** One address and port, or mark, that a service listens on. */
export interface Listener {
  readonly key: ServiceKey;
  /** Where its address or mark stands. */
  readonly span: Span;
  /** Where its port stands. */
  readonly portSpan?: Span;
  /** The variable that it came from. */
  readonly defined?: Related | undefined;
}

/** A service as it was written: listeners times backends. */
export interface ResolvedService {
  readonly name: Given<string>;
  readonly description: string | undefined;
  /** Of `defaults`, the profile and the service together. */
  readonly choices: Choices;
  readonly listeners: readonly Listener[];
  readonly uses: readonly Use[];
  /** Those of all its lines. */
  readonly backends: readonly Backend[];
  /** Nothing of it was left out because of a mistake. */
  readonly complete: boolean;
}

/** A whole configuration. */
export interface ResolvedConfig {
  /** Those that nobody uses, too. */
  readonly pools: readonly ResolvedPool[];
  readonly services: readonly ResolvedService[];
  readonly timeouts: Timeouts;
  readonly daemons: ReadonlyMap<DaemonRole, Given<Daemon | 'stopped'>>;
  readonly owns?: Ownership;
}
