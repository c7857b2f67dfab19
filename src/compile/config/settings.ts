/** Owns what settings mean: one reader for each kind, for `defaults`, profiles, services and backends alike. */

import type {
  BackendOption,
  EngineSetting,
  ForwardSetting,
  PersistOption,
  PersistSetting,
  SchedulerSetting,
  Setting,
  TunnelOptions,
  Value,
} from '../../../grammar/ast/config.ts';
import { nearest } from '../../../grammar/text/nearest.ts';
import { quoted } from '../../../grammar/text/quoted.ts';
import type { Span } from '../../../grammar/text/span.ts';
import {
  defaultPersistenceSeconds,
  engineNameLength,
  persistenceSeconds,
  schedulerNameLength,
  thresholds,
  tunnelPorts,
  weights,
} from '../../../grammar/value/limits.ts';
import { type Netmask, hostMask, maskOfPrefix, parseNetmask } from '../../../grammar/value/netmask.ts';
import { schedulerFlagWords } from '../../../grammar/value/scheduler-flags.ts';
import { knownEngines, knownSchedulers } from '../../../grammar/value/schedulers.ts';
import type { Forwarding, Tunnel, TunnelChecksum } from '../../model/destination.ts';
import { onlyOnce, saidTwice } from './once.ts';
import { readPort } from './ports.ts';
import { problem } from './problems.ts';
import type { BackendChoices, Choices, Persisting, Scheduling } from './resolved.ts';
import {
  type Resolution,
  detailsOf,
  readDuration,
  readKernelName,
  readNumber,
  readOne,
  readSet,
  wordOf,
} from './values.ts';

type AnySetting = Setting | BackendOption;
type Reader<Kind extends AnySetting['kind']> = (
  setting: Extract<AnySetting, { readonly kind: Kind }>,
  resolution: Resolution,
) => Choices;

function readFlags(value: Value, scheduler: string, resolution: Resolution): number {
  let flags = 0;
  for (const atom of readSet(value, resolution) ?? []) {
    const word = wordOf(atom) ?? '';
    const flag = schedulerFlagWords.find((known) => known.word === word);
    if (flag === undefined) {
      const words = schedulerFlagWords.map(({ word }) => word);
      const near = nearest(word, words);
      const advice = near === undefined ? `known flags: ${words.join(', ')}` : `did you mean ${near}?`;
      resolution.report(problem('unknown-flag', { word }, detailsOf(atom, advice)));
    } else if (flag.scheduler !== undefined && flag.scheduler !== scheduler) {
      resolution.report(problem('foreign-flag', { word, owner: flag.scheduler, scheduler }, detailsOf(atom)));
    } else flags |= flag.bit;
  }
  return flags;
}

function readScheduling({ name: value, flags }: SchedulerSetting, resolution: Resolution): Scheduling | undefined {
  const what = { noun: 'scheduler', known: knownSchedulers, longest: schedulerNameLength };
  const name = readKernelName(value, what, resolution);
  if (name === undefined) return undefined;
  return { name, flags: flags === undefined ? 0 : readFlags(flags, name, resolution) };
}

function readEngine(value: Value, resolution: Resolution): string | undefined {
  const what = { noun: 'persistence engine', known: knownEngines, longest: engineNameLength };
  return readKernelName(value, what, resolution);
}

function readMask({ name, value }: PersistOption, resolution: Resolution): Netmask | undefined {
  const expected =
    name === 'mask' ? 'a prefix length from 0 to 32, or a mask such as 255.255.255.0' : 'a prefix length from 1 to 128';
  const atom = readOne(value, expected, resolution);
  if (atom === undefined) return undefined;
  const text = wordOf(atom) ?? '';
  const isPrefix = name === 'mask' && /^\d{1,2}$/.test(text) && Number(text) <= 32;
  const mask = isPrefix ? maskOfPrefix(Number(text)) : parseNetmask(text, name === 'mask' ? 'ip' : 'ip6');
  if (mask === undefined) resolution.report(problem('bad-mask', { text, expected }, detailsOf(atom)));
  return mask;
}

function readPersisting({ off, time, options }: PersistSetting, resolution: Resolution): Persisting | undefined {
  if (off) return 'off';
  const isFirst = onlyOnce(resolution.report);
  const masks = { ip: hostMask('ip'), ip6: hostMask('ip6') };
  let engine: string | undefined;
  for (const option of options) {
    if (!isFirst(option.name, option.span)) continue;
    if (option.name === 'engine') engine = readEngine(option.value, resolution);
    else {
      const family = option.name === 'mask' ? 'ip' : 'ip6';
      masks[family] = readMask(option, resolution) ?? masks[family];
    }
  }
  const timeout = time === undefined ? defaultPersistenceSeconds : readDuration(time, persistenceSeconds, resolution);
  if (timeout === undefined) return undefined;
  return { timeout, timed: time !== undefined, masks, ...(engine !== undefined && { engine }) };
}

const checksums: Readonly<Record<NonNullable<TunnelOptions['checksum']>, TunnelChecksum>> = {
  nocsum: 'none',
  csum: 'plain',
  remcsum: 'remote',
};

