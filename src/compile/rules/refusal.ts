/** Owns what a refusal of the kernel means for the rule that asked. */

import type { RuleLine } from '../../../grammar/ast/rules.ts';
import { printOption } from '../../../grammar/print/rules.ts';
import type { Diagnostic, Related } from '../../../grammar/text/diagnostic.ts';
import type { Span } from '../../../grammar/text/span.ts';
import { familyOf } from '../../../grammar/value/address.ts';
import type { Protocol } from '../../../grammar/value/protocol.ts';
import { destinationId } from '../../model/destination.ts';
import type { Errno } from '../../model/errno.ts';
import type { Operation } from '../../model/operation.ts';
import { type Service, type ServiceKey, serviceFamily, serviceId } from '../../model/service.ts';
import type { Environment } from '../../simulate/environment.ts';
import type { Simulation } from '../../simulate/simulation.ts';
import { madeOption } from './made-rule.ts';
import { type OptionWords, destinationKeyWords, serviceKeyWords } from './option-words.ts';
import { problem } from './problems.ts';
import type { Request } from './read-rule.ts';

/** A refused request and its surroundings. */
export interface Refused extends Request {
  readonly errno: Errno;
  readonly line: RuleLine;
  readonly simulation: Simulation;
  readonly environment: Environment;
  /** Where a daemon was started. */
  readonly daemonOrigin?: Span;
}

type OperationOf<Kind extends Operation['kind']> = Extract<Operation, { readonly kind: Kind }>;
type ServiceOperation = OperationOf<'new-service' | 'set-service' | 'delete-service' | 'zero'>;
type DestinationOperation = OperationOf<'new-destination' | 'set-destination' | 'delete-destination'>;

function firstHere(origin: Span | undefined): { related: readonly Related[] } | undefined {
  return origin && { related: [{ message: 'first defined here', span: origin }] };
}

const protocols: readonly Protocol[] = ['tcp', 'udp', 'sctp'];

/** A service that differs from the one named in its protocol, its port or its family only. */
function similarService(key: ServiceKey, { simulation }: Refused): Service | undefined {
  const variants: ServiceKey[] =
    key.kind === 'mark'
      ? [{ ...key, family: key.family === 'ip' ? 'ip6' : 'ip' }]
      : protocols.flatMap((protocol) => [
          { ...key, protocol },
          { ...key, protocol, port: 0 },
        ]);
  return variants.map((variant) => simulation.service(variant)).find((service) => service !== undefined);
}

/** What to write for something that is there; what is to go needs no writing if it is not. */
function meant(words: readonly OptionWords[] | undefined, { operation }: Refused): string | undefined {
  if (words !== undefined) return `did you mean ${words.map((word) => printOption(madeOption(word))).join(' ')}?`;
  return operation.kind.startsWith('delete-') ? 'leave out this line' : undefined;
}

function noSuchService(key: ServiceKey, refused: Refused): Diagnostic {
  const { line, said } = refused;
  const similar = similarService(key, refused);
  const details = {
    span: said.given.get('service-address')?.value?.span ?? line.span,
    suggestion: meant(similar && serviceKeyWords(similar.key), refused) ?? 'add it with -A first',
    ...(similar?.origin && { related: [{ message: 'this one is defined here', span: similar.origin }] }),
  };
  return problem('no-such-service', { name: serviceId(key) }, details);
}

function ofService(operation: ServiceOperation, refused: Refused): Diagnostic | undefined {
  const { errno, line, said, simulation, environment } = refused;
  if (operation.service === undefined) return undefined;
  const span = said.given.get('service-address')?.value?.span ?? line.span;
  if (errno === 'ESRCH') return noSuchService(operation.service, refused);
  if (errno === 'EEXIST') {
    const suggestion = 'edit the first one, or write -E to replace its settings';
    const details = { span, suggestion, ...firstHere(simulation.service(operation.service)?.origin) };
    return problem('duplicate-service', { name: serviceId(operation.service) }, details);
  }
  if (errno !== 'ENOENT' || !('settings' in operation)) return undefined;
  const { scheduler, engine } = operation.settings;
  if (engine !== undefined && environment.hasScheduler(scheduler)) {
    return problem('unknown-engine', { name: engine }, { span: said.given.get('pe')?.value?.span ?? span });
  }
  return problem('unknown-scheduler', { name: scheduler }, { span: said.given.get('scheduler')?.value?.span ?? span });
}

