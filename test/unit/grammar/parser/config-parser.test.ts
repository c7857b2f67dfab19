/** Owns the proof that the config grammar is sound, reads every statement, and recovers from every mistake. */

import { describe, expect, test } from 'vitest';
import { ConfigParser, parseConfig, parseConfigValue } from '../../../../grammar/parser/config-parser.ts';
import { startOf } from '../../../../grammar/text/span.ts';

/** The tree without its spans. */
function treeOf(text: string): unknown {
  const { file, diagnostics } = parseConfig({ name: 'test.ipvs', text });
  expect(diagnostics).toEqual([]);
  return JSON.parse(JSON.stringify(file.statements, (key, value: unknown) => (key === 'span' ? undefined : value)));
}

/** `line:column code` of each diagnostic. */
function mistakesIn(text: string): string[] {
  return parseConfig({ name: 'test.ipvs', text }).diagnostics.map(({ code, span }) => {
    const { line, column } = span === undefined ? { line: 0, column: 0 } : startOf(span);
    return `${line}:${column} ${code}`;
  });
}

test('the grammar has no ambiguity, no left recursion and no name twice', () => {
  expect(() => new ConfigParser({ skipValidations: false })).not.toThrow();
});

describe('what is read', () => {
  test('one line of each kind of statement', () => {
    expect(treeOf('ipvs 1; include? "a/*.ipvs"; own declared; sync backup stopped; define A = { 1, "b", $C }')).toEqual(
      [
        { kind: 'version', version: { kind: 'word', text: '1' } },
        { kind: 'include', optional: true, path: { kind: 'text', text: 'a/*.ipvs' } },
        { kind: 'own', what: 'declared' },
        { kind: 'sync', role: 'backup' },
        {
          kind: 'define',
          name: { kind: 'name', text: 'A' },
          value: {
            kind: 'set',
            items: [
              { kind: 'word', text: '1' },
              { kind: 'text', text: 'b' },
              { kind: 'variable', name: 'C' },
            ],
          },
        },
      ],
    );
  });

  test('members with and without a name, and their options', () => {
    expect(
      treeOf('pool p { port 10.0.0.1 ::1 tunnel gue port 6080 csum; fe80::1 port 8 weight 0 initial dr }'),
    ).toMatchObject([
      {
        block: {
          items: [
            {
              name: { text: 'port' },
              addresses: [{ text: '10.0.0.1' }, { text: '::1' }],
              options: [{ kind: 'forward', tunnel: { type: 'gue', port: { text: '6080' }, checksum: 'csum' } }],
            },
            {
              addresses: [{ text: 'fe80::1' }],
              options: [{ kind: 'port' }, { kind: 'weight', initial: true }, { kind: 'forward', method: 'dr' }],
            },
          ],
        },
      },
    ]);
  });

  test('a set over several lines, with comments', () => {
    expect(treeOf('define A = {\n  1, # one\n\n  2\n}\n')).toMatchObject([
      { value: { items: [{ text: '1' }, { text: '2' }] } },
    ]);
  });

  test('escapes in a text', () => {
    expect(treeOf(String.raw`service s { describe "a \"b\" \\ #{c}" }`)).toMatchObject([
      { block: { items: [{ text: { text: String.raw`a "b" \ #{c}` } }] } },
    ]);
  });

  test.each([
    ['a byte order mark', '\uFEFFown all\n'],
    ['CRLF', 'own all\r\n\r\n'],
    ['no newline at the end', 'own all'],
    ['no statement', '\n # nothing\n;;\n'],
    ['nothing', ''],
    [
      'keywords as names',
      'pool weight { weight 10.0.0.1 weight 1 }; service pool { backends weight }; profile off { }',
    ],
  ])('%s', (_, text) => {
    expect(mistakesIn(text)).toEqual([]);
  });

  test('comments keep their places', () => {
    const text = '# a\nown all # b \n';
    const { comments } = parseConfig({ name: 't', text }).file;
    expect(comments.map(({ text, span }) => [text, span.start, span.end])).toEqual([
      ['# a', 0, 3],
      ['# b', 12, 15],
    ]);
  });
});

