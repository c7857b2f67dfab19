/** Owns the connection listing of ipvsadm, `-L -c` (ipvsadm reference, 3.5). */

import type { Protocol } from '../../../grammar/value/protocol.ts';
import type { Connection } from '../../model/connection.ts';
import { type Names, endpointText } from './names.ts';

const portProtocols: Readonly<Record<string, Protocol>> = { TCP: 'tcp', UDP: 'udp', SCTP: 'sctp' };

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** The cells of a line: each filled to its width, a blank between, the last one as it is. */
function line(cells: readonly string[], widths: readonly number[]): string {
  return cells.map((cell, index) => (index === cells.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join(' ');
}

const widths = [3, 6, 11, 18, 18, 18, 16];
/** Of an entry with an engine ipvsadm takes the widths of the destination and the engine the other way round. */
const engineWidths = [3, 6, 11, 18, 18, 16, 18];
const titles = ['pro', 'expire', 'state', 'source', 'virtual', 'destination'];

/** Titles and one line an entry, in the given order. `engines` (`--persistent-conn`) shows persistence engines. */
export function renderConnections(
  connections: readonly Connection[],
  { engines, names }: { readonly engines: boolean; readonly names: Names },
): string {
  const lines = connections.map(({ protocol, expires, state, client, virtual, destination, engine }) => {
    const left = `${twoDigits(Math.floor(expires / 60))}:${twoDigits(expires % 60)}`;
    const ends = [client, virtual, destination].map((end) => endpointText(end, portProtocols[protocol], names));
    const cells = [protocol, left, state, ...ends];
    if (!engines || engine === undefined) return line(cells, widths);
    return line([...cells, engine.name, engine.data], engineWidths);
  });
  const title = line(engines ? [...titles, 'pe name', 'pe_data'] : titles, widths);
  return `${['IPVS connection entries', title, ...lines].join('\n')}\n`;
}
