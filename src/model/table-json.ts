/** Owns the JSON form of a table: lossless in both directions, for every table that a kernel may hold. */

import { type Address, parseAddress } from '../../grammar/value/address.ts';
import {
  type Range,
  engineNameLength,
  interfaceNameLength,
  marks,
  schedulerNameLength,
} from '../../grammar/value/limits.ts';
import { type Netmask, parseNetmask } from '../../grammar/value/netmask.ts';
import { type Protocol, protocolFromNumber, protocolNumber } from '../../grammar/value/protocol.ts';
import { type SchedulerFlags, schedulerFlagWords } from '../../grammar/value/scheduler-flags.ts';
import type { DaemonRole, DaemonSettings } from './daemon.ts';
import {
  type Destination,
  type DestinationKey,
  type DestinationSettings,
  type Forwarding,
  type Tunnel,
  destinationId,
} from './destination.ts';
import * as json from './json-codec.ts';
import {
  type Persistence,
  type Removal,
  type Service,
  type ServiceKey,
  type ServiceSettings,
  serviceFamily,
  serviceId,
} from './service.ts';
import type { DaemonState, Table } from './table.ts';
import type { Timeouts } from './timeouts.ts';

/** A table that was read may hold what no language can write: only the width of the netlink attribute limits it. */
const unsigned32: Range = { from: 0, to: 4_294_967_295 };
const unsigned16: Range = { from: 0, to: 65_535 };
const signed32: Range = { from: 0, to: 2_147_483_647 };
const positive: Range = { from: 1, to: 2_147_483_647 };
const octet: Range = { from: 0, to: 255 };

const port = json.number(unsigned16);
const isAddress = { anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] };
const address = json.text<Address>(parseAddress, 'an address', isAddress);
const label = json.text<string>((text) => text, 'a text', {});
const isTrue = json.scalar((given) => (given === true ? given : undefined), 'true', { const: true });

/** A name as the kernel takes it: 1 to `length` characters, no blanks. */
function name(length: number): json.Codec<string> {
  const parse = (text: string) => (text.length <= length && /^[^\s\0]+$/.test(text) ? text : undefined);
  return json.text(parse, `a name of at most ${length} characters`, { maxLength: length, pattern: '^[^\\s\\0]+$' });
}

const protocol = json.text<Protocol>(
  (text) => {
    const number = protocolNumber(text as Protocol);
    return number <= unsigned16.to && protocolFromNumber(number) === text ? text : undefined;
  },
  'tcp, udp, sctp or protocol-N',
  { pattern: '^(tcp|udp|sctp|protocol-(0|[1-9][0-9]{0,4}))$' },
);

const serviceKey = json.oneOf<ServiceKey, ServiceKey['kind']>(
  {
    endpoint: json.record<Extract<ServiceKey, { kind: 'endpoint' }>>({
      kind: json.implied('endpoint'),
      protocol: json.required('protocol', protocol),
      address: json.required('address', address),
      port: json.required('port', port),
    }),
    mark: json.record<Extract<ServiceKey, { kind: 'mark' }>>({
      kind: json.implied('mark'),
      mark: json.required('mark', json.number(marks)),
      family: json.required('family', json.word('ip', 'ip6')),
    }),
  },
  ({ kind }) => kind,
  (get) => (get('mark') === undefined ? 'endpoint' : 'mark'),
);

/** Bits by their plain names, whatever the scheduler calls them. */
const plainFlags = schedulerFlagWords.filter(({ scheduler }) => scheduler === undefined);

const flagWord = json.word(...plainFlags.map((flag) => flag.word));

const schedulerFlags: json.Codec<SchedulerFlags> = {
  schema: { type: 'array', items: flagWord.schema },
  encode: (flags) => plainFlags.filter(({ bit }) => (flags & bit) !== 0).map(({ word }) => word),
  decode: (list, path) => {
    if (!Array.isArray(list)) throw new json.JsonMismatch(path, 'is no list');
    const words = new Set(list.map((entry, index) => flagWord.decode(entry, `${path}[${index}]`)));
    return plainFlags.reduce((bits, flag) => (words.has(flag.word) ? bits | flag.bit : bits), 0);
  },
};