describe('one diagnostic a statement, at its place', () => {
  test.each([
    ['an unknown statement with its block', 'serivce a { tcp 1; }\nown all', ['1:1 unknown-statement']],
    ['an unknown block', 'serivce a {\n tcp 1 port 80\n}\nown al', ['1:1 unknown-statement', '4:5 unexpected-token']],
    [
      'an unknown block without end',
      'serivce a {\n tcp 1\npool a {}\nown al',
      ['1:1 unknown-statement', '4:5 unexpected-token'],
    ],
    [
      'a mistake in the head of a block',
      'pool a b {\n tcp 1\n}\nown al',
      ['1:8 unexpected-token', '4:5 unexpected-token'],
    ],
    [
      'an unknown option',
      'pool p {\n  10.0.0.1 wieght 1\n  10.0.0.2 x\n}',
      ['2:12 unknown-option', '3:12 unknown-option'],
    ],
    ['a missing value', 'define A =\nown all', ['1:11 unexpected-token']],
    ['a brace on its own line', 'pool p\n{\n 10.0.0.1\n}\nown al', ['1:7 unexpected-token', '5:5 unexpected-token']],
    ['a missing brace', 'pool p\n 10.0.0.1\n 10.0.0.2\n}\nown al', ['1:7 unexpected-token', '5:5 unexpected-token']],
    [
      'a set that does not end',
      'service s {\n tcp { $A, $B port 80\n own all\n}',
      ['2:15 unexpected-token', '3:2 unknown-statement'],
    ],
    [
      'a mistake in a set of lines',
      'service s {\n tcp {\n 1\n 2\n } port 80\n use\n}',
      ['4:2 unexpected-token', '6:5 unexpected-token'],
    ],
    ['a block that does not end', 'pool p {\n 10.0.0.1\nservice s {\n}', ['1:8 unclosed-block']],
    ['a block that never ends', 'pool p {\n 10.0.0.1\n', ['1:8 unclosed-block']],
    ['a brace too many', 'pool p { } }\nown al', ['1:12 unopened-block', '2:5 unexpected-token']],
    ['a brace that closes nothing', 'own all\n}\nown al', ['2:1 unopened-block', '3:5 unexpected-token']],
    ['a text that does not end', 'include "a\nown al', ['1:9 unclosed-text', '2:5 unexpected-token']],
    ['a dash from a word processor', 'service s { scheduler – }', ['1:23 stray-character']],
    ['a blank from a web page', 'own\u00A0all', ['1:4 stray-character']],
    ['a NUL', 'own \u0000', ['1:5 stray-character']],
    ['braces only', '{{{{', ['1:1 unknown-statement']],
    ['closing braces only', '}}', ['1:1 unopened-block', '1:2 unopened-block']],
  ])('%s', (_, text, expected) => {
    expect(mistakesIn(text)).toEqual(expected);
  });

  test('names of skipped declarations are kept, so that their uses are no mistakes as well', () => {
    const { file } = parseConfig({ name: 't', text: 'pool a b\npool c\n 1.2.3.4\n}\ndefine d 1\nprofile e = {}' });
    expect(file.lost.map(({ text }) => text)).toEqual(['a', 'c', 'd', 'e']);
    expect(file.complete).toBe(false);
  });

  test('a block says whether something in it was left out', () => {
    const { file } = parseConfig({ name: 't', text: 'pool a { = }\npool b { 10.0.0.1 }' });
    expect(file.statements).toMatchObject([{ block: { complete: false } }, { block: { complete: true } }]);
  });
});

test('deep nesting costs neither the stack nor much time', () => {
  expect(mistakesIn(`${'{'.repeat(100_000)}\nown al`)).toEqual(['1:1 unknown-statement']);
  expect(mistakesIn('}'.repeat(1000))).toHaveLength(1000);
});

describe('the value of a command line', () => {
  test.each([
    ['80', { kind: 'word', text: '80' }],
    ['{ a, b }', { kind: 'set' }],
    ['"x y"', { kind: 'text', text: 'x y' }],
  ])('%s', (text, expected) => {
    expect(parseConfigValue({ name: '-D A', text })).toMatchObject(expected);
  });

  test.each(['', '1 2', '}', '{ 1', '"'])('not `%s`', (text) => {
    expect(parseConfigValue({ name: '-D A', text })).toBeUndefined();
  });
});
