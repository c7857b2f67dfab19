/** Owns the proof of what a rule file has beyond ipvsadm's words: lines, comments, names in front, characters. */

import { describe, expect, test } from 'vitest';
import { parseRules } from '../../../../grammar/parser/parse-rules.ts';
import { printParsedLine } from '../../../../grammar/print/rules.ts';
import { startOf, textOf } from '../../../../grammar/text/span.ts';

function parse(text: string) {
  return [...parseRules({ name: 'x.rules', text })];
}

/** The code and place of everything that is said, and the rules that are left. */
function outcome(text: string) {
  const lines = parse(text);
  return {
    codes: lines.flatMap(({ diagnostics }) =>
      diagnostics.map(({ code, span }) => (span ? `${code} ${startOf(span).line}:${startOf(span).column}` : code)),
    ),
    rules: lines.map(printParsedLine),
  };
}

const rule = '-A -t 192.0.2.1:80 -s rr';

describe('lines', () => {
  test.each([
    ['', []],
    ['\n', ['']],
    [rule, [rule]],
    [`${rule}\n`, [rule]],
    [`${rule}\r\n\r\n${rule}\r\n`, [rule, '', rule]],
    [` \t${rule.replaceAll(' ', '\t  ')} \r`, [rule]],
    [`\n\n${rule}  `, ['', '', rule]],
  ])('%j', (text, rules) => {
    expect(outcome(text)).toEqual({ codes: [], rules });
  });
});

describe('comments', () => {
  test.each([
    ['# one', ['# one']],
    ['  #one', ['#one']],
    [`${rule} # one`, [`${rule} # one`]],
    [`${rule} #`, [`${rule} #`]],
    ['-A -f 1 -p # five', ['-A -f 1 -p # five']],
    ['--set 1 2 3 # –“über”\\ \r', ['--set 1 2 3 # –“über”\\']],
    ['-- # one', ['# one']],
  ])('%j', (text, rules) => {
    expect(outcome(text).rules).toEqual(rules);
  });

  test('begin where a word could begin, and nowhere else', () => {
    const [line] = parse('--start-daemon master --mcast-interface eth0#1');
    expect(line?.rule?.options[0]?.value?.text).toBe('eth0#1');
    expect(line?.comment).toBeUndefined();
  });

  test('stand where a value should be', () => {
    expect(outcome('-A -t # 192.0.2.1').codes).toEqual(['missing-value 1:4']);
  });
});

describe("the program's name", () => {
  test.each([
    [`ipvsadm ${rule}`],
    [`/sbin/ipvsadm ${rule}`],
    [`../bin/ipvsadm ${rule}`],
    [`-A ipvsadm -t ipvsadm 192.0.2.1:80 ipvsadm -s rr`],
    [`ipvsadm ipvsadm ${rule} ipvsadm`],
  ])('%s', (text) => {
    expect(outcome(text)).toEqual({ codes: [], rules: [rule] });
  });

  test.each(['ipvsadm', '/usr/sbin/ipvsadm', 'ipvsadm # nothing'])('alone is no rule: %s', (text) => {
    expect(parse(text)[0]).not.toHaveProperty('rule');
    expect(outcome(text).codes).toEqual([]);
  });

  test('elsewhere a path to it is an ordinary word', () => {
    expect(parse('-A /sbin/ipvsadm')[0]?.rule?.leftovers.map(({ text }) => text)).toEqual(['/sbin/ipvsadm']);
    expect(parse('-A -p /sbin/ipvsadm')[0]?.rule?.options[0]?.value?.text).toBe('/sbin/ipvsadm');
  });
});

describe('characters that no rule has', () => {
  test.each([
    ['\uFEFF-C', 'byte-order-mark 1:1'],
    ['-C\n\uFEFF-C', 'invisible-character 2:1'],
    ['-A -t caf\uFFFD', 'not-utf8 1:10'],
    ['-C \u0000', 'control-character 1:4'],
    ['-C \u001B[31m', 'control-character 1:4'],
    ['-A\u00A0-t x', 'invisible-character 1:3'],
    ['-A -t x\u200B', 'invisible-character 1:8'],
    ['–save', 'typographic-dash 1:1'],
    ['-A –-tcp-service x', 'typographic-dash 1:4'],
    ['-A -t “x”', 'quotation-mark 1:7'],
    ['-A -t "x"', 'quotation-mark 1:7'],
    ['-A \\', 'line-continuation 1:4'],
    ['-C; -C', 'shell-syntax 1:3'],
    ['-A -t $VIP', 'shell-syntax 1:7'],
    ['-A -t ü', 'foreign-character 1:7'],
    ['-A -t 🙂', 'foreign-character 1:7'],
    [`-A ${'--sort '.repeat(5000)}`, 'long-line 1:1'],
    ['x'.repeat(2 ** 20), 'long-line 1:1'],
  ])('%j', (text, code) => {
    expect(outcome(text).codes).toEqual([code]);
  });

  test.each([
    ['–save', 'write --save'],
    ['—save=x', 'write --save'],
    ['−A', 'write -A'],
    ['-A -–tcp-service x', 'write --tcp-service'],
    ['-A -t 192.0.2.1–80', 'write a plain minus sign'],
  ])('a dash has a suggestion: %s', (text, suggestion) => {
    expect(parse(text)[0]?.diagnostics[0]?.suggestion).toBe(suggestion);
  });

  test('a long comment is no long line', () => {
    expect(outcome(`-C # ${'x'.repeat(2 ** 20)}`).codes).toEqual([]);
  });

  test('what a backslash continues is not judged by itself', () => {
    const text = '-A \\\n-t 192.0.2.1:80 \\\r\n-s rr\n-s rr\n# \\\n-C';
    expect(outcome(text).codes).toEqual(['line-continuation 1:4', 'command-not-first 4:1']);
  });
});

describe('words that are not ipvsadm’s', () => {
  test.each([
    ['-A --schedular rr', 'unknown-ipvsadm-option 1:4', 'did you mean --scheduler?'],
    ['-T x', 'unknown-ipvsadm-option 1:1', 'did you mean -t?'],
    ['-q', 'unknown-ipvsadm-option 1:1', undefined],
    ['-A -o=1', 'unwanted-value 1:7', 'leave out the value'],
    ['-At', 'missing-value 1:3', undefined],
    ['-A -E', 'second-command 1:4', 'write it on a line of its own'],
    ['-set 1 2 3', 'command-not-first 1:1', 'did you mean --set?'],
    ['-t x -A', 'command-not-first 1:1', 'write the command first'],
    ['add-servce x', 'missing-command 1:1', 'did you mean --add-service?'],
    ['hello', 'missing-command 1:1', undefined],
  ])('%s', (text, code, suggestion) => {
    const [diagnostic] = parse(text)[0]?.diagnostics ?? [];
    expect(outcome(text).codes).toEqual([code]);
    expect(diagnostic?.suggestion).toBe(suggestion);
  });
});

test('a rule of an old save has flags without a value', () => {
  const [line] = parse('-A -t 192.0.2.1:80 -s sh -b ');
  expect(line?.diagnostics).toEqual([]);
  expect(line?.rule?.options.at(-1)).toMatchObject({ option: { long: 'sched-flags' } });
  expect(line?.rule && textOf(line.rule.span)).toBe('-A -t 192.0.2.1:80 -s sh -b');
});
