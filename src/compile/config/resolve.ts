/** Owns the resolution of a whole configuration: every value typed, every name looked up, every setting merged. */

import type { ResolvedConfig } from './resolved.ts';
import type { Declarations, Repeatable } from './declarations.ts';
import { readDaemon, readTimeouts } from './daemons.ts';
import { readPool } from './members.ts';
import { type Surroundings, readService } from './services.ts';
import { readChoices } from './settings.ts';
import type { Resolution } from './values.ts';

/** A resolved configuration, and the names in it that something refers to. */
export interface Resolved {
  readonly config: ResolvedConfig;
  readonly usedPools: ReadonlySet<string>;
  readonly usedProfiles: ReadonlySet<string>;
}

/** Reads a statement only for the mistakes in it. */
function lookInto(statement: Repeatable, surroundings: Surroundings, resolution: Resolution): void {
  switch (statement.kind) {
    case 'pool':
      readPool(statement, resolution);
      break;
    case 'service':
      readService(statement, surroundings, resolution);
      break;
    case 'profile':
    case 'defaults':
      readChoices(statement.block.items, resolution);
      break;
    case 'timeouts':
      readTimeouts(statement, resolution);
      break;
    case 'sync':
      readDaemon(statement, resolution);
      break;
    case 'define':
    case 'own':
      break;
  }
}

/** Resolves everything that is declared, used or not: a mistake in a pool that nobody uses yet is a mistake. */
export function resolveConfig(
  { pools, profiles, services, defaults, timeouts, daemons, own, repeated }: Declarations,
  isLost: (name: string) => boolean,
  resolution: Resolution,
): Resolved {
  const surroundings = {
    defaults: defaults === undefined ? {} : readChoices(defaults.block.items, resolution),
    profiles: new Map([...profiles].map(([name, { block }]) => [name, readChoices(block.items, resolution)])),
    pools: new Map([...pools].map(([name, pool]) => [name, readPool(pool, resolution)])),
    isLost,
    usedProfiles: new Set<string>(),
    usedPools: new Set<string>(),
  };
  const { usedPools, usedProfiles } = surroundings;
  const config: ResolvedConfig = {
    pools: [...surroundings.pools.values()],
    services: [...services.values()].map((service) => readService(service, surroundings, resolution)),
    timeouts: timeouts === undefined ? {} : readTimeouts(timeouts, resolution),
    daemons: new Map(
      [...daemons].flatMap(([role, sync]) => {
        const value = readDaemon(sync, resolution);
        return value === undefined ? [] : [[role, { value, span: sync.span }]];
      }),
    ),
    ...(own && { owns: own.what }),
  };
  for (const statement of repeated) lookInto(statement, surroundings, resolution);
  return { config, usedPools, usedProfiles };
}
