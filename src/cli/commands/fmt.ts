/** Owns `ipvstx fmt`. */

import type { Outcome } from '../../../grammar/text/outcome.ts';
import type { SourceText } from '../../../grammar/text/source-text.ts';
import { renderUnified } from '../../render/plan-unified.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import type { ExitStatus } from '../exit.ts';
import { Failure } from '../failure.ts';
import { lossOf, readSource } from '../read-source.ts';
import { type Language, parseReference } from '../reference.ts';
import { sourceOptions } from '../source-options.ts';
import { writeText } from '../write-table.ts';

/** What is formatted, and whether anything is written. */
interface FmtInput {
  readonly files: readonly string[];
  readonly language: Language | undefined;
  /** End with 2 if a file is not formatted, and leave all files as they are. */
  readonly check: boolean;
  /** Print what would change, and leave all files as they are. */
  readonly diff: boolean;
}

async function format(source: SourceText, language: Language): Promise<Outcome<string>> {
  switch (language) {
    case 'config': {
      const reader = await import('../../../grammar/parser/config-parser.ts');
      const { formatConfig } = await import('../../compile/format/format-config.ts');
      return formatConfig(source, reader);
    }
    case 'rules': {
      const { parseRules } = await import('../../../grammar/parser/parse-rules.ts');
      const { formatRules } = await import('../../compile/format/format-rules.ts');
      return formatRules(source, parseRules);
    }
    case 'json':
      throw new Failure('usage', `fmt does not format JSON: "${source.name}"`);
  }
}

/** Formats one file; the answer is how it was found. */
async function formatFile(file: string, input: FmtInput, context: Context): Promise<ExitStatus> {
  const reference = parseReference(file, input.language);
  if (reference.kind !== 'file') throw new Failure('usage', `fmt formats files, and "${file}" is none`);
  const { path, language } = reference;
  const source = await readSource(path, context.host);
  const { value, diagnostics } = await format(source, language);
  await context.report(diagnostics);
  if (value === undefined) return 'invalid';
  const loss = lossOf(source);
  if (loss !== undefined) {
    await context.complain(loss);
    return 'invalid';
  }
  const changes = value !== source.text;
  if (input.diff) {
    const before = { name: path, text: source.text };
    await context.print(await renderUnified(before, { name: path, text: value }, context.layout.paint));
  } else if (!input.check && (changes || path === '-')) await writeText(value, path, context);
  if (changes && path !== '-')
    await context.note(`${path}: ${input.check || input.diff ? 'not formatted' : 'formatted'}\n`);
  return changes && input.check ? 'differences' : 'done';
}

/** Formats files in place; a file with a mistake stays as it is, and the others are formatted all the same. */
export async function fmt(input: FmtInput, context: Context): Promise<ExitStatus> {
  const found = new Set<ExitStatus>();
  for (const file of input.files) found.add(await formatFile(file, input, context));
  if (found.has('invalid')) return 'invalid';
  return found.has('differences') ? 'differences' : 'done';
}

/** Its entry in the table of commands. */
export const fmtCommand = defineCommand({
  name: 'fmt',
  summary: 'format config and rule files in place',
  description:
    'Lays files out in one way. In config files it changes white space only and keeps comments; in rule files it puts the options of each rule into one order, in their short form. It proves for every file that the meaning is the same and that a second run changes nothing; a file with a mistake in its grammar stays as it is.',
  positionals: { file: { count: 'many', summary: 'what to format: PATH, or - for standard input to standard output' } },
  options: {
    check: { kind: 'flag', summary: 'write nothing; end with 2 if a file is not formatted' },
    diff: { kind: 'flag', summary: 'write nothing; print what would change' },
    ...sourceOptions,
  },
  examples: [
    { line: 'ipvstx fmt edge.ipvs pools/*.ipvs', does: 'format these files' },
    { line: 'ipvstx fmt --check --diff *.ipvs', does: 'for CI: show what is not formatted and end with 2' },
  ],
  run: (values, context) =>
    fmt({ files: values.file, language: values['input-format'], check: values.check, diff: values.diff }, context),
});
