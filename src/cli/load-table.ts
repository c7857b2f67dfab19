/** Owns the way from a reference to a table: read, parsed, compiled, with all that there is to say about it. */

import { resolve as resolvePath } from 'node:path';
import { type Diagnostic, hasErrors } from '../../grammar/text/diagnostic.ts';
import type { SourceText } from '../../grammar/text/source-text.ts';
import { readStable } from '../apply/stable-read.ts';
import type { Snapshot } from '../model/activity.ts';
import { readTableJson } from '../model/read-table-json.ts';
import { type Table, emptyTable } from '../model/table.ts';
import type { ConfigSources } from '../compile/config/sources.ts';
import { openDiskSources, openRevisionSources } from './config-sources.ts';
import type { Context } from './context.ts';
import { Failure } from './failure.ts';
import type { GlobalValues } from './global-options.ts';
import { type Resolve, askSystem } from './host-names.ts';
import { kernelName } from './kernel-name.ts';
import { withKernel } from './kernel.ts';
import { readRevision, readSource } from './read-source.ts';
import { appliedAs, readRecords } from './records.ts';
import { type Language, type Reference, parseReference } from './reference.ts';

/** A table under the name that people know it by. */
export interface LoadedTable {
  readonly name: string;
  /** The file that it is from, if it is one. */
  readonly file?: string;
  readonly snapshot: Snapshot;
  readonly diagnostics: readonly Diagnostic[];
}

type Compiled = Omit<LoadedTable, 'name' | 'file'>;

/** A table that does nothing, as against the live one. */
function idle(table: Table): Snapshot {
  return { table, activity: new Map() };
}

async function compileRulesOf(source: SourceText, resolve: Resolve): Promise<Compiled> {
  const { compileRuleFile } = await import('../compile/rules/compile-rules.ts');
  const loadGrammar = async () => (await import('../../grammar/parser/parse-rules.ts')).parseRules;
  let compiled = await compileRuleFile(source, loadGrammar);
  // A line is read up to its first name without an address, so one round may show names that the round before did not.
  for (let known = 0; compiled.neededNames.size > known;) {
    known = compiled.neededNames.size;
    compiled = await compileRuleFile(source, loadGrammar, { names: await resolve(compiled.neededNames) });
  }
  return { snapshot: idle(compiled.value ?? emptyTable), diagnostics: compiled.diagnostics };
}

async function compileConfigFile(
  source: SourceText,
  sources: ConfigSources,
  { site, define }: GlobalValues,
): Promise<Compiled> {
  const reader = await import('../../grammar/parser/config-parser.ts');
  const { compileConfig } = await import('../compile/config/compile-config.ts');
  const options = { ...(site !== undefined && { site }), defines: new Map(define) };
  const { value, diagnostics } = await compileConfig(source, reader, sources, options);
  return { snapshot: idle(value ?? emptyTable), diagnostics };
}

/** How a source is compiled: what its names and its includes stand for. */
export interface Compilation {
  readonly language: Language;
  readonly resolve: Resolve;
  readonly sources: ConfigSources;
  readonly options: GlobalValues;
}

/** Compiles a text, whatever file it is from. */
export async function compileText(
  source: SourceText,
  { language, resolve, sources, options }: Compilation,
): Promise<Compiled> {
  switch (language) {
    case 'rules':
      return compileRulesOf(source, resolve);
    case 'json': {
      const { value = emptyTable, diagnostics } = readTableJson(source);
      return { snapshot: idle(value), diagnostics };
    }
    case 'config':
      return compileConfigFile(source, sources, options);
  }
}

/** Loads what a reference names; rejects if it can't be read, and reports what is wrong with what was read. */
export async function loadReference(
  reference: Reference,
  context: Context,
  resolve: Resolve = askSystem(),
): Promise<LoadedTable> {
  const { host, options } = context;
  switch (reference.kind) {
    case 'empty':
      return { name: 'empty', snapshot: idle(emptyTable), diagnostics: [] };
    case 'live': {
      const snapshot = await withKernel(context, readStable);
      return { name: await kernelName(context.options), snapshot, diagnostics: [] };
    }
    case 'generation': {
      const { table } = await appliedAs(reference.number, await readRecords(context));
      return { name: `generation ${reference.number}`, snapshot: idle(table), diagnostics: [] };
    }
    case 'file': {
      const { path, language } = reference;
      const source = await readSource(path, host);
      const name = path === '-' ? 'standard input' : source.name;
      const sources = openDiskSources(host);
      const compiled = await compileText(source, { language, resolve, sources, options });
      return path === '-' ? { name, ...compiled } : { name, file: resolvePath(host.directory, path), ...compiled };
    }
    case 'git': {
      const { revision, path, language } = reference;
      const source = await readRevision(revision, path, host);
      const sources = openRevisionSources(revision, host);
      return { name: source.name, ...(await compileText(source, { language, resolve, sources, options })) };
    }
  }
}

/**
 * Loads what a word of the command line names, for a command that needs a valid table: shows the diagnostics, and
 * rejects if there is an error among them. Notes are for `check` and `--verbose`.
 */
export async function loadTable(
  word: string,
  language: Language | undefined,
  context: Context,
  resolve?: Resolve,
): Promise<LoadedTable> {
  const loaded = await loadReference(parseReference(word, language), context, resolve);
  const { verbose } = context.options;
  await context.report(loaded.diagnostics.filter(({ severity }) => verbose || severity !== 'note'));
  if (hasErrors(loaded.diagnostics)) throw new Failure('invalid', `${loaded.name} is invalid; nothing was changed`);
  return loaded;
}
