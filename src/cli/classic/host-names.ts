/** Owns the names of hosts, both ways: what gethostbyname() and gethostbyaddr() answer, but for many at once. */

import { lookup, lookupService, Resolver } from 'node:dns/promises';
import { promises } from 'node:fs';
import { type Address, parseAddress, parseIpv4 } from '../../../grammar/value/address.ts';

/** A file's text; a file that can't be read is an empty one. */
async function textOf(path: string): Promise<string> {
  try {
    return await promises.readFile(path, 'utf8');
  } catch {
    return '';
  }
}

/** The number behind `name:` in the options of resolv.conf(5). */
function resolverOption(text: string, name: string, fallback: number): number {
  const value = new RegExp(`^options\\b.*\\b${name}:(\\d+)`, 'm').exec(text)?.[1];
  return value === undefined ? fallback : Number(value);
}

/** The names of a hosts file: the first line that mentions an address counts, as for the C library. */
function readHosts(text: string): ReadonlyMap<Address, string> {
  const names = new Map<Address, string>();
  for (const line of text.split('\n')) {
    const [written = '', name] = line.replace(/#.*/, '').trim().split(/\s+/);
    const address = parseAddress(written);
    if (address !== undefined && name !== undefined && !names.has(address)) names.set(address, name);
  }
  return names;
}

/** Asks the hosts file, then the name servers for all other addresses at once. */
async function askFilesAndServers(addresses: readonly Address[]): Promise<ReadonlyMap<Address, string>> {
  const names = new Map(readHosts(await textOf('/etc/hosts')));
  const configuration = await textOf('/etc/resolv.conf');
  // The C library's patience, unless resolv.conf says otherwise.
  const timeout = 1000 * resolverOption(configuration, 'timeout', 5);
  const resolver = new Resolver({ timeout, tries: resolverOption(configuration, 'attempts', 2) });
  const ask = async (address: Address): Promise<void> => {
    try {
      const [name] = await resolver.reverse(address);
      if (name !== undefined) names.set(address, name);
    } catch {
      // It has no name, or nobody answers.
    }
  };
  await Promise.all(addresses.filter((address) => !names.has(address)).map(ask));
  return names;
}

/** Calls of the C library's resolver that Node runs at the same time: half of its four threads. */
const lanes = 2;

/** Asks the C library, which knows every source of nsswitch.conf; nothing more once it had to give up on one. */
async function askLibrary(addresses: readonly Address[]): Promise<ReadonlyMap<Address, string>> {
  const names = new Map<Address, string>();
  const waiting = [...addresses];
  const lane = async (): Promise<void> => {
    for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
      try {
        names.set(address, (await lookupService(address, 0)).hostname);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EAI_AGAIN') waiting.length = 0;
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return names;
}

/** What nsswitch.conf(5) says on most machines. There, the servers can be asked for everything at once. */
const usualSources = 'files dns';

/** The names of addresses; one without a name is absent. A name server that does not answer costs one time-out. */
export async function hostNames(addresses: readonly Address[]): Promise<ReadonlyMap<Address, string>> {
  if (addresses.length === 0) return new Map();
  const sources = /^hosts:(.*)$/m.exec(await textOf('/etc/nsswitch.conf'))?.[1]?.trim() ?? usualSources;
  return sources === usualSources ? askFilesAndServers(addresses) : askLibrary(addresses);
}

/** The first IPv4 address of a name; ipvsadm looks for no other. */
export async function hostAddress(name: string): Promise<Address | undefined> {
  try {
    return name === '' ? undefined : parseIpv4((await lookup(name, { family: 4 })).address);
  } catch {
    return undefined;
  }
}
