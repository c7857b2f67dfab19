/** Owns reading a table from a JSON text: a mistake becomes a diagnostic, and every part knows where it was written. */

import { type Diagnostic, type DiagnosticDefinition, problemsOf } from '../../grammar/text/diagnostic.ts';
import type { Outcome } from '../../grammar/text/outcome.ts';
import type { SourceText } from '../../grammar/text/source-text.ts';
import type { Span } from '../../grammar/text/span.ts';
import { type DaemonRole, daemonRoles } from './daemon.ts';
import type { Destination, DestinationId } from './destination.ts';
import { JsonMismatch } from './json-codec.ts';
import { JsonSyntaxError, jsonPlaces } from './json-places.ts';
import type { Service, ServiceId } from './service.ts';
import { tableFromJson } from './table-json.ts';
import type { DaemonState, Table } from './table.ts';

/** What is said about a JSON text that holds no table. */
export const tableJsonProblems = {
  'invalid-json': {
    severity: 'error',
    message: ({ expected }: { readonly expected: string }) => `this is no JSON: ${expected}`,
    explanation:
      'The text breaks the rules of JSON (RFC 8259), which knows no comments and no comma behind the last part.',
  },
  'invalid-snapshot': {
    severity: 'error',
    message: ({ mismatch }: { readonly mismatch: string }) => mismatch,
    explanation:
      'A snapshot has the form that "ipvstx save --format json" writes. ' +
      'Nothing in it is passed over: a misspelt name could be an attribute that would get lost.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;

const problem = problemsOf(tableJsonProblems);

/** Reads a table from a JSON text, up to the first mistake. */
export function readTableJson(source: SourceText): Outcome<Table> {
  try {
    const places = jsonPlaces(source.text);
    const spanOf = (path: string): Span | undefined => {
      const place = places.get(path);
      return place && { source, ...place };
    };
    try {
      return { value: withOrigins(tableFromJson(JSON.parse(source.text)), spanOf), diagnostics: [] };
    } catch (error) {
      if (!(error instanceof JsonMismatch)) throw error;
      return { diagnostics: [mismatch(error, spanOf)] };
    }
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return {
      diagnostics: [problem('invalid-json', { expected: error.message }, { span: { source, ...error.place } })],
    };
  }
}

/** What is missing has no place of its own, so the object is shown that lacks it. */
function mismatch({ message, path }: JsonMismatch, spanOf: (path: string) => Span | undefined): Diagnostic {
  const span = spanOf(path) ?? spanOf(path.replace(/\.?[^.]*$/, ''));
  return problem('invalid-snapshot', { mismatch: message }, span === undefined ? {} : { span });
}

/** The keys stand for the parts: a line with nothing but a bracket tells a reader little. */
function withOrigins(table: Table, spanOf: (path: string) => Span | undefined): Table {
  const withOrigin = <Part extends object>(part: Part, path: string): Part => {
    const origin = spanOf(path);
    return origin === undefined ? part : { ...part, origin };
  };
  const services = new Map<ServiceId, Service>();
  for (const [id, service] of table.services) {
    const path = `services[${services.size}]`;
    const destinations = new Map<DestinationId, Destination>();
    for (const [id, destination] of service.destinations) {
      destinations.set(id, withOrigin(destination, `${path}.destinations[${destinations.size}].address`));
    }
    const key = service.key.kind === 'mark' ? 'mark' : 'address';
    services.set(id, withOrigin({ ...service, destinations }, `${path}.${key}`));
  }
  const daemons: Partial<Record<DaemonRole, DaemonState>> = {};
  for (const role of daemonRoles) {
    const daemon = table.daemons[role];
    if (daemon !== undefined) daemons[role] = daemon === 'stopped' ? daemon : withOrigin(daemon, `daemons.${role}`);
  }
  return { ...table, services, timeouts: withOrigin(table.timeouts, 'timeouts'), daemons };
}