const netmask = json.text<Netmask>(
  (text) => parseNetmask(text, 'ip') ?? parseNetmask(text, 'ip6'),
  'an IPv4 mask or an IPv6 prefix length',
  { anyOf: [{ format: 'ipv4' }, { pattern: '^([1-9]|[1-9][0-9]|1[01][0-9]|12[0-8])$' }] },
);

const persistence = json.record<Persistence>({
  timeout: json.required('timeout', json.number(unsigned32)),
  mask: json.required('mask', netmask),
});

const serviceSettings = json.record<ServiceSettings>({
  scheduler: json.required('scheduler', name(schedulerNameLength)),
  flags: json.defaulted('scheduler_flags', schedulerFlags, 0),
  persistence: json.optional('persistence', json.object(persistence)),
  engine: json.optional('engine', name(engineNameLength)),
  onePacket: json.defaulted('one_packet', json.flag, false),
});

const checksum = json.required('checksum', json.word('none', 'plain', 'remote'));

/** 0 to 2 are known; the attribute has 8 bits. */
const otherTunnelType = /^type-([3-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/;

/** The names of tunnel types that this program does not know. */
const otherTunnel = json.text(
  (type) => (otherTunnelType.test(type) ? (type as `type-${number}`) : undefined),
  'ipip, gue, gre or type-N',
  { pattern: otherTunnelType.source },
);

const tunnel = json.oneOf<Tunnel, 'ipip' | 'gue' | 'gre' | 'other'>(
  {
    ipip: json.record<Extract<Tunnel, { type: 'ipip' }>>({ type: json.required('type', json.word('ipip')) }),
    gue: json.record<Extract<Tunnel, { type: 'gue' }>>({
      type: json.required('type', json.word('gue')),
      port: json.required('port', port),
      checksum,
    }),
    gre: json.record<Extract<Tunnel, { type: 'gre' }>>({ type: json.required('type', json.word('gre')), checksum }),
    other: json.record<Extract<Tunnel, { type: `type-${number}` }>>({
      type: json.required('type', otherTunnel),
      port: json.required('port', port),
      flags: json.required('flags', json.number(unsigned16)),
    }),
  },
  ({ type }) => (type === 'ipip' || type === 'gue' || type === 'gre' ? type : 'other'),
  (get) => {
    const type = get('type');
    return type === 'ipip' || type === 'gue' || type === 'gre' ? type : 'other';
  },
);

/** Forwarding without anything to say about it but its method. */
interface Untunnelled {
  readonly method: Exclude<Forwarding['method'], 'tunnel'>;
}

/** The kernel keeps 3 bits, and 0 to 3 have names. */
const untunnelledMethod = /^(masquerade|direct|local|method-[4-7])$/;

const otherMethod = json.text(
  (method) => (untunnelledMethod.test(method) ? (method as Untunnelled['method']) : undefined),
  'masquerade, direct, tunnel, local or method-N',
  { pattern: untunnelledMethod.source },
);

const forwarding = json.oneOf<Forwarding, 'tunnel' | 'other'>(
  {
    tunnel: json.record<Extract<Forwarding, { method: 'tunnel' }>>({
      method: json.required('method', json.word('tunnel')),
      tunnel: json.required('tunnel', json.object(tunnel)),
    }),
    other: json.record<Untunnelled>({ method: json.required('method', otherMethod) }),
  },
  ({ method }) => (method === 'tunnel' ? 'tunnel' : 'other'),
  (get) => (get('method') === 'tunnel' ? 'tunnel' : 'other'),
);

const destination = json.record<Omit<Destination, 'origin'>>({
  key: json.record<DestinationKey>({
    address: json.required('address', address),
    port: json.required('port', port),
  }),
  name: json.optional('name', label),
  settings: json.record<DestinationSettings>({
    forwarding,
    weight: json.defaulted('weight', json.number(signed32), 1),
    upperThreshold: json.defaulted('upper_threshold', json.number(unsigned32), 0),
    lowerThreshold: json.defaulted('lower_threshold', json.number(unsigned32), 0),
  }),
  weightIsInitial: json.optional('weight_is_initial', isTrue),
});

const removal = json.oneOf<Removal, Removal['kind']>(
  {
    cut: json.record<Extract<Removal, { kind: 'cut' }>>({ kind: json.required('kind', json.word('cut')) }),
    drain: json.record<Extract<Removal, { kind: 'drain' }>>({
      kind: json.required('kind', json.word('drain')),
      seconds: json.required('seconds', json.number(positive)),
    }),
  },
  ({ kind }) => kind,
  (get) => (get('kind') === 'cut' ? 'cut' : 'drain'),
);

const serviceProperties = json.record<Omit<Service, 'origin'>>({
  key: serviceKey,
  name: json.optional('name', label),
  description: json.optional('description', label),
  settings: serviceSettings,
  onRemove: json.optional('on_remove', json.object(removal)),
  destinations: json.defaulted(
    'destinations',
    json.entries(json.object(destination), ({ key }) => destinationId(key)),
    new Map(),
  ),
});

const service = json.sensible(json.object(serviceProperties), ({ key, settings: { persistence } }) => {
  const fits = persistence === undefined || parseNetmask(persistence.mask, serviceFamily(key)) !== undefined;
  return fits ? undefined : `has the mask ${persistence.mask}, which is none of its address family`;
});

const daemonSettings = json.record<DaemonSettings>({
  interface: json.required('interface', name(interfaceNameLength)),
  syncId: json.required('sync_id', json.number(unsigned32)),
  group: json.optional('group', address),
  port: json.optional('port', port),
  ttl: json.optional('ttl', json.number(octet)),
  maxLength: json.optional('max_length', json.number(unsigned16)),
});

function daemon(role: DaemonRole): json.Properties<DaemonState | undefined> {
  const running = json.object(daemonSettings);
  return json.optional<DaemonState>(role, {
    schema: { oneOf: [{ const: 'stopped' }, running.schema] },
    encode: (state) => (state === 'stopped' ? state : running.encode(state.settings)),
    decode: (state, path) => (state === 'stopped' ? state : { role, settings: running.decode(state, path) }),
  });
}

const timeouts = json.record<Omit<Timeouts, 'origin'>>({
  tcp: json.optional('tcp', json.number(positive)),
  tcpFin: json.optional('tcp_fin', json.number(positive)),
  udp: json.optional('udp', json.number(positive)),
});

const table = json.object(
  json.record<Table & { readonly version: 1 }>({
    version: json.required(
      'format_version',
      json.scalar((given) => (given === 1 ? given : undefined), '1', { const: 1 }),
    ),
    owns: json.optional('owns', json.word('all', 'declared')),
    timeouts: json.defaulted('timeouts', json.object(timeouts), {}),
    daemons: json.defaulted(
      'daemons',
      json.object(json.record<Table['daemons']>({ master: daemon('master'), backup: daemon('backup') })),
      {},
    ),
    services: json.defaulted(
      'services',
      json.entries(service, ({ key }) => serviceId(key)),
      new Map(),
    ),
  }),
);

/** The form for editors and other programs; the file table.schema.json beside this one holds it. */
export const tableSchema: json.JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'An IPVS table as ipvstx writes and reads it',
  ...table.schema,
};

/** As much of the form as its readers inside the program rely on. */
export interface TableJson {
  readonly services: readonly { readonly destinations: readonly object[] }[];
}

/** The table as plain data for JSON.stringify(); services and destinations stay in their order. */
export function tableToJson(value: Table): TableJson {
  return table.encode({ version: 1, ...value }) as TableJson;
}

/** The table of a parsed JSON document; throws a {@link json.JsonMismatch} that names the first wrong place. */
export function tableFromJson(document: unknown): Table {
  const { version: _version, ...value } = table.decode(document, '');
  return value;
}
