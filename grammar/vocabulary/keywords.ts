/** Owns the keywords of the config language: lexer, suggestions, completion and the manual read this one table. */

/** Where a keyword may begin a statement or an option. */
export type Place =
  | 'file'
  | 'site'
  | 'timeouts'
  | 'sync'
  /** `defaults` and `profile`. */
  | 'settings'
  | 'service'
  /** A member begins with a name or an address, so no keyword is at home here. */
  | 'pool'
  /** Behind a member, `backend` or `backends`. */
  | 'backend'
  /** Inside a statement that another keyword begins. */
  | 'inside';

interface KeywordShape {
  readonly word: string;
  readonly places: readonly Place[];
  /** The keywords that may follow inside the same statement. */
  readonly takes?: readonly string[];
  readonly meaning: string;
}

const setting = ['settings', 'service'] as const;
const threshold = ['settings', 'service', 'backend'] as const;
const inside = ['inside'] as const;

const table = [
  { word: 'ipvs', places: ['file'], meaning: 'version of the language, 1' },
  { word: 'include', places: ['file'], meaning: 'read other files as part of this one' },
  { word: 'include?', places: ['file'], meaning: 'the same, and none need exist' },
  { word: 'define', places: ['file', 'site'], meaning: 'give a value a name: define NAME = VALUE' },
  { word: 'site', places: ['file'], meaning: 'defines that hold for one site' },
  {
    word: 'own',
    places: ['file'],
    takes: ['all', 'declared'],
    meaning: 'whose are services that the file does not name',
  },
  { word: 'all', places: inside, meaning: 'every service of the table is of this file' },
  { word: 'declared', places: inside, meaning: 'other services are left alone' },
  { word: 'timeouts', places: ['file'], meaning: 'how long idle connections are kept' },
  { word: 'sync', places: ['file'], takes: ['master', 'backup', 'stopped'], meaning: 'a synchronisation daemon' },
  { word: 'master', places: inside, meaning: 'the daemon that sends connections' },
  { word: 'backup', places: inside, meaning: 'the daemon that takes them' },
  { word: 'stopped', places: inside, meaning: 'the daemon shall not run' },
  { word: 'defaults', places: ['file'], meaning: 'settings of every service' },
  { word: 'pool', places: ['file'], meaning: 'backends that services share' },
  { word: 'profile', places: ['file'], meaning: 'settings that services use by name' },
  { word: 'service', places: ['file'], meaning: 'a virtual service: listeners, settings, backends' },

  { word: 'tcp', places: ['timeouts', 'service'], takes: ['port'], meaning: 'listen for TCP; the timeout of TCP' },
  { word: 'tcp-fin', places: ['timeouts'], meaning: 'the timeout of TCP behind a FIN' },
  { word: 'udp', places: ['timeouts', 'service'], takes: ['port'], meaning: 'listen for UDP; the timeout of UDP' },
  { word: 'sctp', places: ['service'], takes: ['port'], meaning: 'listen for SCTP' },
  { word: 'mark', places: ['service'], takes: ['ip', 'ip6'], meaning: 'packets with a firewall mark, 1..4294967295' },
  { word: 'ip', places: inside, meaning: 'IPv4' },
  { word: 'ip6', places: inside, meaning: 'IPv6' },

  { word: 'interface', places: ['sync'], meaning: 'network interface of the daemon' },
  { word: 'id', places: ['sync'], meaning: 'synchronisation id, 0..255, 0 unless given' },
  { word: 'group', places: ['sync'], meaning: 'multicast group, 224.0.0.81 unless given' },
  { word: 'ttl', places: ['sync'], meaning: 'multicast time to live, 1..255' },
  { word: 'max-length', places: ['sync'], meaning: 'bytes of the longest message' },
  { word: 'port', places: ['sync', 'backend'], meaning: 'a number or, but for sync, a well-known name' },

  {
    word: 'scheduler',
    places: setting,
    takes: ['flags'],
    meaning: 'how clients are dealt to backends, wlc unless given',
  },
  { word: 'flags', places: inside, meaning: 'flags of the scheduler' },
  {
    word: 'persist',
    places: setting,
    takes: ['off', 'mask', 'mask6', 'engine'],
    meaning: 'clients keep their backend for so long, 6m unless given',
  },
  { word: 'mask', places: inside, meaning: 'IPv4 clients that count as one: prefix length or mask' },
  { word: 'mask6', places: inside, meaning: 'IPv6 clients that count as one: prefix length' },
  { word: 'engine', places: setting, takes: ['off'], meaning: 'persistence engine, such as sip' },
  { word: 'one-packet', places: setting, takes: ['off'], meaning: 'schedule each datagram on its own' },
  { word: 'off', places: inside, meaning: 'without it, whatever defaults or profile say' },
  { word: 'forward', places: setting, takes: ['masq', 'dr', 'tunnel'], meaning: 'how packets reach backends' },
  { word: 'on-remove', places: setting, takes: ['drain', 'cut'], meaning: 'how a backend leaves the service' },
  { word: 'drain', places: inside, meaning: 'no new connections for so long, then removed' },
  { word: 'cut', places: inside, meaning: 'removed at once' },
  {
    word: 'weight',
    places: threshold,
    takes: ['initial'],
    meaning: 'share of the load, 1 unless given; 0 takes no new clients',
  },
  { word: 'initial', places: inside, meaning: 'the weight counts when the backend is created; later it is left alone' },
  { word: 'upper', places: threshold, meaning: 'connections at which no new ones are sent' },
  { word: 'lower', places: threshold, meaning: 'connections below which new ones are sent again' },

  { word: 'describe', places: ['service'], meaning: 'what the service is for' },
  { word: 'use', places: ['service'], meaning: 'take the settings of a profile' },
  { word: 'backends', places: ['service'], meaning: 'the members of a pool' },
  { word: 'backend', places: ['service'], meaning: 'one backend, without a pool' },
  { word: 'masq', places: ['backend'], meaning: 'network address translation' },
  { word: 'dr', places: ['backend'], meaning: 'direct routing, what holds unless given' },
  {
    word: 'tunnel',
    places: ['backend'],
    takes: ['ipip', 'gue', 'gre', 'nocsum', 'csum', 'remcsum'],
    meaning: 'a tunnel, ipip unless given',
  },
  { word: 'ipip', places: inside, meaning: 'IP in IP' },
  { word: 'gue', places: inside, takes: ['port'], meaning: 'generic UDP encapsulation' },
  { word: 'gre', places: inside, meaning: 'generic routing encapsulation' },
  { word: 'nocsum', places: inside, meaning: 'tunnel without checksum, what holds unless given' },
  { word: 'csum', places: inside, meaning: 'tunnel with checksum' },
  { word: 'remcsum', places: inside, meaning: 'tunnel with remote checksum offload' },
  { word: 'cross-family', places: ['backend'], meaning: 'a tunnel that carries the other address family, too' },
  { word: 'resolve', places: inside, meaning: 'the addresses of a host name, from the lock file' },
] as const satisfies readonly KeywordShape[];