/** More real servers than this are not searched for one that was meant. */
const manyServers = 256;

function noSuchServer(operation: DestinationOperation, refused: Refused, span: Span): Diagnostic {
  const { service: key, destination } = operation;
  const destinations = refused.simulation.service(key)?.destinations;
  const candidates = destinations === undefined || destinations.size > manyServers ? [] : [...destinations.values()];
  const similar = candidates.find((candidate) => candidate.key.address === destination.address);
  const details = {
    span,
    suggestion: meant(similar && [destinationKeyWords(similar.key)], refused) ?? 'add it with -a first',
    ...(similar?.origin && { related: [{ message: 'this one is defined here', span: similar.origin }] }),
  };
  return problem('no-such-server', { name: destinationId(destination) }, details);
}

function ofDestination(operation: DestinationOperation, refused: Refused): Diagnostic | undefined {
  const { errno, line, said, simulation } = refused;
  const { service: key, destination } = operation;
  const span = said.given.get('real-server')?.value?.span ?? line.span;
  const name = destinationId(destination);
  switch (errno) {
    case 'ESRCH':
      return noSuchService(key, refused);
    case 'ENOENT':
      return noSuchServer(operation, refused, span);
    case 'EEXIST': {
      const suggestion = 'edit the first one, or write -e to replace its settings';
      const origin = simulation.service(key)?.destinations.get(destinationId(destination))?.origin;
      return problem('duplicate-server', { name }, { span, suggestion, ...firstHere(origin) });
    }
    case 'ERANGE': {
      if (!('settings' in operation)) return undefined;
      const { lowerThreshold: lower, upperThreshold: upper } = operation.settings;
      const suggestion = upper === 0 ? `add -x with ${lower} or more` : `write -y with ${upper} or less`;
      const where = said.given.get('l-threshold')?.span ?? span;
      return problem('lower-above-upper', { lower, upper }, { span: where, suggestion });
    }
    case 'EINVAL':
      return familyOf(destination.address) === serviceFamily(key)
        ? problem('refused-address', { name: destination.address }, { span })
        : problem('daemon-with-mixed-families', undefined, { span });
    default:
      return undefined;
  }
}

function ofDaemon(operation: OperationOf<'start-daemon'>, refused: Refused): Diagnostic | undefined {
  const { errno, line, said, daemonOrigin } = refused;
  const { role, settings } = operation.daemon;
  const span = line.command.value?.span ?? line.span;
  if (errno === 'EEXIST') return problem('duplicate-daemon', { name: role }, { span, ...firstHere(daemonOrigin) });
  if (errno === 'EINVAL') return problem('daemon-with-mixed-families', undefined, { span });
  if (errno === 'ENETUNREACH') return problem('unreachable-group', { name: settings.interface }, { span });
  if (errno !== 'ENODEV') return undefined;
  const where = said.given.get('mcast-interface')?.value?.span ?? span;
  return problem('no-such-interface', { name: settings.interface }, { span: where });
}

function explain(refused: Refused): Diagnostic | undefined {
  const { operation, errno, line } = refused;
  switch (operation.kind) {
    case 'new-service':
    case 'set-service':
    case 'delete-service':
    case 'zero':
      return ofService(operation, refused);
    case 'new-destination':
    case 'set-destination':
    case 'delete-destination':
      return ofDestination(operation, refused);
    case 'start-daemon':
      return ofDaemon(operation, refused);
    case 'stop-daemon': {
      const span = line.command.value?.span ?? line.span;
      return errno === 'ESRCH' ? problem('daemon-not-running', { name: operation.role }, { span }) : undefined;
    }
    case 'set-timeouts':
    case 'flush':
      return undefined;
  }
}

/** Why the kernel would refuse this rule, at the word that it is about. */
export function diagnoseRefusal(refused: Refused): Diagnostic {
  return explain(refused) ?? problem('refused-by-kernel', { errno: refused.errno }, { span: refused.line.span });
}
