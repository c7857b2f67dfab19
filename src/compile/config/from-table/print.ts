/** Owns the lines of a configuration that is made from a table. */

import { type Address, compareAddresses } from '../../../../grammar/value/address.ts';
import { formatDuration } from '../../../../grammar/value/duration.ts';
import { hostMask, maskOfPrefix } from '../../../../grammar/value/netmask.ts';
import { flagWords } from '../../../../grammar/value/scheduler-flags.ts';
import { knownEngines, knownSchedulers } from '../../../../grammar/value/schedulers.ts';
import type { DaemonSettings } from '../../../model/daemon.ts';
import type { Forwarding, TunnelChecksum } from '../../../model/destination.ts';
import type { ServiceKey, ServiceSettings } from '../../../model/service.ts';
import type { Block, BlockMember, BlockPool } from './blocks.ts';
import { addressRange, isNextAddress, runsOf } from './ranges.ts';

/** Characters of a line; a longer set is written one value a line. */
const longestLine = 100;
/** Listeners of one line of a service. */
const mostListeners = 65_536;

/** A text in double quotes. A line can't be broken inside, so line breaks become blanks. */
export function printText(text: string): string {
  return `"${text.replaceAll(/[\r\n]+/g, ' ').replaceAll(/["\\]/g, '\\$&')}"`;
}

/** A name of the kernel: bare if it is one of its own tree, in quotes if a module has brought it. */
function printKernelName(name: string, known: readonly string[]): string {
  return known.includes(name) ? name : printText(name);
}

/** `a` or `{ a, b }`, over several lines if it is long. */
function printSet(before: string, items: readonly string[], after: string): readonly string[] {
  const [only = ''] = items;
  const line = `${before}${items.length === 1 ? only : `{ ${items.join(', ')} }`}${after}`;
  if (items.length < 2 || line.length <= longestLine) return [line];
  return [`${before}{`, ...items.map((item, index) => `  ${item}${index < items.length - 1 ? ',' : ''}`), `}${after}`];
}

const checksums: Readonly<Record<TunnelChecksum, string>> = { none: '', plain: ' csum', remote: ' remcsum' };

/** `masq`, `dr`, `tunnel gue port 6080 csum`. Other methods have no words and are not asked for. */
export function printForwarding(forwarding: Forwarding): string {
  if (forwarding.method !== 'tunnel') return forwarding.method === 'masquerade' ? 'masq' : 'dr';
  const { tunnel } = forwarding;
  if (tunnel.type === 'gue') return `tunnel gue port ${tunnel.port}${checksums[tunnel.checksum]}`;
  return tunnel.type === 'gre' ? `tunnel gre${checksums[tunnel.checksum]}` : 'tunnel';
}

/** `scheduler mh flags { mh-fallback, mh-port }` */
export function printScheduler({ scheduler, flags }: Pick<ServiceSettings, 'scheduler' | 'flags'>): string {
  const words = flagWords(flags, scheduler);
  const set = words.length > 1 ? `{ ${words.join(', ')} }` : words.join('');
  return `scheduler ${printKernelName(scheduler, knownSchedulers)}${words.length === 0 ? '' : ` flags ${set}`}`;
}

function printMask({ family, settings: { persistence } }: Block): string {
  if (persistence === undefined || persistence.mask === hostMask(family)) return '';
  if (family === 'ip6') return ` mask6 ${persistence.mask}`;
  const prefix = Array.from({ length: 33 }, (_, length) => length).find(
    (length) => maskOfPrefix(length) === persistence.mask,
  );
  return ` mask ${prefix ?? persistence.mask}`;
}

function printPersistence(block: Block): readonly string[] {
  const { persistence, engine } = block.settings;
  const words = engine === undefined ? '' : `engine ${printKernelName(engine, knownEngines)}`;
  if (persistence === undefined) return words === '' ? [] : [words];
  return [`persist ${formatDuration(persistence.timeout)}${printMask(block)}${words === '' ? '' : ` ${words}`}`];
}

/** The ports of each set of addresses that all of them have. */
function portsByAddresses(
  listeners: readonly ServiceKey[],
): ReadonlyMap<string, { addresses: Address[]; ports: number[] }> {
  const byPort = new Map<number, Address[]>();
  for (const key of listeners) {
    if (key.kind === 'mark') continue;
    const addresses = byPort.get(key.port);
    if (addresses === undefined) byPort.set(key.port, [key.address]);
    else addresses.push(key.address);
  }
  const shared = new Map<string, { addresses: Address[]; ports: number[] }>();
  for (const [port, addresses] of byPort) {
    addresses.sort(compareAddresses);
    const id = addresses.join(' ');
    const group = shared.get(id);
    if (group === undefined) shared.set(id, { addresses, ports: [port] });
    else group.ports.push(port);
  }
  return shared;
}

