/** Owns the proof that every diagnostic about rules is one sentence, has its paragraph, and has a code of its own. */

import { expect, test } from 'vitest';
import { ruleProblems } from '../../../../grammar/parser/rules-problems.ts';
import type { DiagnosticDefinition } from '../../../../grammar/text/diagnostic.ts';
import { ruleMeaningProblems } from '../../../../src/compile/rules/problems.ts';

const registries: readonly Readonly<Record<string, DiagnosticDefinition>>[] = [ruleProblems, ruleMeaningProblems];
const all = registries.flatMap((registry) => Object.entries(registry));

test('no code is in both registries', () => {
  expect(new Set(all.map(([code]) => code)).size).toBe(all.length);
});

test.each(all)('%s', (code, { explanation, message }) => {
  expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(explanation).toMatch(/^[A-Z0-9-][^]+\.$/i);
  // Whatever the parts are, the sentence has no full stop of its own.
  const parts = new Proxy({}, { get: () => Object.assign(['x'], { from: 0, to: 1, slice: () => 'x' }) });
  expect((message as (parts: unknown) => string)(parts)).toMatch(/[^.\s]$/);
});
