/** Owns the commands of ipvsadm 1.31 and the matrix of what each may be given (ipvsadm reference, 1.3 and 1.5). */

import type { Slot } from './options.ts';

interface CommandShape {
  /** As ipvsadm's messages have it: `-C` is `flush` there. */
  readonly name: string;
  /** Without its dashes. */
  readonly long: string;
  /** Letters without their dash, the usual one first. */
  readonly short: readonly string[];
  /** `master` or `backup` for the daemons; the three words of `--set` are leftover words, not a value. */
  readonly value: 'none' | 'required';
  /** What it does, for usage texts. */
  readonly meaning: string;
}

const none = { value: 'none' } as const;

const table = [
  { ...none, name: 'add-service', long: 'add-service', short: ['A'], meaning: 'add a virtual service' },
  { ...none, name: 'edit-service', long: 'edit-service', short: ['E'], meaning: 'replace the settings of a service' },
  { ...none, name: 'delete-service', long: 'delete-service', short: ['D'], meaning: 'delete a service' },
  { ...none, name: 'flush', long: 'clear', short: ['C'], meaning: 'delete every service' },
  { ...none, name: 'list', long: 'list', short: ['L', 'l'], meaning: 'list the table' },
  { ...none, name: 'add-server', long: 'add-server', short: ['a'], meaning: 'add a real server to a service' },
  { ...none, name: 'edit-server', long: 'edit-server', short: ['e'], meaning: 'replace the settings of a real server' },
  { ...none, name: 'delete-server', long: 'delete-server', short: ['d'], meaning: 'delete a real server' },
  { ...none, name: 'zero', long: 'zero', short: ['Z'], meaning: 'zero the counters of a service or of all' },
  { ...none, name: 'set', long: 'set', short: [], meaning: 'set the timeouts: tcp tcpfin udp' },
  {
    value: 'required',
    name: 'start-daemon',
    long: 'start-daemon',
    short: [],
    meaning: 'start a daemon: master or backup',
  },
  {
    value: 'required',
    name: 'stop-daemon',
    long: 'stop-daemon',
    short: [],
    meaning: 'stop a daemon: master or backup',
  },
  { ...none, name: 'restore', long: 'restore', short: ['R'], meaning: 'execute the rules of standard input' },
  { ...none, name: 'save', long: 'save', short: ['S'], meaning: 'print the table as rules' },
  { ...none, name: 'help', long: 'help', short: ['h'], meaning: 'print the usage' },
  { ...none, name: 'version', long: 'version', short: ['v'], meaning: 'print the version' },
] as const satisfies readonly CommandShape[];

/** A command's name in ipvsadm's messages. */
export type CommandName = (typeof table)[number]['name'];

/** One command of ipvsadm. */
export interface Command extends CommandShape {
  readonly name: CommandName;
}

/** Every command, in the order of ipvsadm's matrix; `help` and `version`, which are not in it, come last. */
export const commands: readonly Command[] = table;

/** `required`: must be given. `exclusive`: at most one of the exclusive ones of this command. */
export type Legality = 'required' | 'optional' | 'exclusive';

const serviceSettings: readonly Slot[] = ['scheduler', 'persistent', 'netmask', 'ops', 'pe', 'sched-flags'];
const tunnelSettings: readonly Slot[] = ['tun-type', 'tun-port', 'tun-nocsum', 'tun-csum', 'tun-remcsum'];
const serverSettings: readonly Slot[] = [
  'forwarding-method',
  'weight',
  'u-threshold',
  'l-threshold',
  ...tunnelSettings,
];
const listModes: readonly Slot[] = ['stats', 'rate', 'thresholds', 'persistent-conn', 'nosort', 'exact', 'tun-info'];
const multicastSettings: readonly Slot[] = ['mcast-interface', 'mcast-group', 'mcast-port', 'mcast-ttl', 'sync-maxlen'];

/** What each command may be given; whatever is not mentioned is illegal (ipvsadm reference, 1.5). */
const matrix: Readonly<Record<CommandName, Readonly<Partial<Record<Legality, readonly Slot[]>>>>> = {
  'add-service': { required: ['service-address'], optional: serviceSettings },
  'edit-service': { required: ['service-address'], optional: serviceSettings },
  'delete-service': { required: ['service-address'] },
  flush: {},
  list: {
    exclusive: ['connection', 'service-address', 'timeout', 'daemon'],
    optional: ['numeric', ...listModes, 'syncid'],
  },
  'add-server': { required: ['service-address', 'real-server'], optional: serverSettings },
  'edit-server': { required: ['service-address', 'real-server'], optional: serverSettings },
  'delete-server': { required: ['service-address', 'real-server'] },
  zero: { optional: ['service-address'] },
  set: {},
  'start-daemon': { optional: ['syncid', ...multicastSettings] },
  'stop-daemon': { optional: ['syncid'] },
  restore: {},
  save: { optional: ['numeric'] },
  help: {},
  version: {},
};

function legalityMap(command: CommandName): ReadonlyMap<Slot, Legality> {
  const { required = [], optional = [], exclusive = [] } = matrix[command];
  return new Map<Slot, Legality>([
    ...required.map((slot) => [slot, 'required'] as const),
    ...optional.map((slot) => [slot, 'optional'] as const),
    ...exclusive.map((slot) => [slot, 'exclusive'] as const),
  ]);
}

const legalities: ReadonlyMap<CommandName, ReadonlyMap<Slot, Legality>> = new Map(
  commands.map(({ name }) => [name, legalityMap(name)]),
);

/** The slots that a command may be given. */
export function slotsOf(command: CommandName): ReadonlyMap<Slot, Legality> {
  return legalities.get(command) ?? new Map();
}

/** What a command makes of an option's slot; undefined if it may not be given. */
export function legalityOf(command: CommandName, slot: Slot): Legality | undefined {
  return slotsOf(command).get(slot);
}