/** A keyword's text. */
export type Keyword = (typeof table)[number]['word'];

/** One keyword of the config language. */
export interface KeywordEntry extends KeywordShape {
  readonly word: Keyword;
}

/** Every keyword, in the order of the manual. */
export const keywords: readonly KeywordEntry[] = table;

/** What may begin a statement (or an option) in a place. */
export function keywordsAt(place: Place): readonly Keyword[] {
  return keywords.filter(({ places }) => places.includes(place)).map(({ word }) => word);
}

/** The keywords that may follow one inside of its statement. */
export function takenBy(first: Keyword, place?: Place): readonly string[] {
  // In `timeouts` a line is a name and a time.
  return place === 'timeouts' ? [] : (keywords.find(({ word }) => word === first)?.takes ?? []);
}

/** What begins an option of a statement: behind its keyword, or behind a member of a pool. */
export function optionsOf(first: Keyword | 'member', place?: Place): readonly string[] {
  if (first === 'member' || first === 'backend' || first === 'backends') return keywordsAt('backend');
  return takenBy(first, place);
}

/** Every keyword that may follow inside a statement, however deep. */
export function keywordsInside(first: Keyword | 'member', place?: Place): readonly string[] {
  return optionsOf(first, place).flatMap((word) => [word].concat(keywordsInside(word as Keyword)));
}
