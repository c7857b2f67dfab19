/** Owns the golden files of the formatter: `input.*` and what becomes of it. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as reader from '../../grammar/parser/config-parser.ts';
import { parseRules } from '../../grammar/parser/parse-rules.ts';
import type { Outcome } from '../../grammar/text/outcome.ts';
import { formatConfig } from '../../src/compile/format/format-config.ts';
import { formatRules } from '../../src/compile/format/format-rules.ts';

const root = fileURLToPath(new URL('fmt', import.meta.url));

function format(name: string, text: string): Outcome<string> {
  const source = { name, text };
  return name.endsWith('.ipvs') ? formatConfig(source, reader) : formatRules(source, parseRules);
}

test.each(readdirSync(root))('%s', async (name) => {
  const input = readdirSync(join(root, name)).find((file) => file.startsWith("input.")) ?? "";
  const { value, diagnostics } = format(input, readFileSync(join(root, name, input), 'utf8'));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  await expect(value).toMatchFileSnapshot(join(root, name, input.replace('input', 'output')));
});

test('a file with a mistake is not formatted', () => {
  expect(format('a.ipvs', 'pool {')).toMatchObject({ diagnostics: [{ code: 'unexpected-token' }] });
  expect(format('a.rules', '-A -t')).not.toHaveProperty('value');
});