function readTunnel(options: TunnelOptions | undefined, resolution: Resolution): Tunnel | undefined {
  const { type = 'ipip' } = options ?? {};
  const checksum = checksums[options?.checksum ?? 'nocsum'];
  switch (type) {
    case 'ipip':
      return { type };
    case 'gue': {
      const port = options?.port && readNumber(options.port, tunnelPorts, resolution);
      return port === undefined ? undefined : { type, port, checksum };
    }
    case 'gre':
      if (checksum !== 'remote') return { type, checksum };
      if (options !== undefined) resolution.report(problem('remcsum-with-gre', undefined, { span: options.span }));
      return undefined;
  }
}

function readForwarding({ method, tunnel }: ForwardSetting, resolution: Resolution): Forwarding | undefined {
  if (method === 'masq') return { method: 'masquerade' };
  if (method === 'dr') return { method: 'direct' };
  const read = readTunnel(tunnel, resolution);
  return read && { method: 'tunnel', tunnel: read };
}

/** Every setting's reader. What can't be read is left out, and the next weaker place counts: the run has failed anyhow. */
const readers: { readonly [Kind in AnySetting['kind']]: Reader<Kind> } = {
  scheduler: (setting, resolution) => {
    const value = readScheduling(setting, resolution);
    return value === undefined ? {} : { scheduler: { value, span: setting.span } };
  },
  persist: (setting, resolution) => {
    const value = readPersisting(setting, resolution);
    return value === undefined ? {} : { persist: { value, span: setting.span } };
  },
  engine: ({ name, span }: EngineSetting, resolution) => ({
    engine: { value: name && readEngine(name, resolution), span },
  }),
  'one-packet': ({ off, span }) => ({ onePacket: { value: !off, span } }),
  'on-remove': ({ drain, span }, resolution) => {
    if (drain === undefined) return { onRemove: { value: { kind: 'cut' }, span } };
    const seconds = readDuration(drain, persistenceSeconds, resolution);
    return seconds === undefined ? {} : { onRemove: { value: { kind: 'drain', seconds }, span } };
  },
  forward: (setting, resolution) => {
    const value = readForwarding(setting, resolution);
    return value === undefined ? {} : { forwarding: { value, span: setting.span } };
  },
  weight: ({ weight: value, initial, span }, resolution) => {
    const weight = readNumber(value, weights, resolution);
    return weight === undefined ? {} : { weight: { value: { weight, initial }, span } };
  },
  upper: ({ connections, span }, resolution) => {
    const value = readNumber(connections, thresholds, resolution);
    return value === undefined ? {} : { upper: { value, span } };
  },
  lower: ({ connections, span }, resolution) => {
    const value = readNumber(connections, thresholds, resolution);
    return value === undefined ? {} : { lower: { value, span } };
  },
  port: ({ port, span }, resolution) => {
    const value = readPort(port, resolution);
    return value === undefined ? {} : { port: { value, span } };
  },
  'cross-family': ({ span }) => ({ crossFamily: { value: true, span } }),
};

/** Whether a node is a setting, among the other lines of a service. */
export function isSetting<Node extends { readonly kind: string }>(
  node: Node,
): node is Node & { readonly kind: AnySetting['kind'] } {
  return Object.hasOwn(readers, node.kind);
}

const nothing: Choices = {};

/** Two places of one file, the later one in front. */
function inOrder(one: Span, other: Span): [Span, Span] {
  return one.start > other.start ? [one, other] : [other, one];
}

function readSetting(setting: Setting, resolution: Resolution): Choices {
  const read = readers[setting.kind] as (setting: AnySetting, resolution: Resolution) => Choices;
  return read(setting, resolution);
}

/**
 * What two places say of a service together. An engine that belongs to a persistence goes with it: `persist` in the
 * stronger place outweighs the engine of the weaker one, if it names another or is off.
 */
export function outweighed(weak: Choices, strong: Choices): Choices {
  const persisting = strong.persist?.value;
  const replacesEngine = persisting === 'off' || persisting?.engine !== undefined;
  const { engine, ...others } = weak;
  return { ...(engine === undefined || replacesEngine ? others : weak), ...strong };
}

/** What the settings of one block say together; each may be said once. */
export function readChoices(settings: readonly Setting[], resolution: Resolution): Choices {
  const [only] = settings;
  if (settings.length < 2) return only === undefined ? nothing : readSetting(only, resolution);
  const choices: Choices = {};
  // There are only a few kinds, so a list of them is faster than a map; and this is done for every backend.
  const seen: Setting[] = [];
  for (const setting of settings) {
    const before = seen.find(({ kind }) => kind === setting.kind);
    if (before !== undefined) {
      resolution.report(saidTwice(quoted(setting.kind), setting.span, before.span));
      continue;
    }
    seen.push(setting);
    Object.assign(choices, readSetting(setting, resolution));
  }
  const { engine, persist } = choices;
  if (engine !== undefined && persist !== undefined && persist.value !== 'off' && persist.value.engine !== undefined)
    resolution.report(saidTwice(quoted('engine'), ...inOrder(engine.span, persist.span)));
  return choices;
}

/** What the options behind one backend say together; each may be said once. */
export function readBackendChoices(options: readonly BackendOption[], resolution: Resolution): BackendChoices {
  return readChoices(options as readonly Setting[], resolution);
}
