/** Owns the compilation of a configuration: load, resolve, expand, check, lint. */

import { type Diagnostic, hasErrors } from '../../../grammar/text/diagnostic.ts';
import { nearest } from '../../../grammar/text/nearest.ts';
import type { SourceText } from '../../../grammar/text/source-text.ts';
import type { Table } from '../../model/table.ts';
import { readAllowances } from './allow.ts';
import { checks } from './checks/all.ts';
import { type Declarations, collectDeclarations } from './declarations.ts';
import { expandConfig } from './expand.ts';
import { type HostAddresses, lockFileOf, openHosts, parseLockFile } from './hosts.ts';
import { lints } from './lint/all.ts';
import { type Loaded, includedFrom, largestText, loadConfig } from './load.ts';
import { problem } from './problems.ts';
import { type Report, openReport } from './report.ts';
import { resolveConfig } from './resolve.ts';
import { openBudget } from './budget.ts';
import type { ConfigReader, ConfigSources } from './sources.ts';
import { openSuggestions } from './suggestions.ts';
import { type Definition, openVariables } from './variables.ts';

/** What the command line adds to a configuration. */
export interface ConfigOptions {
  /** `--site` */
  readonly site?: string;
  /** `-D NAME=VALUE`, by name. */
  readonly defines?: ReadonlyMap<string, string>;
  /** Characters of all files together, above which nothing more is read. */
  readonly largestText?: number;
}

/** What a configuration says. */
export interface CompiledConfig {
  /** Absent if there is an error. */
  readonly value?: Table;
  /** By file, in the order in which they were read, and by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** The host names that it asks the lock file for, under the site that was chosen. */
  readonly hosts: readonly string[];
  /** The sites that may be chosen. */
  readonly sites: readonly string[];
}

/** Compiles the configuration whose first file is `root`. */
export async function compileConfig(
  root: SourceText,
  reader: ConfigReader,
  sources: ConfigSources,
  options: ConfigOptions = {},
): Promise<CompiledConfig> {
  const { report, diagnostics } = openReport();
  const loaded = await loadConfig(root, reader, sources, options.largestText ?? largestText, report);
  const declarations = collectDeclarations(loaded.statements, report);
  const lost = new Set(loaded.files.flatMap(({ file }) => file.lost.map(({ text }) => text)));
  const defines = readDefines(options, reader, report);
  const isLost = (name: string): boolean =>
    !loaded.complete || lost.has(name) || (options.defines?.has(name) === true && !defines.has(name));
  const choice = { ...readSite(options, declarations, loaded, report), defines };
  const run = { report, suggest: openSuggestions(), budget: openBudget(report) };
  const variables = openVariables(declarations, choice, isLost, run);
  const hosts = openHosts(await readLockFile(root, loaded, sources, report), lockFileOf(root.name), run);
  const resolution = { variables, hosts, ...run };
  const { config, ...used } = resolveConfig(declarations, isLost, resolution);
  const table = expandConfig(config, run.budget, report);
  for (const check of checks) check(config, report, table);
  const allowanceDoubts: Diagnostic[] = [];
  const isAllowed = readAllowances(
    loaded.files.map(({ file }) => file),
    // What is said of an allowance is a lint: see below.
    (diagnostic) => void allowanceDoubts.push(diagnostic),
  );
  const finish = (): CompiledConfig => ({
    diagnostics: arrange(
      diagnostics.filter((diagnostic) => !isAllowed(diagnostic)),
      loaded,
    ),
    hosts: hosts.asked(),
    sites: [...declarations.sites.keys()],
    ...(!hasErrors(diagnostics) && { value: table }),
  });
  // What looks odd beside a mistake is often only its consequence.
  if (hasErrors(diagnostics)) return finish();
  for (const doubt of allowanceDoubts) report(doubt);
  const linted = { config, table, declarations, ...used, unusedDefines: variables.unused(), suggest: run.suggest };
  for (const lint of lints) lint(linted, report);
  return finish();
}

/** The site that was chosen, if there is one of that name. */
function readSite({ site }: ConfigOptions, { sites }: Declarations, loaded: Loaded, report: Report): { site?: string } {
  if (site === undefined) return {};
  if (!sites.has(site) && loaded.complete) {
    const near = nearest(site, sites.keys());
    const suggestion =
      near === undefined ? `its sites: ${[...sites.keys()].join(', ') || 'none'}` : `did you mean ${near}?`;
    report(problem('unknown-site', { site }, { suggestion }));
  }
  return { site };
}

/** The variables of the command line. */
function readDefines(
  { defines }: ConfigOptions,
  { parseConfigValue }: ConfigReader,
  report: Report,
): ReadonlyMap<string, Definition> {
  const read = new Map<string, Definition>();
  for (const [name, text] of defines ?? []) {
    const source = { name: `-D ${name}`, text };
    const span = { source, start: 0, end: text.length };
    const value = parseConfigValue(source);
    if (value === undefined) report(problem('bad-define', { name }, { span }));
    else read.set(name, { name: { kind: 'name', text: name, span }, value });
  }
  return read;
}

/** The lock file beside the first file, if any file mentions a host name; without one, each name is reported. */
async function readLockFile(
  root: SourceText,
  { files }: Loaded,
  sources: ConfigSources,
  report: Report,
): Promise<HostAddresses> {
  if (!files.some(({ file }) => file.source.text.includes('resolve'))) return new Map();
  const lockFile = await sources.read(lockFileOf(root.name));
  if (!('text' in lockFile)) return new Map();
  const { addresses, diagnostics } = parseLockFile(lockFile);
  for (const diagnostic of diagnostics) report(diagnostic);
  return addresses;
}

/** Sorts diagnostics by file and place, and adds to each how its file came to be read. */
function arrange(diagnostics: readonly Diagnostic[], { files }: Loaded): readonly Diagnostic[] {
  const order = new Map(files.map(({ file, trail }, index) => [file.source, { index, trail }]));
  const rank = ({ span }: Diagnostic): number => (span && order.get(span.source)?.index) ?? -1;
  return diagnostics
    .toSorted((left, right) => rank(left) - rank(right) || (left.span?.start ?? 0) - (right.span?.start ?? 0))
    .map((diagnostic) => {
      const { trail = [] } = (diagnostic.span && order.get(diagnostic.span.source)) ?? {};
      if (trail.length === 0) return diagnostic;
      return { ...diagnostic, related: [...(diagnostic.related ?? []), ...includedFrom(trail)] };
    });
}
