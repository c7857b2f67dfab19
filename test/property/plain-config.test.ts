/** Owns the law that the quick way through a config file is the way of the grammar: the same tree, and the same complaints. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Comment, Statement } from '../../grammar/ast/config.ts';
import { ConfigParser } from '../../grammar/parser/config-parser.ts';
import { PlainConfig } from '../../grammar/plain-config.ts';
import { keywords } from '../../grammar/vocabulary/keywords.ts';

const seed = 1;
const parser = new ConfigParser({ skipValidations: true });

/** Reads a text in both ways; the number of statements that need no tokens. */
function expectAlike(text: string): number {
  const source = { name: 'plain.ipvs', text };
  expect(parser.readFile(source)).toEqual(parser.readCarefully(source));
  const [statements, comments]: [Statement[], Comment[]] = [[], []];
  new PlainConfig(source, comments).read(0, statements);
  return statements.length;
}

const keyword = fc.constantFrom(...keywords.map(({ word }) => word));
const name = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom('w1', 'a', 'web-1', 'x.y', '_', 'abc') },
  { weight: 1, arbitrary: keyword },
  { weight: 1, arbitrary: fc.constantFrom('resolve', '1w', '-a', 'é', 'a/b', '$x', '"t"', '') },
);
const address = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom('10.0.0.1', '192.0.2.1', '2001:db8::1', 'fe80::1', '::1') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('10.0.0.1-5', '10.0.0.0/30', '1', 'abc', 'a.b', '$x', 'resolve("h")', '{ 10.0.0.1 }'),
  },
  { weight: 1, arbitrary: keyword },
);
const number = fc.oneof(
  { weight: 30, arbitrary: fc.nat(70_000).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('http', '1k', '-1', '{ 1, 2 }', '', '8000-8001') },
);
const option = fc.oneof(
  { weight: 30, arbitrary: fc.tuple(fc.constantFrom('weight', 'port'), number).map((words) => words.join(' ')) },
  { weight: 1, arbitrary: fc.constantFrom('weight 5 initial', 'masq', 'dr', 'upper 5', 'cross-family', 'weight') },
);

/** Words with the blanks, the comment and the end of a line. */
const lineOf = (words: fc.Arbitrary<readonly string[]>): fc.Arbitrary<string> =>
  fc
    .record({
      words,
      blank: fc.oneof(
        { weight: 30, arbitrary: fc.constant(' ') },
        { weight: 1, arbitrary: fc.constantFrom('  ', '\t', '') },
      ),
      indent: fc.constantFrom('', '  ', '\t'),
      end: fc.oneof(
        { weight: 30, arbitrary: fc.constant('\n') },
        {
          weight: 1,
          arbitrary: fc.constantFrom('\r\n', ' \n', ' # note\n', '# ipvstx: allow all-weights-0 \n', '; ', ';\n', ''),
        },
      ),
    })
    .map(({ words, blank, indent, end }) => indent + words.join(blank) + end);

const options = fc.array(option, { maxLength: 2 });
const member = lineOf(
  fc
    .tuple(fc.option(name, { nil: undefined }), fc.array(address, { minLength: 1, maxLength: 2 }), options)
    .map(([name, addresses, options]) => [...(name === undefined ? [] : [name]), ...addresses, ...options]),
);
const noise = fc.constantFrom('\n', '# a comment\n', '  \t\n', '#\n', '}\n', '{\n');
const serviceItem = fc.oneof(
  lineOf(
    fc.tuple(fc.constantFrom('tcp', 'udp', 'sctp'), address, fc.constantFrom('port', 'port', 'port', 'ports'), number),
  ),
  lineOf(fc.tuple(fc.constant('backends'), name, options).map(([word, name, options]) => [word, name, ...options])),
  member.map((line) => `backend ${line.trimStart()}`),
  fc.constantFrom('scheduler rr\n', 'use profile\n', 'describe "x # {"\n', 'persist 5m\n', 'mark 7\n'),
);
const block = (head: fc.Arbitrary<readonly string[]>, item: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      lineOf(head.map((words) => [...words, '{'])),
      fc.array(fc.oneof({ weight: 30, arbitrary: item }, { weight: 1, arbitrary: noise }), { maxLength: 4 }),
      fc.oneof({ weight: 30, arbitrary: lineOf(fc.constant(['}'])) }, { weight: 1, arbitrary: fc.constant('') }),
    )
    .map(([head, items, end]) => head + items.join('') + end);
const statement = fc.oneof(
  { weight: 12, arbitrary: block(fc.tuple(fc.constant('pool'), name), member) },
  { weight: 12, arbitrary: block(fc.tuple(fc.constant('service'), name), serviceItem) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'define x = 10.0.0.1\n',
      'defaults { forward masq; scheduler wrr }\n',
      'define y = {\n 10.0.0.1, 10.0.0.2\n}\n',
      'sync master {\n interface eth0\n group 224.0.0.81\n}\n',
      'include "x"\n',
      'own all\n',
      'pool p { w1 10.0.0.1 }\n',
      '\uFEFF',
      'é\n',
    ),
  },
  { weight: 1, arbitrary: noise },
);

test('statements in their plainest form, and what is like one', () => {
  let plain = 0;
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 6 }), (statements) => {
      plain += expectAlike(statements.join(''));
    }),
    { seed, numRuns: 3000 },
  );
  expect(plain).toBeGreaterThan(1000);
});

const large = Array.from(
  { length: 150 },
  (_, index) =>
    `pool p${index} {\n  w1 10.0.0.1 weight ${index}\n  w2 10.0.0.2 2001:db8::2 port 80 # two\n}\n` +
    `service s${index} {\n  ${index % 7 === 0 ? 'scheduler rr\n  ' : ''}tcp 192.0.2.${index} port 80\n  backends p${index} port 8080\n}\n`,
).join('');

test('a file of several pieces in which characters were changed', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.nat(large.length), fc.nat(3), fc.constantFrom('', '{', '}', '#', '"', '\n', ';', '$', ' ', 'x')),
        {
          maxLength: 3,
        },
      ),
      (edits) => {
        let text = large;
        for (const [at, removed, put] of edits) text = text.slice(0, at) + put + text.slice(at + removed);
        expect(expectAlike(text)).toBeGreaterThanOrEqual(0);
      },
    ),
    { seed, numRuns: 150 },
  );
});
