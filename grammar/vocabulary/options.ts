/** Owns the option table of ipvsadm 1.31: scanner, lexer, printer, legality, help and completion all read this one. */

/** Whether an option takes a value. Only `-p` takes an optional one. */
export type ValueKind = 'none' | 'required' | 'optional';

/**
 * What ipvsadm counts and names in its messages: options of one slot exclude each other and may be given once.
 * In the order of ipvsadm's matrix, which decides what is reported first (ipvsadm reference, 1.4).
 */
export const slots = [
  'numeric',
  'connection',
  'service-address',
  'scheduler',
  'persistent',
  'netmask',
  'real-server',
  'forwarding-method',
  'weight',
  'u-threshold',
  'l-threshold',
  'mcast-interface',
  'timeout',
  'daemon',
  'stats',
  'rate',
  'thresholds',
  'persistent-conn',
  'nosort',
  'syncid',
  'exact',
  'ops',
  'pe',
  'sched-flags',
  'mcast-group',
  'mcast-port',
  'mcast-ttl',
  'sync-maxlen',
  'tun-info',
  'tun-type',
  'tun-port',
  'tun-nocsum',
  'tun-csum',
  'tun-remcsum',
] as const;

/** The name of a slot, as ipvsadm's messages have it. */
export type Slot = (typeof slots)[number];

interface OptionShape {
  /** Without its dashes; the option's name everywhere in this program. */
  readonly long: string;
  /** One letter or digit, without its dash. */
  readonly short?: string;
  readonly value: ValueKind;
  /** The value's name in usage texts. */
  readonly placeholder?: string;
  /** Absent: the option may be repeated and stands outside of the legality matrix. */
  readonly slot?: Slot;
  /** What it does, for usage texts. */
  readonly meaning: string;
}

const flag = { value: 'none' } as const;
const valued = { value: 'required' } as const;

