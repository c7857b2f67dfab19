/** Owns the laws of the rules language: two readers agree, what is printed is read back, and no text breaks anything. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readWords } from '../../grammar/argv.ts';
import type { LineReading, RuleLine, Word } from '../../grammar/ast/rules.ts';
import { parseLine, parseRules } from '../../grammar/parser/parse-rules.ts';
import { plainLine } from '../../grammar/plain-rules.ts';
import { makeRulesLexer } from '../../grammar/parser/rules-lexer.ts';
import { RulesParser } from '../../grammar/parser/rules-parser.ts';
import { canonicalOrder, printRule } from '../../grammar/print/rules.ts';
import type { SourceText } from '../../grammar/text/source-text.ts';
import { commands } from '../../grammar/vocabulary/commands.ts';
import { options } from '../../grammar/vocabulary/options.ts';
import { compileRules } from '../../src/compile/rules/compile-rules.ts';
import { rulesFromTable } from '../../src/compile/rules/from-table.ts';
import { emptyTable } from '../../src/model/table.ts';
import { renderFrame } from '../../src/render/frame.ts';
import { rulesLine } from '../support/rules-lines.ts';

const seed = 11;

const longNames = [...commands, ...options].map(({ long }) => long);
const letters = [...commands.flatMap(({ short }) => short), ...options.flatMap(({ short }) => short ?? [])];

/** Words with the shapes that popt tells apart, of known and unknown names. */
const word: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...longNames).map((name) => `--${name}`),
  fc
    .tuple(fc.constantFrom(...longNames), fc.constantFrom('', '5', '=', '-x'))
    .map(([name, value]) => `--${name}=${value}`),
  fc
    .array(fc.constantFrom(...letters, '=', '5', '-', 'Q'), { minLength: 1, maxLength: 6 })
    .map((list) => `-${list.join('')}`),
  fc.constantFrom('-', '--', '---', '--=', '-=', '--lis', 'x', '5', '#', 'a#b', '=', '/sbin/ipvsadm', '192.0.2.1:80'),
);

/** Lines that begin with a command more often than not. */
const words: fc.Arbitrary<readonly string[]> = fc
  .tuple(fc.option(fc.constantFrom(...letters.slice(0, 12))), fc.array(word, { minLength: 1, maxLength: 7 }))
  .map(([letter, list]) => (letter === null ? list : [`-${letter}`, ...list]));

/** The words of a text, each at its place. */
function wordsIn(source: SourceText): readonly Word[] {
  return Array.from(source.text.matchAll(/\S+/g), ({ 0: text, index }) => ({
    text,
    span: { source, start: index, end: index + text.length },
  }));
}

test('the parser reads a line as argv reads its words', () => {
  const lexer = makeRulesLexer(false);
  const parser = new RulesParser(false);
  const kinds = new Map<string, number>();
  fc.assert(
    fc.property(words, (list) => {
      const source = { name: 'line', text: list.filter((text) => !text.startsWith('#')).join(' ') };
      const [first, ...rest] = wordsIn(source);
      // A path to ipvsadm in front of a line is an extension of rule files.
      const own = first?.text === '/sbin/ipvsadm' ? rest : first === undefined ? [] : [first, ...rest];
      const expected: LineReading = readWords(own);
      const { tokens, errors } = lexer.tokenize(source.text);
      expect(errors).toEqual([]);
      expect(parser.read(source, 0, tokens)).toEqual(expected);
      expect(parser.errors).toEqual([]);
      const kind = expected.problem?.kind ?? 'none';
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }),
    { seed, numRuns: 3000 },
  );
  expect([...kinds.keys()].sort()).toEqual([
    'command-not-first',
    'missing-value',
    'no-command',
    'none',
    'second-command',
    'unknown-option',
    'unwanted-value',
  ]);
});

