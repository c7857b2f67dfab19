/** Owns the golden configurations: what `check` says of each, and the table of those without an error. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { configSyntaxProblems } from '../../grammar/parser/config-problems.ts';
import { configProblems } from '../../src/compile/config/problems.ts';
import { rulesFromTable } from '../../src/compile/rules/from-table.ts';
import { renderFrames } from '../../src/render/frame.ts';
import { type ConfigFiles, compileFiles } from '../support/config-files.ts';

const root = fileURLToPath(new URL('config', import.meta.url));
const cases = readdirSync(root).sort();

/** What a case may say beside its files. */
interface CaseOptions {
  readonly site?: string;
  readonly defines?: Readonly<Record<string, string>>;
  readonly largestText?: number;
}

function readCase(name: string): { files: ConfigFiles; options: CaseOptions } {
  const folder = join(root, name);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
  return {
    files: Object.fromEntries(paths.filter((path) => /\.ipvs(\.lock)?$/.test(path)).map((path) => [path, read(path)])),
    options: paths.includes('options.json') ? (JSON.parse(read('options.json')) as CaseOptions) : {},
  };
}

describe('each case', () => {
  test.each(cases)('%s', async (name) => {
    const { files, options } = readCase(name);
    const defines = new Map(Object.entries(options.defines ?? {}));
    const { value, diagnostics } = await compileFiles(files, { ...options, defines });
    await expect(renderFrames(diagnostics)).toMatchFileSnapshot(join(root, name, 'report.txt'));
    const rules = value === undefined ? [] : (rulesFromTable(value, { stoppedDaemons: true }).value ?? []);
    await expect(rules.map((rule) => `${rule}\n`).join('')).toMatchFileSnapshot(join(root, name, 'table.rules'));
  });
});

test('every diagnostic has a case', () => {
  const reports = cases.map((name) => readFileSync(join(root, name, 'report.txt'), 'utf8')).join('\n');
  const codes = Object.keys({ ...configSyntaxProblems, ...configProblems });
  // Nobody writes what there are no words for: it comes from tables, and test/golden/decompile has it.
  const untold = codes.filter((code) => !reports.includes(`[${code}]`));
  expect(untold).toEqual(['no-words']);
});

test('a case is named after the diagnostic that it is about', () => {
  const told = cases.filter((name) => name in configProblems || name in configSyntaxProblems);
  const wrong = told.filter((name) => !readFileSync(join(root, name, 'report.txt'), 'utf8').includes(`[${name}]`));
  expect(wrong).toEqual([]);
});
