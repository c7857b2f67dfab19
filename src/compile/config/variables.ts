/** Owns variables: which definition counts, what a value comes to, and which definition nobody uses. */

import type { Define, Resolve, Text, Value, Variable, Word } from '../../../grammar/ast/config.ts';
import type { Related } from '../../../grammar/text/diagnostic.ts';
import { quoted } from '../../../grammar/text/quoted.ts';
import type { Budget } from './budget.ts';
import type { Declarations } from './declarations.ts';
import { problem } from './problems.ts';
import type { Report } from './report.ts';
import type { Suggest } from './suggestions.ts';

/** One value; its span is where it is used. */
export type Atom = (Word | Text | Resolve) & {
  /** The variable that brought it here. */
  readonly defined?: Related;
};

/** What a value comes to when every variable in it is replaced. */
export interface Evaluated {
  readonly atoms: readonly Atom[];
  /** It was written as a set, or its variable was. */
  readonly isSet: boolean;
}

/** What the command line says about variables. */
export interface Choice {
  /** `--site` */
  readonly site?: string;
  /** `-D NAME=VALUE`, as a tree. */
  readonly defines: ReadonlyMap<string, Definition>;
}

/** A name with its value, wherever it was given one. */
export type Definition = Pick<Define, 'name' | 'value'>;

/** The variables of one configuration. */
export interface Variables {
  /** Undefined if a variable has no value; that is reported. */
  readonly evaluate: (value: Value) => Evaluated | undefined;
  /** The definitions whose names no value has mentioned so far. */
  readonly unused: () => readonly Definition[];
}

/** Values of one set. More is no configuration but an accident (or an attack: sets of sets grow fast). */
const largestSet = 65_536;

/** Variables in variables. */
const deepestDefine = 64;

/** What a variable is while its own value is being looked at: met again, it depends on itself. */
const open = Symbol('open');

/** The variables that a value mentions itself. */
function mentionedIn(value: Value): readonly string[] {
  const items = value.kind === 'set' ? value.items : [value];
  return items.flatMap((item) => (item.kind === 'variable' ? [item.name] : []));
}

/** Which sites define a variable. */
function ownersByName(sites: Declarations['sites']): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  for (const [site, defines] of sites) {
    for (const name of defines.keys()) {
      const known = owners.get(name);
      if (known === undefined) owners.set(name, [site]);
      else known.push(site);
    }
  }
  return owners;
}

/** What variables need of their run. */
interface VariableSurroundings {
  readonly report: Report;
  readonly suggest: Suggest;
  readonly budget: Budget;
}

/** Opens the variables of a configuration. `isLost` tells names whose definitions could not be read. */
export function openVariables(
  { defines, sites }: Declarations,
  choice: Choice,
  isLost: (name: string) => boolean,
  { report, suggest, budget }: VariableSurroundings,
): Variables {
  const site = choice.site === undefined ? undefined : sites.get(choice.site);
  const definitions = new Map<string, Definition>([...defines, ...(site ?? []), ...choice.defines]);
  const used = new Set<string>();
  const known = new Map<string, Evaluated | undefined | typeof open>();
  /** How many variables the value of each leads through, itself among them. */
  const lengths = new Map<string, number>();
  let depth = 0;
  let ownersOf: ReadonlyMap<string, readonly string[]> | undefined;

  function undefinedVariable({ name, span }: Variable): undefined {
    if (isLost(name)) return undefined;
    ownersOf ??= ownersByName(sites);
    const owners = ownersOf.get(name) ?? [];
    // The site that was chosen and is not there may be the one that defines it.
    if (owners.length > 0 && choice.site !== undefined && site === undefined) return undefined;
    if (owners.length === 0)
      report(problem('undefined-variable', { name }, { span, ...suggest(name, definitions.keys(), '$') }));
    else {
      const how = choice.site === undefined ? { suggestion: `choose one: --site ${owners[0] ?? ''}` } : {};
      report(problem('variable-of-other-site', { name, owners }, { span, ...how }));
    }
  }

  /** The value of a definition, found out once. */
  function settle(name: string, { value }: Definition): Evaluated | undefined {
    depth++;
    known.set(name, open);
    let settled = evaluate(value);
    const length = 1 + mentionedIn(value).reduce((most, other) => Math.max(most, lengths.get(other) ?? 0), 0);
    lengths.set(name, length);
    // Also where those behind it were looked at before it, and none of them in its depth.
    if (settled !== undefined && length > deepestDefine) {
      report(problem('define-too-deep', { most: deepestDefine }, { span: value.span }));
      settled = undefined;
    }
    known.set(name, settled);
    depth--;
    return settled;
  }

  function valueOf(variable: Variable): Evaluated | undefined {
    const { name, span } = variable;
    used.add(name);
    const definition = definitions.get(name);
    if (definition === undefined) return undefinedVariable(variable);
    const before = known.get(name);
    if (before !== open) return before !== undefined || known.has(name) ? before : settle(name, definition);
    const related = [{ message: `${quoted(name)} is defined here`, span: definition.name.span }];
    report(problem('circular-define', { name }, { span, related }));
    return undefined;
  }

  function replace(variable: Variable): Evaluated | undefined {
    const value = valueOf(variable);
    const definition = definitions.get(variable.name);
    if (value === undefined || definition === undefined) return undefined;
    const { span } = variable;
    if (value.isSet && !budget.spend(value.atoms.length, span)) return undefined;
    const defined = { message: `${quoted(variable.name)} is defined here`, span: definition.name.span };
    return { isSet: value.isSet, atoms: value.atoms.map((atom) => ({ ...atom, span, defined })) };
  }

  function evaluate(value: Value): Evaluated | undefined {
    if (depth > deepestDefine) {
      report(problem('define-too-deep', { most: deepestDefine }, { span: value.span }));
      return undefined;
    }
    if (value.kind === 'variable') return replace(value);
    if (value.kind !== 'set') return { isSet: false, atoms: [value] };
    const atoms: Atom[] = [];
    for (const item of value.items) {
      const part = evaluate(item);
      if (part === undefined) return undefined;
      if (atoms.length + part.atoms.length > largestSet) {
        report(problem('set-too-large', { most: largestSet }, { span: value.span }));
        return undefined;
      }
      atoms.push(...part.atoms);
    }
    return { isSet: true, atoms };
  }

  // Also those that nobody uses: a mistake in one is a mistake.
  for (const [name, definition] of definitions) if (!known.has(name)) settle(name, definition);
  return {
    evaluate,
    unused: () => {
      const sited = Array.from(sites.values(), (site) => [...site.values()]).flat();
      const all: readonly Definition[] = [...defines.values(), ...sited, ...choice.defines.values()];
      // What a site needs is needed, whichever is chosen.
      for (const { value } of all) for (const name of mentionedIn(value)) used.add(name);
      return all.filter(({ name }) => !used.has(name.text));
    },
  };
}
