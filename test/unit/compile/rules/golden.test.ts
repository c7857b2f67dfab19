/** Owns the proof of what rule files compile to and what is said about them: each case is a folder that people read. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseRules } from '../../../../grammar/parser/parse-rules.ts';
import { compileRules } from '../../../../src/compile/rules/compile-rules.ts';
import { rulesFromTable } from '../../../../src/compile/rules/from-table.ts';
import { emptyTable } from '../../../../src/model/table.ts';
import { renderFrame } from '../../../../src/render/frame.ts';

const cases = fileURLToPath(new URL('../../../golden/rules/', import.meta.url));

/** `vitest -u` writes the two expected files anew; what changed is in the diff that is reviewed. */
test.each(readdirSync(cases))('%s', async (name) => {
  const text = readFileSync(join(cases, name, 'input.rules'), 'utf8');
  const { value, diagnostics } = compileRules(parseRules({ name: 'input.rules', text }));
  const said = diagnostics.map((diagnostic) => `${renderFrame(diagnostic)}\n`).join('\n');
  const { value: rules = [] } = rulesFromTable(value ?? emptyTable, { stoppedDaemons: true });
  const table = rules.map((rule) => `${rule}\n`).join('');
  await expect(said).toMatchFileSnapshot(join(cases, name, 'diagnostics.txt'));
  await expect(table).toMatchFileSnapshot(join(cases, name, 'table.rules'));
});
