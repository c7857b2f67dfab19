/** Owns the look-ups of one run: each question is asked once, and all that a listing needs at the same time. */

import type { Address } from '../../../grammar/value/address.ts';
import { type Names, numericNames } from '../../render/ipvsadm/names.ts';
import type { Lookups } from './lookups.ts';
import type { ServiceNames } from './service-names.ts';

/** What one run may ask about names. */
export interface NameService extends Lookups {
  /** Lists with names: `render` is run twice, once to learn what it asks and once with the answers. */
  render<Listing>(render: (names: Names) => Listing): Promise<Listing>;
}

/** Where names come from. */
export interface NameSources {
  /** Path of the services file. */
  readonly services: string;
  readonly hostAddress: (name: string) => Promise<Address | undefined>;
  /** Addresses without a name are absent in the answer. */
  readonly hostNames: (addresses: readonly Address[]) => Promise<ReadonlyMap<Address, string>>;
}

/** The machine's own sources, which are loaded at the first question: a numeric run never asks. */
const machineSources: NameSources = {
  services: '/etc/services',
  hostAddress: async (name) => (await import('./host-names.ts')).hostAddress(name),
  hostNames: async (addresses) => (await import('./host-names.ts')).hostNames(addresses),
};

/** Names out of these sources. The services file is read once, and only if somebody asks. */
export function openNames({ services: path, hostAddress, hostNames } = machineSources): NameService {
  let services: Promise<ServiceNames> | undefined;
  const serviceNames = (): Promise<ServiceNames> =>
    (services ??= import('./service-names.ts').then(({ readServiceNames }) => readServiceNames(path)));

  return {
    host: hostAddress,
    port: async (name, protocol) => (await serviceNames()).port(name, protocol),

    async render(render) {
      const addresses = new Set<Address>();
      render({ ...numericNames, host: (address) => (addresses.add(address), address) });
      const [hosts, ports] = await Promise.all([hostNames([...addresses]), serviceNames()]);
      return render({
        host: (address) => hosts.get(address) ?? address,
        port: (port, protocol) => (protocol && ports.name(port, protocol)) ?? String(port),
      });
    },
  };
}
