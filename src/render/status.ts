/** Owns the state of a director as `ipvstx status` shows it: kernel, table, settings and history at a glance. */

import type { KernelInfo } from '../apply/port.ts';
import { type Daemon, daemonRoles } from '../model/daemon.ts';
import { type Table, countDestinations } from '../model/table.ts';
import { daemonAttributes, timeoutAttributes } from '../plan/attributes.ts';
import type { Connections } from '../plan/analyze/disruption.ts';
import { type Sysctls, sysctlsThatMatter, unusualText } from '../model/sysctls.ts';
import { type Layout, plainLayout } from './layout.ts';
import { settingsText } from './plan-rows.ts';
import { visible } from './visible.ts';

/** What is told. */
export interface Status {
  /** `netns init` */
  readonly place: string;
  readonly info: KernelInfo;
  /** Of the running kernel, such as `6.1.0-18-amd64`; a memory kernel has none. */
  readonly release?: string;
  /** Modules of IPVS that are loaded, if it is not built in. */
  readonly modules: readonly string[];
  readonly table: Table;
  /** The first digits. */
  readonly fingerprint: string;
  readonly connections: Connections;
  /** net.ipv4.vs.* by the last part of their names. */
  readonly sysctls: Sysctls;
  /** What was applied last; absent if nothing ever was. */
  readonly generation?: {
    readonly number: number;
    readonly source: string;
    readonly time: string;
    readonly user: string;
  };
  /** Changes that lead back to it. */
  readonly drift?: number;
  /** Whether a transaction is under way, or was left by a crash. */
  readonly pending: boolean;
}

type Line = readonly [title: string, text: string];

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function daemonText(state: Daemon | 'stopped'): string {
  return state === 'stopped' ? 'not running' : settingsText(daemonAttributes, state.settings);
}

function historyLines({ generation, drift, pending }: Status): readonly Line[] {
  const underWay: readonly Line[] = pending
    ? [['transaction', 'one is under way, or was left by a crash: see "ipvstx recover"']]
    : [];
  if (generation === undefined) return [['generation', 'none: nothing was applied here yet'], ...underWay];
  const { number, source, time, user } = generation;
  const changes = drift === undefined || drift === 0 ? 'none' : `${counted(drift, 'change')}: see "ipvstx drift"`;
  return [['generation', `${number}: ${source}, applied ${time} by ${user}`], ['drift', changes], ...underWay];
}

function linesOf(status: Status): readonly Line[] {
  const { info, release, modules, table, fingerprint, connections, sysctls } = status;
  const { active, inactive, persistent } = connections;
  const { timeouts, daemons } = table;
  const size = `${counted(table.services.size, 'service')}, ${counted(countDestinations(table), 'backend')}`;
  const seconds = settingsText(timeoutAttributes, timeouts);
  return [
    [
      'kernel',
      `IPVS ${info.version}${release === undefined ? '' : `, Linux ${release}`}, ${info.connectionTableSize} buckets`,
    ],
    ...(modules.length === 0 ? [] : [['modules', modules.join(' ')] as const]),
    ['table', `${size}, fingerprint ${fingerprint}`],
    ['connections', `${active} active, ${inactive} inactive, ${persistent} persistent`],
    ...(seconds === '' ? [] : [['timeouts', seconds] as const]),
    ...daemonRoles.flatMap((role): readonly Line[] => {
      const state = daemons[role];
      return state === undefined ? [] : [[`sync ${role}`, daemonText(state)]];
    }),
    ...historyLines(status),
    ...sysctlsThatMatter.flatMap((sysctl): readonly Line[] => {
      const text = unusualText(sysctl, sysctls);
      return text === undefined ? [] : [[sysctl.name, text]];
    }),
  ];
}

/** The status for people. Settings that are as usual are left out. */
export function renderStatus(status: Status, { paint }: Layout = plainLayout): string {
  const lines = linesOf(status);
  const width = lines.reduce((longest, [title]) => Math.max(longest, title.length), 0);
  const rows = lines.map(([title, text]) => `${paint('strong', title.padEnd(width))}  ${visible(text)}\n`);
  return `${visible(status.place)}\n${rows.map((row) => `  ${row}`).join('')}`;
}

/** The status for programs, with every setting. */
export function statusToJson(status: Status): object {
  const { place, info, release, modules, table, fingerprint, connections, sysctls, generation, drift, pending } =
    status;
  const daemons = daemonRoles.map((role) => {
    const state = table.daemons[role];
    return [role, state !== undefined && state !== 'stopped'];
  });
  return {
    format_version: 1,
    place,
    ipvs_version: info.version,
    connection_table_size: info.connectionTableSize,
    ...(release === undefined ? {} : { kernel_release: release }),
    modules,
    services: table.services.size,
    backends: countDestinations(table),
    fingerprint,
    connections,
    sync_daemons: Object.fromEntries(daemons),
    sysctls: Object.fromEntries(sysctls),
    ...(generation === undefined ? {} : { generation }),
    ...(drift === undefined ? {} : { drift_changes: drift }),
    transaction_pending: pending,
  };
}
