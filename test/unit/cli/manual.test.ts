import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { classicManualParts, manualParts } from '../../../src/cli/manual.ts';
import { fillManual, roff } from '../../../src/render/manual.ts';

const man = fileURLToPath(new URL('../../../man/', import.meta.url));

test('the manual page is what its source and the tables say', async () => {
  const page = fillManual(readFileSync(join(man, 'ipvstx.8.in'), 'utf8'), await manualParts());
  await expect(page).toMatchFileSnapshot(join(man, 'ipvstx.8'));
});

test('the page about ipvsadm is what its source and the table of differences say', async () => {
  const page = fillManual(readFileSync(join(man, 'ipvstx-ipvsadm.8.in'), 'utf8'), classicManualParts());
  await expect(page).toMatchFileSnapshot(join(man, 'ipvstx-ipvsadm.8'));
});

test('no text becomes a macro or an escape', () => {
  expect(roff(".TH\n'x' \\fB --a")).toBe("\\&.TH\n\\&'x' \\efB \\-\\-a");
});

test('a part without a place, and a place without a part, are mistakes', () => {
  expect(() => fillManual('.\\" generated: a\n', {})).toThrow('unknown part "a"');
  expect(() => fillManual('text\n', { a: '' })).toThrow('no place for a');
  expect(fillManual('x\n.\\" generated: a\ny\n', { a: 'A\n' })).toBe('x\nA\ny\n');
});
