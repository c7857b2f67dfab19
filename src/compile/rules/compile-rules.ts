/** Owns the compiling of rules: a rule file is a program, and the table is what the kernel would have at its end. */

import type { ParsedLine, RuleLine } from '../../../grammar/ast/rules.ts';
import { type TakenLine, plainRules } from '../../../grammar/plain-rules.ts';
import { type Diagnostic, hasErrors } from '../../../grammar/text/diagnostic.ts';
import { didYouMean } from '../../../grammar/text/did-you-mean.ts';
import type { Outcome } from '../../../grammar/text/outcome.ts';
import type { SourceText } from '../../../grammar/text/source-text.ts';
import { type Span, textOf } from '../../../grammar/text/span.ts';
import { knownEngines, knownSchedulers } from '../../../grammar/value/schedulers.ts';
import type { DaemonRole } from '../../model/daemon.ts';
import type { Errno } from '../../model/errno.ts';
import type { Operation } from '../../model/operation.ts';
import { type Table, emptyTable } from '../../model/table.ts';
import { type Environment, unknownEnvironment } from '../../simulate/environment.ts';
import { type Simulation, openSimulation } from '../../simulate/simulation.ts';
import { Allowances } from './allowances.ts';
import { type LineContext, type Names, noNames } from './context.ts';
import { Doubts } from './doubts.ts';
import { problem } from './problems.ts';
import { type Request, readRule } from './read-rule.ts';
import { diagnoseRefusal } from './refusal.ts';
import { warnOfReset } from './resets.ts';
import { SavedLines } from './saved-lines.ts';

/** What a rule file is compiled against. */
export interface RulesContext {
  /** The table that the first rule meets; empty if absent. */
  readonly base?: Table;
  /** The kernel's surroundings. If absent, nothing is known of them: modules and interfaces are taken on trust. */
  readonly environment?: Environment;
  /** What host names mean. */
  readonly names?: Names;
}

/** A table, and the host names that it depends on: whoever can look them up does so, and compiles again. */
export interface CompiledRules extends Outcome<Table> {
  readonly neededNames: ReadonlySet<string>;
}

/** Runs rules one by one. A rule with a mistake is reported and left out. */
class RulesCompiler {
  readonly #base: Table;
  readonly #environment: Environment;
  readonly #simulation: Simulation;
  readonly #context: LineContext;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #allowances = new Allowances();
  readonly #doubts = new Doubts();
  /** The last rule about each daemon. */
  readonly #daemonRules = new Map<DaemonRole, Span>();

  constructor({ base = emptyTable, environment = unknownEnvironment, names = noNames }: RulesContext) {
    this.#base = base;
    this.#environment = environment;
    this.#simulation = openSimulation(base, environment);
    this.#context = { names, neededNames: new Set(), report: (diagnostic) => this.#report(diagnostic) };
  }

