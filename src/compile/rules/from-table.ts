/** Owns the rules that make a table: what ipvsadm 1.31 reads into the same kernel state, and nothing is lost. */

import type { RuleLine } from '../../../grammar/ast/rules.ts';
import { printRule } from '../../../grammar/print/rules.ts';
import type { Diagnostic } from '../../../grammar/text/diagnostic.ts';
import type { Outcome } from '../../../grammar/text/outcome.ts';
import { daemonRoles } from '../../model/daemon.ts';
import { type Destination, destinationId } from '../../model/destination.ts';
import type { Operation } from '../../model/operation.ts';
import { type Service, type ServiceKey, compareServiceKeys, serviceId } from '../../model/service.ts';
import type { Table } from '../../model/table.ts';
import { timeoutNames } from '../../model/timeouts.ts';
import { noNames } from './context.ts';
import { madeRule } from './made-rule.ts';
import { daemonWords, destinationKeyWords, destinationWords, serviceKeyWords, serviceWords } from './option-words.ts';
import { problem } from './problems.ts';
import { readRule } from './read-rule.ts';
import { savedLine } from './saved-lines.ts';

/** How a table is written. */
export interface WriteOptions {
  /**
   * Whether a daemon that is `stopped` gets a line. A table that was read from a kernel says so of each that does not
   * run, and ipvsadm -R would complain of all these lines.
   */
  readonly stoppedDaemons: boolean;
}

/** The rule that executes an operation; undefined if there are no words for it. */
function ruleOf(operation: Operation): RuleLine | undefined {
  switch (operation.kind) {
    case 'new-service': {
      const key = serviceKeyWords(operation.service);
      return key && madeRule('add-service', [...key, ...serviceWords(operation.settings, operation.service)]);
    }
    case 'new-destination': {
      const key = serviceKeyWords(operation.service);
      const settings = destinationWords(operation.settings);
      return (
        key && settings && madeRule('add-server', [...key, destinationKeyWords(operation.destination), ...settings])
      );
    }
    case 'set-timeouts': {
      const leftovers = timeoutNames.map((name) => String(operation.timeouts[name] ?? 0));
      return madeRule('set', [], { leftovers });
    }
    case 'start-daemon': {
      const { role, settings } = operation.daemon;
      return madeRule('start-daemon', daemonWords(settings), { value: role });
    }
    case 'stop-daemon':
      return madeRule('stop-daemon', [], { value: operation.role });
    case 'set-service':
    case 'delete-service':
    case 'set-destination':
    case 'delete-destination':
    case 'zero':
    case 'flush':
      return undefined;
  }
}

/** A kernel takes more than ipvsadm does: a rule is right if, read again, it is the same rule. */
function faultOf(rule: RuleLine): string | undefined {
  const errors: Diagnostic[] = [];
  const request = readRule(rule, { names: noNames, neededNames: new Set(), report: (error) => errors.push(error) });
  const again = request && ruleOf(request.operation);
  if (again !== undefined && printRule(again) === printRule(rule)) return undefined;
  return errors[0]?.message ?? 'ipvsadm would read something else';
}

/** Collects lines, and what can't be one. */
class RuleWriter {
  readonly lines: string[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** What is said of things that no rule can say, with the names of those things. */
  readonly #lost: Readonly<Record<'lost-initial' | 'lost-removal', (() => string)[]>> = {
    'lost-initial': [],
    'lost-removal': [],
  };

  /** Whether the operation could be written; if not, `nameOf` tells what is missing in the result. */
  write(operation: Operation, nameOf: () => string): boolean {
    const saved = savedLine(operation);
    if (saved !== undefined) {
      this.lines.push(saved);
      return true;
    }
    const rule = ruleOf(operation);
    const reason = rule === undefined ? 'ipvsadm has no words for it' : faultOf(rule);
    if (rule !== undefined && reason === undefined) this.lines.push(printRule(rule));
    else this.diagnostics.push(problem('inexpressible', { name: nameOf(), reason: reason ?? '' }));
    return reason === undefined;
  }

  /** Says once what no rule can say of many. */
  finish(): void {
    for (const code of ['lost-initial', 'lost-removal'] as const) {
      const [first, ...others] = this.#lost[code];
      if (first !== undefined) this.diagnostics.push(problem(code, { name: first(), others: others.length }));
    }
  }

  service({ key, settings, destinations, onRemove }: Service): void {
    const nameOf = () => `the service ${serviceId(key)}`;
    if (onRemove !== undefined) this.#lost['lost-removal'].push(nameOf);
    if (!this.write({ kind: 'new-service', service: key, settings }, nameOf)) return;
    for (const destination of destinations.values()) this.#destination(key, destination);
  }

  #destination(service: ServiceKey, { key, settings, weightIsInitial }: Destination): void {
    const nameOf = () => `the real server ${destinationId(key)} of ${serviceId(service)}`;
    if (weightIsInitial) this.#lost['lost-initial'].push(nameOf);
    this.write({ kind: 'new-destination', service, destination: key, settings }, nameOf);
  }
}

/**
 * The rules of a table, each a line of text: timeouts and daemons, then each service with its real servers, in the order
 * in which they were added. What ipvsadm has no words for is an error, and its rule is missing.
 */
export function rulesFromTable(table: Table, { stoppedDaemons }: WriteOptions): Outcome<readonly string[]> {
  const writer = new RuleWriter();
  const { timeouts, daemons, services, owns } = table;
  if (owns === 'declared') writer.diagnostics.push(problem('lost-ownership', undefined));
  if (timeoutNames.some((name) => timeouts[name] !== undefined)) {
    writer.write({ kind: 'set-timeouts', timeouts }, () => 'the timeouts');
  }
  for (const role of daemonRoles) {
    const daemon = daemons[role];
    if (daemon === 'stopped' && stoppedDaemons) writer.write({ kind: 'stop-daemon', role }, () => `the ${role} daemon`);
    else if (daemon !== undefined && daemon !== 'stopped') {
      writer.write({ kind: 'start-daemon', daemon }, () => `the ${role} daemon`);
    }
  }
  for (const service of [...services.values()].sort((a, b) => compareServiceKeys(a.key, b.key)))
    writer.service(service);
  writer.finish();
  return { value: writer.lines, diagnostics: writer.diagnostics };
}