function printPorts(ports: readonly number[]): readonly string[] {
  const runs = runsOf(
    ports.toSorted((left, right) => left - right),
    (before, port) => port === before + 1,
  );
  return runs.map((run) => (run.length === 1 ? `${run[0]}` : `${run[0]}-${run.at(-1)}`));
}

function printAddresses(addresses: readonly Address[]): readonly string[] {
  const runs = runsOf(addresses, isNextAddress);
  return runs.map(([first, ...others]) => (first === undefined ? '' : addressRange(first, others.at(-1) ?? first)));
}

/** The lines for what a service listens on. */
function printListeners({ listeners, family }: Block): readonly string[] {
  const marks = listeners.flatMap((key) => (key.kind === 'mark' ? [String(key.mark)] : []));
  if (marks.length > 0) return printSet('mark ', marks, ` ${family}`);
  const [first] = listeners;
  const protocol = first?.kind === 'endpoint' ? first.protocol : '';
  return [...portsByAddresses(listeners).values()].flatMap(({ addresses, ports }) => {
    const portList = printPorts(ports);
    const portText = portList.length === 1 ? portList.join('') : `{ ${portList.join(', ')} }`;
    const chunk = Math.max(1, Math.floor(mostListeners / ports.length));
    return Array.from({ length: Math.ceil(addresses.length / chunk) }, (_, index) =>
      printSet(
        `${protocol} `,
        printAddresses(addresses.slice(index * chunk, (index + 1) * chunk)),
        ` port ${portText}`,
      ),
    ).flat();
  });
}

/** What a member says behind its address. */
function printOptions(member: BlockMember, { forwarding }: BlockPool): string {
  const { settings, initial, port, crosses } = member;
  const { weight, upperThreshold, lowerThreshold } = settings;
  return [
    port === undefined ? '' : ` port ${port}`,
    forwarding === undefined ? ` ${printForwarding(settings.forwarding)}` : '',
    crosses ? ' cross-family' : '',
    weight === 1 && !initial ? '' : ` weight ${weight}${initial ? ' initial' : ''}`,
    upperThreshold === 0 ? '' : ` upper ${upperThreshold}`,
    lowerThreshold === 0 ? '' : ` lower ${lowerThreshold}`,
  ].join('');
}

/** The members of a pool, one a line; those that differ only in the next address are one. */
export function printMembers(pool: BlockPool, nameOf: (member: BlockMember) => string | undefined): readonly string[] {
  const lines = pool.members.map((member) => ({ member, options: printOptions(member, pool), name: nameOf(member) }));
  const runs = runsOf(
    lines,
    (before, line) =>
      before.name === undefined &&
      line.name === undefined &&
      before.options === line.options &&
      isNextAddress(before.member.address, line.member.address),
  );
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)];
    if (first === undefined || last === undefined) return [];
    const name = first.name === undefined ? '' : `${first.name} `;
    return [`${name}${addressRange(first.member.address, last.member.address)}${first.options}`];
  });
}

/** What of a table all services have in common. */
export interface Common {
  readonly forwarding?: Forwarding;
  readonly scheduler?: Pick<ServiceSettings, 'scheduler' | 'flags'>;
}

/** The lines of a `service` without its backends. */
export function printBlockHead(block: Block, common: Common): readonly string[] {
  const { settings, description, onRemove, pool } = block;
  const { forwarding } = pool;
  const scheduler = printScheduler(settings);
  const inherited = printScheduler(common.scheduler ?? { scheduler: 'wlc', flags: 0 });
  const inheritsForwarding = common.forwarding !== undefined || forwarding === undefined;
  return [
    ...(description === undefined ? [] : [`describe ${printText(description)}`]),
    ...printListeners(block),
    ...(scheduler === inherited ? [] : [scheduler]),
    ...printPersistence(block),
    ...(settings.onePacket ? ['one-packet'] : []),
    ...(inheritsForwarding ? [] : [`forward ${printForwarding(forwarding)}`]),
    ...(onRemove === undefined
      ? []
      : [onRemove.kind === 'cut' ? 'on-remove cut' : `on-remove drain ${formatDuration(onRemove.seconds)}`]),
  ];
}

/** The lines of a `sync` block. */
export function printDaemon({
  interface: device,
  syncId,
  group,
  port,
  ttl,
  maxLength,
}: DaemonSettings): readonly string[] {
  return [
    `interface ${/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(device) && device !== 'resolve' ? device : printText(device)}`,
    `id ${syncId}`,
    ...(group === undefined ? [] : [`group ${group}`]),
    ...(port === undefined ? [] : [`port ${port}`]),
    ...(ttl === undefined ? [] : [`ttl ${ttl}`]),
    ...(maxLength === undefined ? [] : [`max-length ${maxLength}`]),
  ];
}
