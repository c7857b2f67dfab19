/** Owns tables written down in a test: keys as the texts that name them, settings only where they matter. */

import type { Family } from '../../grammar/value/family.ts';
import type { Protocol } from '../../grammar/value/protocol.ts';
import { type Destination, type DestinationSettings, destinationId } from '../../src/model/destination.ts';
import { type Service, type ServiceKey, type ServiceSettings, serviceId } from '../../src/model/service.ts';
import type { Table } from '../../src/model/table.ts';
import { addressOf } from './arbitrary.ts';

/** Backends by `10.0.0.1 port 80`, oldest first. */
export type BackendsText = Readonly<
  Record<string, Partial<DestinationSettings> & Pick<Destination, 'weightIsInitial'>>
>;

/** Services by `tcp 192.0.2.1 port 80` or `mark 7 ip`. */
export type ServicesText = Readonly<
  Record<string, Partial<ServiceSettings> & Pick<Service, 'name'> & { readonly backends?: BackendsText }>
>;

const settings: ServiceSettings = { scheduler: 'wlc', flags: 0, onePacket: false };
const backendSettings: DestinationSettings = {
  forwarding: { method: 'masquerade' },
  weight: 1,
  upperThreshold: 0,
  lowerThreshold: 0,
};

/** The key of a text like `tcp 192.0.2.1 port 80` or `mark 7 ip`. */
export function serviceKeyOf(text: string): ServiceKey {
  const [first = '', second = '', third = '', fourth] = text.split(' ');
  if (first === 'mark') return { kind: 'mark', mark: Number(second), family: third as Family };
  return { kind: 'endpoint', protocol: first as Protocol, address: addressOf(second), port: Number(fourth) };
}

/** The backend of a text like `10.0.0.1 port 80`. */
export function backendOf(text: string, options: BackendsText[string] = {}): Destination {
  const [address = '', , port] = text.split(' ');
  const { weightIsInitial, ...some } = options;
  return {
    key: { address: addressOf(address), port: Number(port) },
    settings: { ...backendSettings, ...some },
    ...(weightIsInitial === undefined ? {} : { weightIsInitial }),
  };
}

/** One service of {@link tableOf}. */
export function serviceOf(text: string, { backends = {}, name, ...some }: ServicesText[string] = {}): Service {
  const destinations = Object.entries(backends).map(([text, options]) => backendOf(text, options));
  return {
    key: serviceKeyOf(text),
    settings: { ...settings, ...some },
    destinations: new Map(destinations.map((destination) => [destinationId(destination.key), destination])),
    ...(name === undefined ? {} : { name }),
  };
}

/** A table of the services, saying nothing else unless told. */
export function tableOf(services: ServicesText, rest: Partial<Omit<Table, 'services'>> = {}): Table {
  const list = Object.entries(services).map(([text, options]) => serviceOf(text, options));
  return { timeouts: {}, daemons: {}, ...rest, services: new Map(list.map((each) => [serviceId(each.key), each])) };
}
