/** Owns services with their values resolved: listeners, settings of all places merged, and backends. */

import type { Backends, Name, ServiceItem, ServiceStatement, Setting } from '../../../grammar/ast/config.ts';
import { readListener, readMarks } from './listeners.ts';
import { readMember } from './members.ts';
import { onlyOnce } from './once.ts';
import { problem } from './problems.ts';
import type { BackendChoices, Choices, Listener, ResolvedPool, ResolvedService, Use } from './resolved.ts';
import { isSetting, outweighed, readBackendChoices, readChoices } from './settings.ts';
import type { Resolution } from './values.ts';

/** What a service may refer to. */
export interface Surroundings {
  readonly defaults: Choices;
  readonly profiles: ReadonlyMap<string, Choices>;
  readonly pools: ReadonlyMap<string, ResolvedPool>;
  /** Names whose declarations could not be read, or may stand in a file that could not. */
  readonly isLost: (name: string) => boolean;
  /** Takes the name of each profile and pool that is used. */
  readonly usedProfiles: Set<string>;
  readonly usedPools: Set<string>;
}

/** Looks a name up; reports, with the nearest of the names that exist, if there is none. */
function find<Found>(
  noun: 'pool' | 'profile',
  { text, span }: Name,
  declared: ReadonlyMap<string, Found>,
  { isLost }: Surroundings,
  { report, suggest }: Resolution,
): Found | undefined {
  const found = declared.get(text);
  if (found === undefined && !isLost(text)) {
    report(problem('undeclared-name', { noun, name: text }, { span, ...suggest(text, declared.keys()) }));
  }
  return found;
}

/** What two places say of a backend together. Not with spreads, which are slow: it is done for every backend. */
function backendOutweighed(weak: BackendChoices, strong: BackendChoices): BackendChoices {
  return {
    forwarding: strong.forwarding ?? weak.forwarding,
    weight: strong.weight ?? weak.weight,
    upper: strong.upper ?? weak.upper,
    lower: strong.lower ?? weak.lower,
    port: strong.port ?? weak.port,
    crossFamily: strong.crossFamily ?? weak.crossFamily,
  };
}

/** One line of backends; what a member says itself outweighs the line, and that the service. */
function useOf(
  common: BackendChoices,
  { members, choices, ...use }: Omit<Use, 'backends'> & Pick<ResolvedPool, 'members'>,
): Use {
  const base = use.pool === undefined ? common : backendOutweighed(common, choices);
  const backends = members.map((member) => ({ member, choices: backendOutweighed(base, member.choices) }));
  return { ...use, choices, backends };
}

/** A service with everything that could be read of it. */
export function readService(
  { name, block }: ServiceStatement,
  surroundings: Surroundings,
  resolution: Resolution,
): ResolvedService {
  const isFirst = onlyOnce(resolution.report);
  const listeners: Listener[] = [];
  const lines: Parameters<typeof useOf>[1][] = [];
  const settings: Setting[] = [];
  let profile: Choices = {};
  let description: string | undefined;
  let { complete } = block;

  const readPoolLine = ({ pool: poolName, options, span }: Backends): void => {
    const choices = readBackendChoices(options, resolution);
    surroundings.usedPools.add(poolName.text);
    const pool = find('pool', poolName, surroundings.pools, surroundings, resolution);
    if (pool === undefined) complete = false;
    else if (resolution.budget.spend(pool.members.length, span))
      lines.push({ pool, members: pool.members, choices, span });
  };

  const listen = (more: readonly Listener[] | undefined): void => {
    for (const listener of more ?? []) listeners.push(listener);
    complete &&= more !== undefined;
  };

  const readItem = (item: Exclude<ServiceItem, Setting>): void => {
    switch (item.kind) {
      case 'describe':
        if (isFirst('describe', item.span)) description = item.text.text;
        break;
      case 'use':
        surroundings.usedProfiles.add(item.profile.text);
        if (!isFirst('use', item.span)) break;
        profile = find('profile', item.profile, surroundings.profiles, surroundings, resolution) ?? {};
        break;
      case 'listener':
        listen(readListener(item, resolution));
        break;
      case 'mark':
        listen(readMarks(item, resolution));
        break;
      case 'backends':
        readPoolLine(item);
        break;
      case 'backend': {
        const member = readMember(item.member, resolution);
        if (member === 'unreadable') complete = false;
        else if (member !== 'empty') lines.push({ members: [member], choices: {}, span: item.span });
        break;
      }
    }
  };

  for (const item of block.items) {
    if (isSetting(item)) settings.push(item);
    else readItem(item);
  }
  const own = settings.length === 0 ? profile : outweighed(profile, readChoices(settings, resolution));
  const choices = outweighed(surroundings.defaults, own);
  const uses = lines.map((line) => useOf(choices, line));
  return {
    name: { value: name.text, span: name.span },
    description,
    choices,
    listeners,
    uses,
    backends: uses.flatMap(({ backends }) => backends),
    complete,
  };
}
