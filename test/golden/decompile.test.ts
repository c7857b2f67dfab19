/** Owns the golden tables: the configuration that a person would have written for each, and its picture. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseRules } from '../../grammar/parser/parse-rules.ts';
import { configFromTable } from '../../src/compile/config/from-table.ts';
import { compileRules } from '../../src/compile/rules/compile-rules.ts';
import { readTableJson } from '../../src/model/read-table-json.ts';
import type { Table } from '../../src/model/table.ts';
import { renderFrames } from '../../src/render/frame.ts';
import { renderMermaid } from '../../src/render/mermaid.ts';

const root = fileURLToPath(new URL('decompile', import.meta.url));

function readTable(name: string): Table {
  const file = readdirSync(join(root, name)).find((file) => /^table\.(rules|json)$/.test(file)) ?? '';
  const source = { name: file, text: readFileSync(join(root, name, file), 'utf8') };
  const { value, diagnostics } = file.endsWith('.json') ? readTableJson(source) : compileRules(parseRules(source));
  if (value === undefined) throw new Error(renderFrames(diagnostics));
  return value;
}

test.each(readdirSync(root))('%s', async (name) => {
  const table = readTable(name);
  const { value, diagnostics } = configFromTable(table, { stoppedDaemons: false });
  await expect(value).toMatchFileSnapshot(join(root, name, 'made.ipvs'));
  await expect(renderFrames(diagnostics)).toMatchFileSnapshot(join(root, name, 'report.txt'));
  await expect(renderMermaid(table)).toMatchFileSnapshot(join(root, name, 'table.mermaid'));
});
