/** Owns the configuration that makes a table: what a person would have written, with the pools that services share. */

import type { Diagnostic } from '../../../grammar/text/diagnostic.ts';
import type { Outcome } from '../../../grammar/text/outcome.ts';
import { formatDuration } from '../../../grammar/value/duration.ts';
import { daemonRoles } from '../../model/daemon.ts';
import { type Destination, destinationId } from '../../model/destination.ts';
import { type Service, serviceId } from '../../model/service.ts';
import type { Table } from '../../model/table.ts';
import { type TimeoutName, timeoutNames } from '../../model/timeouts.ts';
import { type Block, type BlockMember, type BlockPool, blocksOf } from './from-table/blocks.ts';
import { destinationFault, serviceFault } from './from-table/faults.ts';
import { blockNames, distinctNames, memberNames, poolNames } from './from-table/names.ts';
import {
  type Common,
  printBlockHead,
  printDaemon,
  printForwarding,
  printMembers,
  printScheduler,
} from './from-table/print.ts';
import { problem } from './problems.ts';

/** What is written beside services. */
export interface ConfigWriteOptions {
  /** Whether `stopped` is said of daemons: a source may mean it, a live table says it of every idle one. */
  readonly stoppedDaemons: boolean;
}

const timeoutWords: Readonly<Record<TimeoutName, string>> = { tcp: 'tcp', tcpFin: 'tcp-fin', udp: 'udp' };

/** The services and destinations that there are words for; the others are reported and left out. */
function expressible(services: Iterable<Service>, diagnostics: Diagnostic[]): readonly Service[] {
  const report = (name: string, reason: string): void => {
    diagnostics.push(problem('no-words', { name, reason }));
  };
  const kept: Service[] = [];
  for (const service of services) {
    const id = serviceId(service.key);
    const fault = serviceFault(service);
    if (fault !== undefined) {
      report(`service ${id}`, fault);
      continue;
    }
    const destinations = [...service.destinations].filter(([, destination]: readonly [unknown, Destination]) => {
      const fault = destinationFault(service, destination);
      if (fault !== undefined) report(`backend ${destinationId(destination.key)} of ${id}`, fault);
      return fault === undefined;
    });
    kept.push(
      destinations.length < service.destinations.size ? { ...service, destinations: new Map(destinations) } : service,
    );
  }
  return kept;
}

/** One statement with a block: on one line if it is short and simple, else one line each. */
function statement(head: string, lines: readonly string[], oneLine = false): string {
  if (lines.length === 0) return `${head} { }\n`;
  if (oneLine) return `${head} { ${lines.join('; ')} }\n`;
  return `${head} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

/** A pool that more than one block uses. */
interface SharedPool {
  readonly pool: BlockPool;
  readonly users: readonly Block[];
}

/** The pools that blocks share, in the order of their first users. */
function sharedPools(blocks: readonly Block[]): readonly SharedPool[] {
  const users = new Map<string, Block[]>();
  for (const block of blocks) {
    const known = users.get(block.pool.key);
    if (known === undefined) users.set(block.pool.key, [block]);
    else known.push(block);
  }
  return [...users.values()].flatMap((users) => {
    const pool = users[0]?.pool;
    return pool === undefined || users.length < 2 || pool.members.length === 0 ? [] : [{ pool, users }];
  });
}

/** What all blocks have in common and is worth a line of its own. */
function commonOf(blocks: readonly Block[]): Common {
  const [first, ...others] = blocks;
  const methods = new Set(
    blocks
      .filter(({ pool }) => pool.members.length > 0)
      .map(({ pool }) => pool.forwarding && printForwarding(pool.forwarding)),
  );
  const forwarding = blocks.find(({ pool }) => pool.forwarding !== undefined)?.pool.forwarding;
  const scheduler = first && printScheduler(first.settings);
  const oneScheduler =
    first !== undefined &&
    others.length > 0 &&
    scheduler !== 'scheduler wlc' &&
    others.every(({ settings }) => printScheduler(settings) === scheduler);
  return {
    ...(methods.size === 1 && forwarding !== undefined && { forwarding }),
    ...(oneScheduler && { scheduler: first.settings }),
  };
}

/** The lines for the backends of a block. */
function backendLines({ pool, port, listeners }: Block, poolName: string | undefined): readonly string[] {
  if (poolName !== undefined) return [`backends ${poolName}${port === undefined ? '' : ` port ${port}`}`];
  // Without a pool each backend says the port itself, if it can have one.
  const marked = listeners.some(({ kind }) => kind === 'mark');
  const members = pool.members.map((member): BlockMember => {
    const takes = marked || member.settings.forwarding.method === 'masquerade';
    return port !== undefined && takes ? { ...member, port } : member;
  });
  return printMembers({ ...pool, members }, memberNames(members)).map((line) => `backend ${line}`);
}

function commonStatements({ forwarding, scheduler }: Common): readonly string[] {
  const lines = [
    ...(scheduler === undefined ? [] : [printScheduler(scheduler)]),
    ...(forwarding === undefined ? [] : [`forward ${printForwarding(forwarding)}`]),
  ];
  return lines.length === 0 ? [] : [statement('defaults', lines, true)];
}

function tableStatements(
  { timeouts, daemons, owns }: Table,
  { stoppedDaemons }: ConfigWriteOptions,
): readonly string[] {
  const times = timeoutNames.flatMap((name) => {
    const seconds = timeouts[name];
    return seconds === undefined ? [] : [`${timeoutWords[name]} ${formatDuration(seconds)}`];
  });
  const statements = owns === undefined ? [] : [`own ${owns}\n`];
  if (times.length > 0) statements.push(statement('timeouts', times, true));
  for (const role of daemonRoles) {
    const daemon = daemons[role];
    if (daemon === 'stopped') statements.push(...(stoppedDaemons ? [`sync ${role} stopped\n`] : []));
    else if (daemon !== undefined) statements.push(statement(`sync ${role}`, printDaemon(daemon.settings), true));
  }
  return statements;
}

/**
 * The configuration that makes a table. What the config language has no words for is an error, and it is missing. The
 * order of services is lost, which has no meaning; that of backends is kept.
 */
export function configFromTable(table: Table, options: ConfigWriteOptions): Outcome<string> {
  const diagnostics: Diagnostic[] = [];
  const blocks = blocksOf(expressible(table.services.values(), diagnostics));
  const pools = distinctNames(sharedPools(blocks), ({ pool, users }) => poolNames(pool, users));
  const poolNameOf = new Map(Array.from(pools, ([{ pool }, name]) => [pool.key, name]));
  const services = distinctNames(blocks, blockNames);
  const common = commonOf(blocks);
  const head = [...tableStatements(table, options), ...commonStatements(common)].join('');
  const parts = [
    ...(head === '' ? [] : [head]),
    ...Array.from(pools, ([{ pool }, name]) =>
      statement(`pool ${name}`, printMembers(pool, memberNames(pool.members))),
    ),
    ...Array.from(services, ([block, name]) =>
      statement(`service ${name}`, [
        ...printBlockHead(block, common),
        ...backendLines(block, poolNameOf.get(block.pool.key)),
      ]),
    ),
  ];
  return { value: parts.join('\n'), diagnostics };
}
