/**
 * Owns the reading of /proc/net/ip_vs: the destinations of all services in a few reads, where netlink takes a dump for
 * each service. It does not tell thresholds, tunnels and persistence templates (kernel reference, 6.2).
 */

import { closeSync, openSync, readSync } from 'node:fs';
import { readAddress } from './connection-table.ts';
import type { DestinationActivity, LiveDestination } from '../model/activity.ts';
import type { DestinationSettings, Forwarding } from '../model/destination.ts';
import type { ServiceKey } from '../model/service.ts';
import type { ServiceReply } from '../wire/reply.ts';

/** Its path; a network namespace sees its own table. */
const serviceTablePath = '/proc/net/ip_vs';

/** Those that nothing more is to be known about. */
const methods: Readonly<Record<string, Forwarding>> = {
  Masq: { method: 'masquerade' },
  Local: { method: 'local' },
  Route: { method: 'direct' },
};

const endpoint = String.raw`\[?([0-9A-F]{8}|[0-9a-f:]{39})\]?:([0-9A-F]{4})`;
const titles = /(?:.*\n){3}/y;
const serviceLine = new RegExp(String.raw`(?:(TCP|UDP|SCTP)  ${endpoint}|FWM  ([0-9A-F]{8})) .*\n`, 'y');
const destinationLine = new RegExp(String.raw`  -> ${endpoint} +(\w+) +(\d+) +(\d+) +(\d+) *\n`, 'y');

/** The groups of a pattern in `text` from `at` on. Where it ends, `lastIndex` says; without a match that is 0. */
function match(pattern: RegExp, text: string, at: number): readonly (string | undefined)[] {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? [];
}

/** Whether a line is this service's: the family of a mark is not in it. */
function isOf(key: ServiceKey, [, protocol, address = '', port = '', mark]: readonly (string | undefined)[]): boolean {
  if (key.kind === 'mark') return mark !== undefined && Number.parseInt(mark, 16) === key.mark;
  return (
    protocol?.toLowerCase() === key.protocol &&
    readAddress(address) === key.address &&
    Number.parseInt(port, 16) === key.port
  );
}

const idle: DestinationActivity = { active: 0, inactive: 0, persistent: 0 };

/** Settings by what the file says of them: many destinations have the same ones, and a large table shall stay small. */
type Known = Map<string, DestinationSettings>;

function settingsOf(method: string, weight: string, known: Known): DestinationSettings | undefined {
  const name = method + weight;
  const before = known.get(name);
  const forwarding = methods[method];
  if (before !== undefined || forwarding === undefined) return before;
  const settings = { forwarding, weight: Number(weight), upperThreshold: 0, lowerThreshold: 0 };
  known.set(name, settings);
  return settings;
}

function destinationOf(groups: readonly (string | undefined)[], known: Known): LiveDestination | undefined {
  const [, written = '', port = '', method = '', weight = '', active, inactive] = groups;
  const [address, settings] = [readAddress(written), settingsOf(method, weight, known)];
  if (address === undefined || settings === undefined) return undefined;
  return {
    destination: { key: { address, port: Number.parseInt(port, 16) }, settings },
    activity:
      active === '0' && inactive === '0' ? idle : { active: Number(active), inactive: Number(inactive), persistent: 0 },
  };
}

/** Whether a mark is there for both families: which line is whose, the file does not say. */
function hasDoubtfulMark(services: readonly ServiceReply[]): boolean {
  const marks = services.flatMap(({ key }) => (key.kind === 'mark' ? [key.mark] : []));
  return new Set(marks).size !== marks.length;
}

/** Passes lines of the file on, whole ones, as long as they are wanted; whether that were all of them. */
export type ReadLines = (take: (lines: string) => boolean) => boolean;

/**
 * The destinations of each of `services`, the newest first, as netlink would tell them but for what the file leaves out.
 * Undefined where that is not to be had: a tunnel, two marks that are one number, no file, other services than these or
 * another order (the kernel lists them from the same table either way).
 */
export function destinationsIn(
  readLines: ReadLines,
  services: readonly ServiceReply[],
): readonly (readonly LiveDestination[])[] | undefined {
  const known: Known = new Map();
  const lists: LiveDestination[][] = [];
  let isFirst = true;

  function take(lines: string): boolean {
    let at = 0;
    if (isFirst) {
      match(titles, lines, at);
      at = titles.lastIndex;
      isFirst = false;
    }
    while (at < lines.length) {
      if (lines.startsWith('  ->', at)) {
        const [list, destination] = [lists.at(-1), destinationOf(match(destinationLine, lines, at), known)];
        if (list === undefined || destination === undefined) return false;
        list.push(destination);
        at = destinationLine.lastIndex;
      } else {
        const next = services[lists.length];
        if (next === undefined || !isOf(next.key, match(serviceLine, lines, at))) return false;
        lists.push([]);
        at = serviceLine.lastIndex;
      }
    }
    return true;
  }

  const isWhole = !hasDoubtfulMark(services) && readLines(take);
  return isWhole && lists.length === services.length ? lists : undefined;
}

/** More than the kernel gives at a time. */
const readLength = 16_384;

/** What a call of the system returns; undefined if it fails. */
function tried<Result>(call: () => Result): Result | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}

/** Reads the file, which the kernel makes page by page: a thread for each of them would take longer. */
export function readServiceTable(path = serviceTablePath): ReadLines {
  return (take) => {
    const file = tried(() => openSync(path, 'r'));
    if (file === undefined) return false;
    const buffer = Buffer.allocUnsafe(readLength);
    let rest = '';
    try {
      for (;;) {
        const length = tried(() => readSync(file, buffer));
        if (length === undefined) return false;
        if (length === 0) return rest === '';
        const text = rest + buffer.toString('latin1', 0, length);
        const end = text.lastIndexOf('\n') + 1;
        if (!take(text.slice(0, end))) return false;
        rest = text.slice(end);
      }
    } finally {
      closeSync(file);
    }
  };
}