const table = [
  {
    ...valued,
    long: 'tcp-service',
    short: 't',
    placeholder: 'host[:port]',
    slot: 'service-address',
    meaning: 'TCP service',
  },
  {
    ...valued,
    long: 'udp-service',
    short: 'u',
    placeholder: 'host[:port]',
    slot: 'service-address',
    meaning: 'UDP service',
  },
  {
    ...valued,
    long: 'sctp-service',
    placeholder: 'host[:port]',
    slot: 'service-address',
    meaning: 'SCTP service',
  },
  {
    ...valued,
    long: 'fwmark-service',
    short: 'f',
    placeholder: 'mark',
    slot: 'service-address',
    meaning: 'service of a firewall mark, 1..4294967295',
  },
  { ...flag, long: 'ipv6', short: '6', meaning: 'the firewall mark before it is one of IPv6 packets' },
  {
    ...valued,
    long: 'real-server',
    short: 'r',
    placeholder: 'host[:port]',
    slot: 'real-server',
    meaning: 'real server',
  },
  {
    ...valued,
    long: 'scheduler',
    short: 's',
    placeholder: 'name',
    slot: 'scheduler',
    meaning: 'scheduler, wlc unless given',
  },
  {
    value: 'optional',
    long: 'persistent',
    short: 'p',
    placeholder: 'seconds',
    slot: 'persistent',
    meaning: 'clients keep their server for so long, 360 seconds unless given',
  },
  {
    ...valued,
    long: 'netmask',
    short: 'M',
    placeholder: 'mask',
    slot: 'netmask',
    meaning: 'clients that count as one: IPv4 mask or IPv6 prefix length',
  },
  { ...valued, long: 'pe', placeholder: 'name', slot: 'pe', meaning: 'persistence engine' },
  { ...flag, long: 'ops', short: 'o', slot: 'ops', meaning: 'schedule each datagram on its own' },
  {
    ...valued,
    long: 'sched-flags',
    short: 'b',
    placeholder: 'flags',
    slot: 'sched-flags',
    meaning: 'scheduler flags, separated by commas',
  },
  {
    ...flag,
    long: 'gatewaying',
    short: 'g',
    slot: 'forwarding-method',
    meaning: 'direct routing, what holds unless given',
  },
  { ...flag, long: 'ipip', short: 'i', slot: 'forwarding-method', meaning: 'tunnel' },
  {
    ...flag,
    long: 'masquerading',
    short: 'm',
    slot: 'forwarding-method',
    meaning: 'network address translation',
  },
  {
    ...valued,
    long: 'weight',
    short: 'w',
    placeholder: 'number',
    slot: 'weight',
    meaning: 'share of the load, 1 unless given; 0 takes no new connections',
  },
  {
    ...valued,
    long: 'tun-type',
    placeholder: 'ipip|gue|gre',
    slot: 'tun-type',
    meaning: 'kind of tunnel, ipip unless given',
  },
  { ...valued, long: 'tun-port', placeholder: 'port', slot: 'tun-port', meaning: 'UDP port of a gue tunnel' },
  { ...flag, long: 'tun-nocsum', slot: 'tun-nocsum', meaning: 'tunnel without checksum' },
  { ...flag, long: 'tun-csum', slot: 'tun-csum', meaning: 'tunnel with checksum' },
  { ...flag, long: 'tun-remcsum', slot: 'tun-remcsum', meaning: 'tunnel with remote checksum offload' },
  {
    ...valued,
    long: 'u-threshold',
    short: 'x',
    placeholder: 'number',
    slot: 'u-threshold',
    meaning: 'connections at which no new ones are sent',
  },
  {
    ...valued,
    long: 'l-threshold',
    short: 'y',
    placeholder: 'number',
    slot: 'l-threshold',
    meaning: 'connections below which new ones are sent again',
  },
  { ...flag, long: 'numeric', short: 'n', slot: 'numeric', meaning: 'addresses and ports as numbers' },
  { ...flag, long: 'connection', short: 'c', slot: 'connection', meaning: 'list connections' },
  { ...flag, long: 'timeout', slot: 'timeout', meaning: 'list the timeouts' },
  { ...flag, long: 'daemon', slot: 'daemon', meaning: 'list the synchronisation daemons' },
  { ...flag, long: 'stats', slot: 'stats', meaning: 'list counters' },
  { ...flag, long: 'rate', slot: 'rate', meaning: 'list rates' },
  { ...flag, long: 'thresholds', slot: 'thresholds', meaning: 'list thresholds' },
  { ...flag, long: 'persistent-conn', slot: 'persistent-conn', meaning: 'list persistent connections' },
  { ...flag, long: 'tun-info', slot: 'tun-info', meaning: 'list tunnels' },
  { ...flag, long: 'exact', short: 'X', slot: 'exact', meaning: 'counters without K, M, G' },
  { ...flag, long: 'nosort', slot: 'nosort', meaning: 'list in the order of the kernel' },
  { ...flag, long: 'sort', meaning: 'does nothing; --sort=compat sorts as ipvsadm 1.31 does' },
  {
    ...valued,
    long: 'mcast-interface',
    placeholder: 'name',
    slot: 'mcast-interface',
    meaning: 'interface of the daemon, eth0 unless given',
  },
  { ...valued, long: 'syncid', placeholder: '0..255', slot: 'syncid', meaning: 'synchronisation id, 0 unless given' },
  { ...valued, long: 'mcast-group', placeholder: 'address', slot: 'mcast-group', meaning: 'multicast group' },
  { ...valued, long: 'mcast-port', placeholder: 'port', slot: 'mcast-port', meaning: 'multicast port' },
  { ...valued, long: 'mcast-ttl', placeholder: '1..255', slot: 'mcast-ttl', meaning: 'multicast time to live' },
  {
    ...valued,
    long: 'sync-maxlen',
    placeholder: 'bytes',
    slot: 'sync-maxlen',
    meaning: 'longest synchronisation message',
  },
] as const satisfies readonly OptionShape[];

/** An option's long name. */
export type OptionName = (typeof table)[number]['long'];

/** One option of ipvsadm. */
export interface Option extends OptionShape {
  readonly long: OptionName;
}

/** Every option that is not a command, in the order in which a rule line is printed: that of `ipvsadm -S`, as far as it goes. */
export const options: readonly Option[] = table;
