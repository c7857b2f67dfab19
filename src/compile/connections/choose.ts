/** Owns the words that choose connections: by service, by backend, by client. */

import { holdsAddress, parseAddressRange } from '../../../grammar/value/address-range.ts';
import { type Connection, type ConnectionEnd, serviceOf } from '../../model/connection.ts';
import { destinationId } from '../../model/destination.ts';
import { type ServiceId, serviceId } from '../../model/service.ts';
import type { Table } from '../../model/table.ts';
import { covers, parseEndpointWord } from '../backends/endpoint-word.ts';
import { keysOfName } from '../backends/select.ts';

/** Whether a connection is meant. */
export type Choice = (connection: Connection) => boolean;

/** An address with or without a port, a range or a prefix. */
function endsOf(word: string): ((end: ConnectionEnd) => boolean) | undefined {
  const endpoint = parseEndpointWord(word);
  if (endpoint !== undefined) return (end) => covers(endpoint, end);
  const range = parseAddressRange(word);
  return range && (({ address }) => holdsAddress(range, address));
}

/** Connections of these clients; undefined if the word says none. */
export function byClient(word: string): Choice | undefined {
  const isMeant = endsOf(word);
  return isMeant && (({ client }) => isMeant(client));
}

/** Connections to these backends; a name means what `named` calls so. */
export function byBackend(word: string, named: Table): Choice | undefined {
  const keys = keysOfName(word, named);
  if (keys.size > 0) return ({ destination }) => keys.has(destinationId(destination));
  const isMeant = endsOf(word);
  return isMeant && (({ destination }) => isMeant(destination));
}

/** `tcp 192.0.2.1 port 80`, `tcp 192.0.2.1:80`, or all that TCP has at an address. */
const spokenService = /^(tcp|udp|sctp) +(.+)$/;

/** `mark 7`, of either family unless one is named. */
const spokenMark = /^mark (\d+)(?: (ip6?))?$/;

/** Connections of these services; a name means what `named` calls so. */
export function byService(word: string, named: Table): Choice | undefined {
  const called = [...named.services.values()].filter(({ name }) => name === word);
  if (called.length > 0) {
    const ids = new Set<ServiceId>(called.map(({ key }) => serviceId(key)));
    return (connection) => ids.has(serviceId(serviceOf(connection)));
  }
  const [, mark, family] = spokenMark.exec(word) ?? [];
  if (mark !== undefined) {
    return (connection) => {
      const key = serviceOf(connection);
      return key.kind === 'mark' && key.mark === Number(mark) && key.family === (family ?? key.family);
    };
  }
  const [, protocol, rest = word] = spokenService.exec(word) ?? [];
  const isMeant = endsOf(rest);
  return (
    isMeant &&
    ((connection) => {
      const key = serviceOf(connection);
      return key.kind === 'endpoint' && key.protocol === (protocol ?? key.protocol) && isMeant(key);
    })
  );
}
