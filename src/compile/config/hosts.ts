/** Owns host names: their addresses stand in a lock file beside the source, so that a file means the same every day. */

import type { Diagnostic } from '../../../grammar/text/diagnostic.ts';
import type { SourceText } from '../../../grammar/text/source-text.ts';
import { type Address, compareAddresses, parseAddress } from '../../../grammar/value/address.ts';
import { problem } from './problems.ts';
import type { Report } from './report.ts';
import type { Atom } from './variables.ts';

/** Addresses by host name. */
export type HostAddresses = ReadonlyMap<string, readonly Address[]>;

/** The host names of a configuration. */
export interface Hosts {
  /** The addresses of `resolve("host")`; undefined, and a report, if the lock file does not have it. */
  readonly resolve: (atom: Atom) => readonly Address[] | undefined;
  /** Every name that was asked for. */
  readonly asked: () => readonly string[];
}

/** Whether a text may be a host name (RFC 1123, 2.1, and the underscore that some have). */
export function isHostName(text: string): boolean {
  return /^(?=.{1,253}$)[A-Za-z0-9_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*\.?$/.test(text);
}

/** The name of the lock file of a source. */
export function lockFileOf(source: string): string {
  return `${source}.lock`;
}

/** Reads a lock file: `host address...` a line, `#` comments. */
export function parseLockFile(source: SourceText): { addresses: HostAddresses; diagnostics: readonly Diagnostic[] } {
  const addresses = new Map<string, readonly Address[]>();
  const diagnostics: Diagnostic[] = [];
  let start = 0;
  for (const line of source.text.split('\n')) {
    const [host, ...words] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (host !== undefined && host !== '') {
      const parsed = words.map(parseAddress).filter((address) => address !== undefined);
      const span = { source, start, end: start + line.trimEnd().length };
      if (parsed.length === 0 || parsed.length < words.length)
        diagnostics.push(problem('bad-lock-line', undefined, { span }));
      else addresses.set(host, parsed);
    }
    start += line.length + 1;
  }
  return { addresses, diagnostics };
}

/** Prints a lock file: sorted, so that a change of one host is a change of one line. */
export function printLockFile(addresses: HostAddresses): string {
  const lines = [...addresses].map(([host, list]) => `${host} ${[...list].sort(compareAddresses).join(' ')}\n`);
  return `# Written by ipvstx lock; keep it beside its source.\n${lines.sort().join('')}`;
}

/** The hosts of a configuration whose lock file is `lockFile`. */
export function openHosts(addresses: HostAddresses, lockFile: string, { report }: { readonly report: Report }): Hosts {
  const asked = new Set<string>();
  return {
    asked: () => [...asked],
    resolve: (atom) => {
      if (atom.kind !== 'resolve') return undefined;
      const host = atom.host.text;
      asked.add(host);
      const found = addresses.get(host);
      if (found !== undefined) return found;
      const suggestion = 'run ipvstx lock to look it up';
      report(problem('unlocked-host', { host, lockFile }, { span: atom.span, suggestion }));
      return undefined;
    },
  };
}
