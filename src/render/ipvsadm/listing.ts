/** Owns the table listings of ipvsadm: titles, columns and widths (ipvsadm reference, 3.1). Lines end in LF. */

import type { KernelInfo } from '../../apply/port.ts';
import { type Counters, type LiveDestination, type LiveService, noCounters } from '../../model/activity.ts';
import type { Destination, Forwarding, Tunnel } from '../../model/destination.ts';
import { exactFigure, shortFigure } from './figures.ts';
import { type Names, endpointText } from './names.ts';
import { type ListingOrder, destinationsInOrder, inOrder } from './order.ts';
import { serviceDescription, serviceName } from './service-name.ts';

/** What the columns show. */
export type ListingMode = 'default' | 'stats' | 'rate' | 'thresholds' | 'persistent-conn' | 'tun-info';

/** How a listing is printed. */
export interface ListingOptions {
  readonly mode: ListingMode;
  /** `--exact`: every digit. */
  readonly exact: boolean;
  readonly order: ListingOrder;
  readonly names: Names;
}

type Figure = (value: bigint) => string;

/** One way to fill the columns. */
interface Columns {
  readonly titles: readonly [string, string];
  service(service: LiveService, names: Names, figure: Figure): string;
  /** What follows the name of a destination; begins with a blank. */
  destination(live: LiveDestination, figure: Figure): string;
}

/** `(null)` is what the C library prints for a method that ipvsadm has no word for. */
const methodNames: Readonly<Record<string, string>> = {
  masquerade: 'Masq',
  direct: 'Route',
  tunnel: 'Tunnel',
  local: 'Local',
};

/** The word for a forwarding method in a listing. */
function methodName({ method }: Forwarding): string {
  return methodNames[method] ?? '(null)';
}

const checksumMarks = { none: '-c', plain: '+c', remote: 'r+c' } as const;

/** `ipip`, `gue:6080:+c`, `gre:-c`. */
function tunnelName(tunnel: Tunnel): string {
  if (tunnel.type === 'gue') return `gue:${tunnel.port}:${checksumMarks[tunnel.checksum]}`;
  return tunnel.type === 'gre' ? `gre:${checksumMarks[tunnel.checksum]}` : tunnel.type;
}

/** A column of text: left-aligned to its width, behind a blank. */
function cell(value: string | number, width: number): string {
  return ` ${String(value).padEnd(width)}`;
}

/** The two columns that end most listings. */
function connections({ activity: { active, inactive } }: LiveDestination): string {
  return cell(active, 10) + cell(inactive, 10);
}

/** The first title of a listing whose columns begin behind a name of 33 characters. */
function widthTitle(columns: string): string {
  return `${'Prot LocalAddress:Port'.padEnd(33)}${columns}`;
}

const nameTitle = '  -> RemoteAddress:Port';

function totals({ connections, inPackets, outPackets, inBytes, outBytes }: Counters): readonly bigint[] {
  return [connections, inPackets, outPackets, inBytes, outBytes];
}

function rates(counters: Counters): readonly bigint[] {
  const { connectionRate, inPacketRate, outPacketRate, inByteRate, outByteRate } = counters;
  return [connectionRate, inPacketRate, outPacketRate, inByteRate, outByteRate];
}

function figures(title: string, select: (counters: Counters) => readonly bigint[], shortFrom: number): Columns {
  const line = (counters: Counters | undefined, figure: Figure, from: number): string =>
    select(counters ?? noCounters)
      .map((value, index) => (index < from ? exactFigure(value) : figure(value)))
      .join('');
  return {
    titles: [widthTitle(title), nameTitle],
    service: ({ key, counters }, names, figure) => serviceName(key, names).padEnd(33) + line(counters, figure, 0),
    destination: ({ activity: { counters } }, figure) => line(counters, figure, shortFrom),
  };
}

const columnsOf: Readonly<Record<ListingMode, Columns>> = {
  default: {
    titles: ['Prot LocalAddress:Port Scheduler Flags', `${nameTitle}           Forward Weight ActiveConn InActConn`],
    service: serviceDescription,
    destination: (live) => {
      const { forwarding, weight } = live.destination.settings;
      return cell(methodName(forwarding), 7) + cell(weight, 6) + connections(live);
    },
  },
  'tun-info': {
    titles: [
      'Prot LocalAddress:Port Scheduler Flags',
      `${nameTitle}           Forward TunnelInfo    Weight ActiveConn InActConn`,
    ],
    service: serviceDescription,
    destination: (live) => {
      const { forwarding, weight } = live.destination.settings;
      const tunnel = forwarding.method === 'tunnel' ? tunnelName(forwarding.tunnel) : 'n/a';
      return cell(methodName(forwarding), 7) + cell(tunnel, 13) + cell(weight, 6) + connections(live);
    },
  },
  stats: figures('    Conns   InPkts  OutPkts  InBytes OutBytes', totals, 0),
  // Of a destination only bytes are abbreviated.
  rate: figures('      CPS    InPPS   OutPPS    InBPS   OutBPS', rates, 3),
  thresholds: {
    titles: [widthTitle(' Uthreshold Lthreshold ActiveConn InActConn '), nameTitle],
    service: serviceDescription,
    destination: (live) => {
      const { upperThreshold, lowerThreshold } = live.destination.settings;
      return cell(upperThreshold, 10) + cell(lowerThreshold, 10) + connections(live);
    },
  },
  'persistent-conn': {
    titles: [widthTitle(' Weight    PersistConn ActiveConn InActConn '), nameTitle],
    service: serviceDescription,
    destination: (live) =>
      cell(live.destination.settings.weight, 9) + cell(live.activity.persistent, 11) + connections(live),
  },
};

/** Characters of an IPv4 destination; the port of a longer name is cut off. */
const longestIpv4Destination = 28;

/** `  -> HOST:PORT`, filled to the columns. */
function destinationName({ key: service }: LiveService, { key }: Destination, names: Names): string {
  // Ports behind a mark belong to no protocol, so they have no names.
  const name = endpointText(key, service.kind === 'mark' ? undefined : service.protocol, names);
  const cut = key.address.includes(':') ? name : name.slice(0, longestIpv4Destination);
  return `  -> ${cut.padEnd(longestIpv4Destination)}`;
}

/** The first line of a listing of everything. */
export function versionLine({ version, connectionTableSize }: KernelInfo): string {
  return `IP Virtual Server version ${version} (size=${connectionTableSize})\n`;
}

/** Titles, then each service with its destinations: a text each, so that there is never one of all of them. */
export function renderListing(
  services: readonly LiveService[],
  { mode, exact, order, names }: ListingOptions,
): readonly string[] {
  const columns = columnsOf[mode];
  const figure = exact ? exactFigure : shortFigure;
  const blocks = inOrder(services, order).map((service) => {
    const lines = destinationsInOrder(service, order).map(
      (live) => `${destinationName(service, live.destination, names)}${columns.destination(live, figure)}\n`,
    );
    return `${columns.service(service, names, figure)}\n${lines.join('')}`;
  });
  return [`${columns.titles.join('\n')}\n`, ...blocks];
}
