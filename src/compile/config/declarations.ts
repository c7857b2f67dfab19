/** Owns what the files of a configuration declare, by name, and that nothing is declared twice. */

import type {
  Defaults,
  Define,
  Include,
  Name,
  Own,
  Pool,
  Profile,
  ServiceStatement,
  Site,
  Statement,
  Sync,
  TimeoutsStatement,
  Version,
} from '../../../grammar/ast/config.ts';
import { quoted } from '../../../grammar/text/quoted.ts';
import type { Span } from '../../../grammar/text/span.ts';
import type { DaemonRole } from '../../model/daemon.ts';
import { onlyOnce } from './once.ts';
import type { Report } from './report.ts';

/** A statement that may be given once under its name, or once at all. */
export type Repeatable = Exclude<Statement, Include | Version | Site>;

/** Everything that was declared, the first of each. */
export interface Declarations {
  readonly defines: ReadonlyMap<string, Define>;
  /** A site may be written in several parts. */
  readonly sites: ReadonlyMap<string, ReadonlyMap<string, Define>>;
  readonly pools: ReadonlyMap<string, Pool>;
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly services: ReadonlyMap<string, ServiceStatement>;
  readonly defaults?: Defaults;
  readonly own?: Own;
  readonly timeouts?: TimeoutsStatement;
  readonly daemons: ReadonlyMap<DaemonRole, Sync>;
  /** What was declared before: none of it counts, but what is wrong inside is worth a word. */
  readonly repeated: readonly Repeatable[];
}

/** The span of a block's head: its keyword and whatever stands in front of the brace. */
function headOf({ span, block }: { readonly span: Span; readonly block?: { readonly span: Span } }): Span {
  if (block === undefined) return span;
  return { ...span, end: span.start + span.source.text.slice(span.start, block.span.start).trimEnd().length };
}

/** Collects the declarations of all files. */
export function collectDeclarations(
  statements: readonly Exclude<Statement, Include | Version>[],
  report: Report,
): Declarations {
  const defines = new Map<string, Define>();
  const sites = new Map<string, Map<string, Define>>();
  const pools = new Map<string, Pool>();
  const profiles = new Map<string, Profile>();
  const services = new Map<string, ServiceStatement>();
  const daemons = new Map<DaemonRole, Sync>();
  const repeated: Repeatable[] = [];
  let defaults: Defaults | undefined;
  let own: Own | undefined;
  let timeouts: TimeoutsStatement | undefined;

  /** Enters a statement under its name, unless that is taken. */
  function entry<Declared extends Repeatable & { readonly name: Name }>(noun: string, declared: Map<string, Declared>) {
    const isFirst = onlyOnce(report, noun);
    return (statement: Declared): void => {
      const { text, span } = statement.name;
      if (isFirst(text, span)) declared.set(text, statement);
      else repeated.push(statement);
    };
  }
  const isFirst = onlyOnce(report);
  const enterDefine = entry('variable', defines);
  const enterPool = entry('pool', pools);
  const enterProfile = entry('profile', profiles);
  const enterService = entry('service', services);
  const siteEntries = new Map<string, (define: Define) => void>();

  function enterSite({ name, block }: Site): void {
    const site = sites.get(name.text) ?? new Map<string, Define>();
    sites.set(name.text, site);
    const enter = siteEntries.get(name.text) ?? entry(`site ${quoted(name.text)} variable`, site);
    siteEntries.set(name.text, enter);
    for (const define of block.items) enter(define);
  }

  for (const statement of statements) {
    switch (statement.kind) {
      case 'define':
        enterDefine(statement);
        break;
      case 'site':
        enterSite(statement);
        break;
      case 'pool':
        enterPool(statement);
        break;
      case 'profile':
        enterProfile(statement);
        break;
      case 'service':
        enterService(statement);
        break;
      case 'sync':
        if (isFirst(`sync ${statement.role}`, headOf(statement))) daemons.set(statement.role, statement);
        else repeated.push(statement);
        break;
      case 'defaults':
        if (isFirst('defaults', headOf(statement))) defaults = statement;
        else repeated.push(statement);
        break;
      case 'timeouts':
        if (isFirst('timeouts', headOf(statement))) timeouts = statement;
        else repeated.push(statement);
        break;
      case 'own':
        if (isFirst('own', statement.span)) own = statement;
        else repeated.push(statement);
        break;
    }
  }
  return {
    defines,
    sites,
    pools,
    profiles,
    services,
    daemons,
    repeated,
    ...(defaults && { defaults }),
    ...(own && { own }),
    ...(timeouts && { timeouts }),
  };
}
