/** Owns the way from a rule to the one operation that it asks the kernel for. */

import type { RuleLine } from '../../../grammar/ast/rules.ts';
import { type Diagnostic, hasErrors } from '../../../grammar/text/diagnostic.ts';
import { textOf } from '../../../grammar/text/span.ts';
import { addressBytes } from '../../../grammar/value/address.ts';
import type { CommandName } from '../../../grammar/vocabulary/commands.ts';
import { timeoutNames } from '../../model/timeouts.ts';
import type { Operation } from '../../model/operation.ts';
import type { ServiceKey } from '../../model/service.ts';
import type { LineContext } from './context.ts';
import { daemonSettings, readRole } from './daemon.ts';
import { checkCommand } from './legality.ts';
import { problem } from './problems.ts';
import { type Said, readOptions } from './said.ts';
import { effectiveServer, readDestinationSettings } from './server.ts';
import { readServiceSettings } from './service.ts';
import { readTimeouts, reportLeftovers } from './words.ts';

/** What one rule asks for, and the options that it was asked with. */
export interface Request {
  readonly operation: Operation;
  readonly said: Said;
}

function serviceOperation(
  kind: 'new-service' | 'set-service',
  said: Said,
  context: LineContext,
): Operation | undefined {
  const { service } = said;
  return service && { kind, service, settings: readServiceSettings(said, service, context) };
}

function destinationOperation(
  kind: 'new-destination' | 'set-destination',
  said: Said,
  context: LineContext,
): Operation | undefined {
  const { service, server } = said;
  if (service === undefined || server === undefined) return undefined;
  const destination = effectiveServer(said, service, server, context);
  return { kind, service, destination, settings: readDestinationSettings(said, service, server, context) };
}

/** No address and no port: the kernel takes -Z with such a service for -Z without one (ipvsadm reference, 1.9). */
function isNowhere(key: ServiceKey): boolean {
  return key.kind === 'endpoint' && key.port === 0 && addressBytes(key.address).every((byte) => byte === 0);
}

/** Commands that say nothing of a table, and what to do instead of each. */
const notRules: ReadonlyMap<CommandName, string> = new Map([
  ['list', 'list the table with ipvsadm -Ln'],
  ['save', 'save the table with ipvsadm -Sn'],
  ['restore', 'put the rules themselves here'],
  ['help', 'leave out this line'],
  ['version', 'leave out this line'],
]);

/** The operation of a rule whose options and words are as they should be. */
function operationOf({ command: use, leftovers }: RuleLine, said: Said, context: LineContext): Operation | undefined {
  const { service, server } = said;
  switch (use.command.name) {
    case 'add-service':
      return serviceOperation('new-service', said, context);
    case 'edit-service':
      return serviceOperation('set-service', said, context);
    case 'delete-service':
      return service && { kind: 'delete-service', service };
    case 'add-server':
      return destinationOperation('new-destination', said, context);
    case 'edit-server':
      return destinationOperation('set-destination', said, context);
    case 'delete-server':
      return service && server && { kind: 'delete-destination', service, destination: server };
    case 'set':
      return { kind: 'set-timeouts', timeouts: readTimeouts(leftovers, use, context) };
    case 'start-daemon': {
      const role = readRole(use, context);
      return role && { kind: 'start-daemon', daemon: { role, settings: daemonSettings(said) } };
    }
    case 'stop-daemon': {
      const role = readRole(use, context);
      return role && { kind: 'stop-daemon', role };
    }
    case 'flush':
      return { kind: 'flush' };
    case 'zero':
      return service === undefined || isNowhere(service) ? { kind: 'zero' } : { kind: 'zero', service };
    case 'list':
    case 'restore':
    case 'save':
    case 'help':
    case 'version':
      return undefined;
  }
}

/** What ipvsadm takes here, and what changes nothing. */
function warnOfUnused({ command }: RuleLine, said: Said, context: LineContext): void {
  const { name } = command.command;
  const syncId = said.given.get('syncid');
  if (name === 'stop-daemon' && syncId !== undefined) {
    context.report(problem('unused-option', { name: '--syncid' }, { span: syncId.span, suggestion: 'leave it out' }));
  }
  if (name === 'zero') {
    context.report(
      problem('zero-without-effect', undefined, { span: command.span, suggestion: 'leave out this line' }),
    );
  }
}

/** Reads a rule; reports all of its errors, or all of its warnings. The answer is absent if there are errors. */
export function readRule(line: RuleLine, context: LineContext): Request | undefined {
  const { command, options, leftovers } = line;
  const { name } = command.command;
  const instead = notRules.get(name);
  if (instead !== undefined) {
    context.report(problem('not-a-rule', { text: textOf(command.span) }, { span: command.span, suggestion: instead }));
    return undefined;
  }
  const diagnostics: Diagnostic[] = [];
  const { names, neededNames } = context;
  const own: LineContext = { names, neededNames, report: (diagnostic) => void diagnostics.push(diagnostic) };
  const said = readOptions(options, own);
  checkCommand(command, said, own);
  // A word that is left over often comes of another mistake.
  const words = name === 'set' ? leftovers.slice(timeoutNames.length) : leftovers;
  if (!hasErrors(diagnostics)) reportLeftovers(words, command, own);
  const operation = hasErrors(diagnostics) ? undefined : operationOf(line, said, own);
  warnOfUnused(line, said, own);

  // A rule with errors is left out: what it would have meant is not worth a warning.
  const failed = hasErrors(diagnostics);
  for (const diagnostic of diagnostics) if (!failed || diagnostic.severity === 'error') context.report(diagnostic);
  return failed ? undefined : operation && { operation: { ...operation, origin: line.span }, said };
}
