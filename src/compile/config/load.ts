/** Owns includes: from one file to the statements of all, and the way that led to each file. */

import type { ConfigFile, Include, Statement, Version } from '../../../grammar/ast/config.ts';
import type { Related } from '../../../grammar/text/diagnostic.ts';
import type { SourceText } from '../../../grammar/text/source-text.ts';
import type { Span } from '../../../grammar/text/span.ts';
import { problem } from './problems.ts';
import type { Report } from './report.ts';
import type { ConfigReader, ConfigSources } from './sources.ts';

/** Characters of all files together. A million backends take less. */
export const largestText = 128 * 1024 * 1024;
/** Files inside of files. */
const deepestInclude = 16;
const mostFiles = 4096;

/** The version of the language that this compiler reads. */
const languageVersion = '1';

/** A file with the includes that led to it, the innermost first. */
export interface LoadedFile {
  readonly file: ConfigFile;
  readonly trail: readonly Span[];
}

/** Every file of a configuration. */
export interface Loaded {
  /** In the order in which they were read. */
  readonly files: readonly LoadedFile[];
  /** Statements other than includes; those of an included file stand where it was included. */
  readonly statements: readonly Exclude<Statement, Include | Version>[];
  /** Every file could be read, and all are in a version that this compiler knows. */
  readonly complete: boolean;
}

/** The places that explain how a file came to be read. */
export function includedFrom(trail: readonly Span[]): readonly Related[] {
  return trail.map((span) => ({ message: 'included here', span }));
}

/** Reads a file and all that it includes, up to `most` characters together. */
export async function loadConfig(
  root: SourceText,
  { parseConfig }: ConfigReader,
  sources: ConfigSources,
  most: number,
  report: Report,
): Promise<Loaded> {
  const files: LoadedFile[] = [];
  const statements: Exclude<Statement, Include | Version>[] = [];
  /** Where each file was included first. */
  const known = new Map<string, Span | undefined>();
  let characters = 0;
  let complete = true;

  async function loadFile(source: SourceText, open: readonly string[], trail: readonly Span[]): Promise<void> {
    characters += source.text.length;
    if (characters > most) {
      complete = false;
      const span = trail[0] ?? { source, start: 0, end: 0 };
      report(problem('too-much-text', { most }, { span }));
      return;
    }
    const { file, diagnostics } = parseConfig(source);
    files.push({ file, trail });
    const version = file.statements.find((statement) => statement.kind === 'version');
    if (version !== undefined && !speaks(version)) {
      complete = false;
      report(problem('unknown-version', { known: languageVersion }, { span: version.version.span }));
      return;
    }
    for (const diagnostic of diagnostics) report(diagnostic);
    for (const [index, statement] of file.statements.entries()) {
      if (statement.kind === 'include') await loadInclude(statement, source.name, [...open, source.name], trail);
      else if (statement.kind !== 'version') statements.push(statement);
      else if (index > 0) report(problem('late-version', undefined, { span: statement.span }));
    }
  }

  async function loadInclude(
    { path, optional }: Include,
    from: string,
    open: readonly string[],
    trail: readonly Span[],
  ): Promise<void> {
    const { span } = path;
    const names = await sources.find(path.text, from);
    if (names.length === 0 && !optional) {
      complete = false;
      report(
        problem('include-matches-nothing', { path: path.text }, { span, suggestion: 'include? may match nothing' }),
      );
    }
    for (const name of names) {
      if (open.includes(name)) {
        complete = false;
        report(problem('include-cycle', { names: [...open.slice(open.indexOf(name)), name] }, { span }));
        continue;
      }
      const first = known.get(name);
      if (first !== undefined) {
        report(
          problem('included-twice', { name }, { span, related: [{ message: 'included here before', span: first }] }),
        );
        continue;
      }
      if (open.length > deepestInclude || known.size >= mostFiles) {
        complete = false;
        report(problem('too-many-includes', { depth: deepestInclude, files: mostFiles }, { span }));
        return;
      }
      known.set(name, span);
      const source = await sources.read(name);
      if ('text' in source) await loadFile(source, open, [span, ...trail]);
      else if (!(optional && source.missing)) {
        complete = false;
        report(problem('unreadable-include', { name, why: source.problem }, { span }));
      }
    }
  }

  known.set(root.name, undefined);
  await loadFile(root, [], []);
  return { files, statements, complete };
}

function speaks({ version }: Version): boolean {
  return version.kind === 'word' && version.text === languageVersion;
}
