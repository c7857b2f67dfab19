/** Owns the tree of the config language: what was written, before anybody asks what it means. */

import type { Diagnostic } from '../text/diagnostic.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';

/** What every node has: from its first token to behind its last. */
interface Node<Kind extends string> {
  readonly kind: Kind;
  readonly span: Span;
}

/** One file, with everything in it that could be understood. */
export interface ConfigFile extends Node<'file'> {
  readonly source: SourceText;
  readonly statements: readonly Statement[];
  /** In the order of the text. */
  readonly comments: readonly Comment[];
  /** The names that the statements which were left out would have declared. */
  readonly lost: readonly Name[];
  /** Nothing was left out because of a mistake, so what is missing here is missing. */
  readonly complete: boolean;
}

/** A file that was read. There is always a tree. */
export interface ParsedConfig {
  readonly file: ConfigFile;
  readonly diagnostics: readonly Diagnostic[];
}

/** From `#` to the end of the line. */
export interface Comment extends Node<'comment'> {
  readonly text: string;
}

/** `{ ... }` behind the head of a statement. */
export interface Block<Item> extends Node<'block'> {
  readonly items: readonly Item[];
  /** Nothing was left out because of a mistake. */
  readonly complete: boolean;
}

/* Values */

/** A name that is declared or referred to. */
export interface Name extends Node<'name'> {
  readonly text: string;
}

/** A bare word: a number, an address, a duration, a range, the name of a scheduler. Its place says which is wanted. */
export interface Word extends Node<'word'> {
  readonly text: string;
}

/** `"text"`; the text is without its quotes and escapes. */
export interface Text extends Node<'text'> {
  readonly text: string;
}

/** `$NAME`; the name is without its dollar sign. */
export interface Variable extends Node<'variable'> {
  readonly name: string;
}

/** `resolve("host")`. */
export interface Resolve extends Node<'resolve'> {
  readonly host: Text;
}

/** A value that is not a set. A variable may stand for one. */
export type Scalar = Word | Text | Variable | Resolve;

/** `{ a, b }`. */
export interface SetValue extends Node<'set'> {
  readonly items: readonly Scalar[];
}

/** Whatever may stand where a value is expected. */
export type Value = Scalar | SetValue;

/* Statements of a file */

/** `ipvs 1` */
export interface Version extends Node<'version'> {
  readonly version: Value;
}

/** `include "path"`, `include? "path"` */
export interface Include extends Node<'include'> {
  readonly path: Text;
  readonly optional: boolean;
}

/** `define NAME = VALUE` */
export interface Define extends Node<'define'> {
  readonly name: Name;
  readonly value: Value;
}

/** `site NAME { defines }` */
export interface Site extends Node<'site'> {
  readonly name: Name;
  readonly block: Block<Define>;
}

/** `own all`, `own declared` */
export interface Own extends Node<'own'> {
  readonly what: 'all' | 'declared';
}

/** `timeouts { tcp 15m; tcp-fin 2m; udp 5m }` */
export interface TimeoutsStatement extends Node<'timeouts'> {
  readonly block: Block<TimeoutItem>;
}

/** One line of it. */
export interface TimeoutItem extends Node<'timeout'> {
  readonly name: 'tcp' | 'tcp-fin' | 'udp';
  readonly time: Value;
}

/** `sync master { ... }`, `sync backup stopped`: without a block it is to be stopped. */
export interface Sync extends Node<'sync'> {
  readonly role: 'master' | 'backup';
  readonly block?: Block<SyncItem>;
}

/** One line of it. */
export interface SyncItem extends Node<'sync-item'> {
  readonly name: 'interface' | 'id' | 'group' | 'port' | 'ttl' | 'max-length';
  readonly value: Value;
}

/** `defaults { settings }` */
export interface Defaults extends Node<'defaults'> {
  readonly block: Block<Setting>;
}

/** `profile NAME { settings }` */
export interface Profile extends Node<'profile'> {
  readonly name: Name;
  readonly block: Block<Setting>;
}

/** `pool NAME { members }` */
export interface Pool extends Node<'pool'> {
  readonly name: Name;
  readonly block: Block<Member>;
}

/** `service NAME { ... }` */
export interface ServiceStatement extends Node<'service'> {
  readonly name: Name;
  readonly block: Block<ServiceItem>;
}