  line({ span, rule, comment, diagnostics }: ParsedLine): void {
    for (const diagnostic of this.#allowances.next(comment)) this.#report(diagnostic);
    for (const diagnostic of diagnostics) this.#report(diagnostic);
    const request = rule && readRule(rule, this.#context);
    if (rule !== undefined && request !== undefined) this.#execute(request, rule);
    else if (rule !== undefined || hasErrors(diagnostics)) this.#doubts.add(textOf(span));
  }

  /** Executes what a line without any fault asks for. False if it is refused: the line must be read again to say why. */
  executes(operation: Operation): boolean {
    if (this.#simulation.execute(operation) !== undefined) return false;
    this.#allowances.next(undefined);
    return true;
  }

  finish(): CompiledRules {
    const table = this.#simulation.table();
    const daemons = { ...table.daemons };
    // A daemon that the base did not speak of, and that no rule has started, was stopped.
    for (const role of this.#daemonRules.keys()) daemons[role] ??= 'stopped';
    const { neededNames } = this.#context;
    return { value: { ...table, daemons }, diagnostics: this.#diagnostics, neededNames };
  }

  #report(diagnostic: Diagnostic): void {
    if (!this.#allowances.cover(diagnostic)) this.#diagnostics.push(diagnostic);
  }

  #execute(request: Request, rule: RuleLine): void {
    const { operation } = request;
    if (operation.kind === 'stop-daemon' && !this.#isSpokenOf(operation.role)) {
      this.#daemonRules.set(operation.role, rule.span);
      return;
    }
    const reset = warnOfReset(request, rule, this.#simulation);
    const errno = this.#simulation.execute(operation);
    if (errno !== undefined) return this.#refuse(request, rule, errno);
    if (operation.kind === 'start-daemon') this.#daemonRules.set(operation.daemon.role, rule.span);
    this.#warnOfModules(request, rule);
    if (reset !== undefined) this.#report(reset);
  }

  #isSpokenOf(role: DaemonRole): boolean {
    return this.#base.daemons[role] !== undefined || this.#daemonRules.has(role);
  }

  #refuse(request: Request, line: RuleLine, errno: Errno): void {
    const { operation } = request;
    const isNew = operation.kind === 'new-service' || operation.kind === 'new-destination';
    const known = this.#doubts.explain(line, errno);
    if (isNew && errno !== 'EEXIST' && errno !== 'ESRCH') this.#doubts.add(textOf(line.span));
    if (known) return;
    const daemonOrigin = operation.kind === 'start-daemon' ? this.#daemonRules.get(operation.daemon.role) : undefined;
    const surroundings = { simulation: this.#simulation, environment: this.#environment };
    const refused = { ...request, ...surroundings, line, errno, ...(daemonOrigin && { daemonOrigin }) };
    this.#report(diagnoseRefusal(refused));
  }

  /** Schedulers and engines may be modules of which only the kernel knows. */
  #warnOfModules({ operation, said }: Request, { span }: RuleLine): void {
    if (operation.kind !== 'new-service' && operation.kind !== 'set-service') return;
    const { scheduler, engine } = operation.settings;
    if (!knownSchedulers.includes(scheduler)) {
      const where = said.given.get('scheduler')?.value?.span ?? span;
      const details = { span: where, ...didYouMean(scheduler, knownSchedulers) };
      this.#report(problem('unknown-scheduler-name', { name: scheduler }, details));
    }
    if (engine !== undefined && !knownEngines.includes(engine)) {
      const where = said.given.get('pe')?.value?.span ?? span;
      const details = { span: where, ...didYouMean(engine, knownEngines) };
      this.#report(problem('unknown-engine-name', { name: engine }, details));
    }
  }
}

/** Compiles the lines of a rule file. All mistakes are reported; the value is the table without the rules that have one. */
export function compileRules(lines: Iterable<ParsedLine>, context: RulesContext = {}): CompiledRules {
  const compiler = new RulesCompiler(context);
  for (const line of lines) compiler.line(line);
  return compiler.finish();
}

/** `parseRules` of the grammar. */
type ParseRules = (source: SourceText, from: number, taken: TakenLine) => Iterable<ParsedLine>;

/**
 * {@link compileRules} of a whole file, each line in the quickest way that there is for it. The grammar is loaded for the
 * first line that is not plain.
 */
export async function compileRuleFile(
  source: SourceText,
  loadGrammar: () => Promise<ParseRules>,
  context: RulesContext = {},
): Promise<CompiledRules> {
  const compiler = new RulesCompiler(context);
  const saved = new SavedLines(source);
  const taken: TakenLine = (start, end) => {
    const operation = saved.read(start, end);
    return operation !== undefined && compiler.executes(operation);
  };
  const plain = plainRules(source, taken);
  let next = plain.next();
  for (; next.done !== true; next = plain.next()) compiler.line(next.value);
  const end = next.value;
  if (end === source.text.length) return compiler.finish();
  const parseRules = await loadGrammar();
  for (const line of parseRules(source, end, taken)) compiler.line(line);
  return compiler.finish();
}
