/** Owns connections as `ipvstx connections` shows them: in the words of plans, a line an entry. */

import { formatDuration } from '../../grammar/value/duration.ts';
import { type Connection, type ConnectionEnd, isTemplate, serviceOf } from '../model/connection.ts';
import { type DestinationId, destinationId } from '../model/destination.ts';
import { type ServiceId, serviceId } from '../model/service.ts';
import { type Layout, plainLayout } from './layout.ts';
import { visible } from './visible.ts';

/** What people call things. */
interface Names {
  service(id: ServiceId): string | undefined;
  backend(service: ServiceId, id: DestinationId): string | undefined;
}

type Row = readonly string[];

const titles: Row = ['Service', 'Backend', 'Client', 'State', 'Ends in'];

const titled = (name: string | undefined, id: string): string => (name === undefined ? id : `${name}  ${id}`);

/** The client of a template is everybody at its address, or in its network. */
function clientText(connection: Connection): string {
  const { client } = connection;
  return isTemplate(connection) ? client.address : destinationId(client);
}

function rowOf(connection: Connection, names: Names): Row {
  const { destination, state, expires, engine } = connection;
  const [service, backend] = [serviceId(serviceOf(connection)), destinationId(destination)];
  return [
    titled(names.service(service), service),
    titled(names.backend(service, backend), backend),
    clientText(connection),
    isTemplate(connection) ? 'template' : state,
    formatDuration(expires),
    ...(engine === undefined ? [] : [visible(`${engine.name}: ${engine.data}`)]),
  ];
}

/** Columns are as wide as their longest text. */
function layOut(rows: readonly Row[]): readonly string[] {
  const widths = titles.map((_, column) => rows.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), 0));
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The listing for people, in the given order; `title` says where the entries were read. */
export function renderConnectionListing(
  title: string,
  connections: readonly Connection[],
  names: Names,
  { paint }: Layout = plainLayout,
): string {
  const templates = connections.filter(isTemplate).length;
  const size = `${counted(connections.length - templates, 'connection')}, ${counted(templates, 'template')}`;
  const heading = `${visible(title)}: ${size}\n`;
  if (connections.length === 0) return heading;
  const [head = '', ...lines] = layOut([titles, ...connections.map((connection) => rowOf(connection, names))]);
  return `${heading}\n${[paint('strong', head), ...lines].join('\n')}\n`;
}

function endJson({ address, port }: ConnectionEnd): object {
  return { address, port };
}

/** The listing for programs. */
export function connectionsToJson(connections: readonly Connection[], names: Names): object {
  const entries = connections.map((connection) => {
    const { client, virtual, destination, state, expires, engine } = connection;
    const service = serviceId(serviceOf(connection));
    const backend = destinationId(destination);
    const [serviceName, backendName] = [names.service(service), names.backend(service, backend)];
    return {
      service,
      ...(serviceName === undefined ? {} : { service_name: serviceName }),
      backend,
      ...(backendName === undefined ? {} : { backend_name: backendName }),
      client: endJson(client),
      virtual: endJson(virtual),
      destination: endJson(destination),
      template: isTemplate(connection),
      state,
      expires_seconds: expires,
      ...(engine === undefined ? {} : { engine }),
    };
  });
  return { format_version: 1, connections: entries };
}