/** What a file consists of. */
export type Statement =
  Version | Include | Define | Site | Own | TimeoutsStatement | Sync | Defaults | Profile | Pool | ServiceStatement;

/* Settings */

/** `scheduler NAME`, `scheduler NAME flags { ... }` */
export interface SchedulerSetting extends Node<'scheduler'> {
  readonly name: Value;
  readonly flags?: Value;
}

/** `persist`, `persist 10m mask 24 mask6 64 engine sip`, `persist off` */
export interface PersistSetting extends Node<'persist'> {
  readonly off: boolean;
  readonly time?: Value;
  readonly options: readonly PersistOption[];
}

/** A word behind `persist`, with its value. */
export interface PersistOption extends Node<'persist-option'> {
  readonly name: 'mask' | 'mask6' | 'engine';
  readonly value: Value;
}

/** `engine sip`, `engine off` */
export interface EngineSetting extends Node<'engine'> {
  /** Absent: off. */
  readonly name?: Value;
}

/** `one-packet`, `one-packet off` */
export interface OnePacketSetting extends Node<'one-packet'> {
  readonly off: boolean;
}

/** `on-remove drain 5m`, `on-remove cut` */
export interface OnRemoveSetting extends Node<'on-remove'> {
  /** Absent: cut. */
  readonly drain?: Value;
}

/** `forward masq` as a setting, `masq` behind a backend; the same for `dr` and `tunnel ...`. */
export interface ForwardSetting extends Node<'forward'> {
  readonly method: 'masq' | 'dr' | 'tunnel';
  /** Absent: ipip. */
  readonly tunnel?: TunnelOptions;
}

/** `gue port 6080 csum`, `gre`, `ipip` */
export interface TunnelOptions extends Node<'tunnel'> {
  readonly type: 'ipip' | 'gue' | 'gre';
  /** Only of gue, and there always. */
  readonly port?: Value;
  /** Absent: none. */
  readonly checksum?: 'nocsum' | 'csum' | 'remcsum';
}

/** `weight 100`, `weight 100 initial` */
export interface WeightSetting extends Node<'weight'> {
  readonly weight: Value;
  readonly initial: boolean;
}

/** `upper 20000`, `lower 15000` */
export interface ThresholdSetting extends Node<'upper' | 'lower'> {
  readonly connections: Value;
}

/** What `defaults` and profiles consist of, and what a service may say itself. */
export type Setting =
  | SchedulerSetting
  | PersistSetting
  | EngineSetting
  | OnePacketSetting
  | OnRemoveSetting
  | ForwardSetting
  | WeightSetting
  | ThresholdSetting;

/* Backends */

/** `port 8443` behind a backend. */
export interface PortOption extends Node<'port'> {
  readonly port: Value;
}

/** `cross-family` behind a backend. */
export type CrossFamilyOption = Node<'cross-family'>;

/** What may be said of a backend. */
export type BackendOption = PortOption | ForwardSetting | WeightSetting | ThresholdSetting | CrossFamilyOption;

/** `w1 10.0.1.11 2001:db8:1::11 weight 100` */
export interface Member extends Node<'member'> {
  readonly name?: Name;
  /** At least one. */
  readonly addresses: readonly Scalar[];
  readonly options: readonly BackendOption[];
}

/* The other lines of a service */

/** `describe "customer front end"` */
export interface Describe extends Node<'describe'> {
  readonly text: Text;
}

/** `use PROFILE` */
export interface Use extends Node<'use'> {
  readonly profile: Name;
}

/** `tcp ADDRESSES port PORTS` */
export interface Listener extends Node<'listener'> {
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly addresses: Value;
  readonly ports: Value;
}

/** `mark 7 ip6` */
export interface MarkListener extends Node<'mark'> {
  readonly marks: Value;
  /** Absent: IPv4. */
  readonly families?: Value;
}

/** `backends POOL port 8443` */
export interface Backends extends Node<'backends'> {
  readonly pool: Name;
  readonly options: readonly BackendOption[];
}

/** `backend 10.0.1.70 port 3868` */
export interface Backend extends Node<'backend'> {
  readonly member: Member;
}

/** What a service consists of. */
export type ServiceItem = Setting | Describe | Use | Listener | MarkListener | Backends | Backend;