/** What a rule says, without its places. */
function said({ command, options: uses, leftovers }: RuleLine): unknown {
  return {
    command: [command.command.name, command.value?.text],
    options: canonicalOrder(uses).map(({ option, value }) => [option.long, value?.text]),
    leftovers: leftovers.map(({ text }) => text),
  };
}

function parseOne(text: string): RuleLine | undefined {
  const [line] = parseRules({ name: 'line', text });
  return line?.rule;
}

/** What a file has beyond a command line, among ipvsadm's words. */
const piece = fc.oneof(
  { weight: 4, arbitrary: word },
  { weight: 4, arbitrary: rulesLine },
  fc.constantFrom('ipvsadm', '/sbin/ipvsadm', 'ipvsadm-x', '#', '# note', '#5 "quoted"', '\u00e9', '"', ';', '\\'),
);

test('a plain line is read as the grammar reads it, and nearly every line is plain', () => {
  let plain = 0;
  let comments = 0;
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(' ', '  ', '\t'),
      fc.constantFrom('', '\r', ' '),
      (pieces, blank, end) => {
        const line = pieces.join(blank) + end;
        const source: SourceText = { name: 'lines', text: `-C\n${line}\n-Z\n` };
        const quick = plainLine(source, 3, line);
        if (quick === undefined) return;
        plain++;
        if (quick.comment !== undefined) comments++;
        expect(quick).toEqual(parseLine(source, 3, line));
      },
    ),
    { seed, numRuns: 5000 },
  );
  expect(plain).toBeGreaterThan(500);
  expect(comments).toBeGreaterThan(100);
  fc.assert(
    fc.property(rulesLine, (line) => {
      const { diagnostics } = parseLine({ name: 'line', text: line }, 0, line);
      const { rule } = plainLine({ name: 'line', text: line }, 0, line) ?? {};
      expect(rule === undefined).toBe(diagnostics.length > 0);
    }),
    { seed, numRuns: 500 },
  );
});

test('what is printed is read back', () => {
  let count = 0;
  fc.assert(
    fc.property(
      fc.oneof(
        rulesLine,
        words.map((list) => list.join(' ')),
      ),
      (text) => {
        const rule = parseOne(text);
        if (rule === undefined) return;
        const printed = printRule(rule);
        const again = parseOne(printed);
        expect(again && said(again)).toEqual(said(rule));
        expect(again && printRule(again)).toBe(printed);
        count++;
      },
    ),
    { seed, numRuns: 3000 },
  );
  expect(count).toBeGreaterThan(1000);
});

const sample = fc.sample(rulesLine, { seed, numRuns: 60 }).join('\n');

/** A rule file in which something was overwritten, removed or put in. */
const mutated: fc.Arbitrary<string> = fc
  .array(
    fc.record({
      at: fc.nat(sample.length),
      removed: fc.nat(6),
      put: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 4 }),
        fc.constantFrom(
          '\n',
          '\r',
          '\0',
          '\uFFFD',
          '\uFEFF',
          '–',
          '\\',
          '#',
          ' -b',
          ' --',
          '=',
          '"',
          '\uD800',
          '-'.repeat(50),
        ),
        word,
      ),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((edits) =>
    edits.reduce((text, { at, removed, put }) => text.slice(0, at) + put + text.slice(at + removed), sample),
  );

test('no text makes the compiler throw, and all that it says can be shown', () => {
  fc.assert(
    fc.property(fc.oneof(mutated, fc.string({ unit: 'binary', maxLength: 200 })), (text) => {
      const { value = emptyTable, diagnostics } = compileRules(parseRules({ name: 'fuzz', text }));
      for (const diagnostic of diagnostics) {
        const { span } = diagnostic;
        if (span === undefined) throw new Error(`${diagnostic.code} has no place`);
        expect(span.start <= span.end && span.end <= text.length).toBe(true);
        expect(renderFrame(diagnostic)).toContain(diagnostic.code);
      }
      const written = rulesFromTable(value, { stoppedDaemons: true });
      expect(written.diagnostics).toEqual([]);
    }),
    { seed, numRuns: 400 },
  );
});
