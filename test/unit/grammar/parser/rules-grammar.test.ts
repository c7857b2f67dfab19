/** Owns the checks that Chevrotain makes of a lexer and a grammar, which the program itself leaves out. */

import { expect, test } from 'vitest';
import { makeRulesLexer } from '../../../../grammar/parser/rules-lexer.ts';
import { RulesParser } from '../../../../grammar/parser/rules-parser.ts';

test('the lexer has no unreachable, ambiguous or slow token', () => {
  expect(makeRulesLexer(true).lexerDefinitionErrors).toEqual([]);
});

test('the grammar has no ambiguity', () => {
  expect(() => new RulesParser(true)).not.toThrow();
});
