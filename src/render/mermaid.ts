/** Owns the picture of a table: services, the backends that they share, and machines, as a Mermaid flowchart. */

import { formatDuration } from '../../grammar/value/duration.ts';
import { flagWords } from '../../grammar/value/scheduler-flags.ts';
import type { Destination, Forwarding } from '../model/destination.ts';
import { type Service, serviceId } from '../model/service.ts';
import type { Table } from '../model/table.ts';

/** A label between quotes: Mermaid reads entities, and HTML for line breaks. */
function label(...lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    line.replaceAll(/[^\p{L}\p{N} .,:;_()/+-]/gu, (sign) => `#${sign.codePointAt(0)};`),
  );
  return `"${escaped.join('<br/>')}"`;
}

function describeSettings({ settings }: Service): string {
  const { scheduler, flags, persistence, onePacket } = settings;
  return [
    scheduler,
    ...flagWords(flags, scheduler),
    ...(persistence === undefined ? [] : [`persist ${formatDuration(persistence.timeout)}`]),
    ...(onePacket ? ['one-packet'] : []),
  ].join(', ');
}

function describeForwarding(forwarding: Forwarding): string {
  return forwarding.method === 'tunnel' ? `tunnel ${forwarding.tunnel.type}` : forwarding.method;
}

function describeEdge({ key, settings }: Destination): string {
  return `port ${key.port}, ${describeForwarding(settings.forwarding)}, weight ${settings.weight}`;
}

/** Services with the same backends have the same text here. */
function backendsOf({ destinations }: Service): string {
  return JSON.stringify(Array.from(destinations.values(), ({ key, settings }) => [key, settings]));
}

/** Gives every thing an id of its own that Mermaid takes: a letter and a number. */
function identify(letter: string): (thing: string) => { readonly id: string; readonly isNew: boolean } {
  const ids = new Map<string, string>();
  return (thing) => {
    const known = ids.get(thing);
    const id = known ?? `${letter}${ids.size + 1}`;
    ids.set(thing, id);
    return { id, isNew: known === undefined };
  };
}

/** A flowchart: services on the left, then the pools that several of them share, then one box a machine. */
export function renderMermaid({ services }: Table): string {
  const lines: string[] = [];
  const [serviceNode, poolNode, machineNode] = [identify('s'), identify('p'), identify('m')];
  const users = new Map<string, number>();
  for (const service of services.values()) users.set(backendsOf(service), (users.get(backendsOf(service)) ?? 0) + 1);

  const drawBackends = (from: string, { destinations }: Service): void => {
    for (const destination of destinations.values()) {
      const { key, name } = destination;
      const machine = machineNode(key.address);
      if (machine.isNew) lines.push(`${machine.id}(${label(...(name === undefined ? [] : [name]), key.address)})`);
      lines.push(`${from} -- ${label(describeEdge(destination))} --> ${machine.id}`);
    }
  };

  for (const [key, service] of services) {
    const { id } = serviceNode(key);
    const { name, destinations } = service;
    lines.push(
      `${id}[${label(...(name === undefined ? [] : [name]), serviceId(service.key), describeSettings(service))}]`,
    );
    const backends = backendsOf(service);
    if (destinations.size === 0 || users.get(backends) === 1) drawBackends(id, service);
    else {
      const pool = poolNode(backends);
      if (pool.isNew) {
        lines.push(`${pool.id}{{${label(`${destinations.size} backends`)}}}`);
        drawBackends(pool.id, service);
      }
      lines.push(`${id} --> ${pool.id}`);
    }
  }
  return ['flowchart LR', ...lines.map((line) => `  ${line}`)].map((line) => `${line}\n`).join('');
}
