/** Owns the proof that the manual page of the config language is what its source, the keywords and the examples say. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { configManualParts } from '../../../src/cli/config-manual.ts';
import { fillManual } from '../../../src/render/manual.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

test('the page', async () => {
  const folder = 'examples/tour';
  const names = readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.ipvs'))
    .map((name) => `${folder}/${name}`);
  const examples = [...names, 'examples/two-sites/edge.ipvs', 'examples/two-sites/sites.ipvs'].map((name) => ({
    name,
    text: readFileSync(join(root, name), 'utf8'),
  }));
  const page = fillManual(readFileSync(join(root, 'man/ipvstx.conf.5.in'), 'utf8'), configManualParts(examples));
  await expect(page).toMatchFileSnapshot(join(root, 'man/ipvstx.conf.5'));
});
