/** Owns the proof that words are read as popt reads them for ipvsadm (ipvsadm reference, 1.2). */

import { describe, expect, test } from 'vitest';
import { readWords, wordsOf } from '../../../grammar/argv.ts';
import { textOf } from '../../../grammar/text/span.ts';

/** A reading in few words: `add-service t=192.0.2.1:80 p | extra` and, behind `!`, what stopped it. */
function read(texts: readonly string[], posixlyCorrect = false): string {
  const { line, problem } = readWords(wordsOf(texts), { posixlyCorrect });
  const said = line && [
    line.command.command.name + (line.command.value === undefined ? '' : `=${line.command.value.text}`),
    ...line.options.map(({ option, value }) => option.long + (value === undefined ? '' : `=${value.text}`)),
    ...(line.leftovers.length === 0 ? [] : ['|', ...line.leftovers.map(({ text }) => text)]),
  ];
  const stop = problem && ['!', problem.kind, problem.part.text, 'of', problem.word.text];
  return [...(said ?? []), ...(stop ?? [])].join(' ');
}

describe('values', () => {
  test.each([
    ['-A -t X', 'add-service tcp-service=X'],
    ['-A -tX', 'add-service tcp-service=X'],
    ['-A -t=X', 'add-service tcp-service=X'],
    ['-A -t==X', 'add-service tcp-service==X'],
    ['-A --tcp-service X', 'add-service tcp-service=X'],
    ['-A --tcp-service=X', 'add-service tcp-service=X'],
    ['-A --scheduler=', 'add-service scheduler='],
    ['-A -s= rr', 'add-service scheduler= | rr'],
    ['-A -f -1', 'add-service fwmark-service=-1'],
    ['-a -w -- -m', 'add-server weight=-- masquerading'],
  ])('%s', (line, expected) => {
    expect(read(line.split(' '))).toBe(expected);
  });
});

describe('the optional value', () => {
  test.each([
    ['-A -p 100', 'add-service persistent=100'],
    ['-A -p100', 'add-service persistent=100'],
    ['-A -p=100', 'add-service persistent=100'],
    ['-A --persistent=', 'add-service persistent='],
    ['-A -p -s rr', 'add-service persistent scheduler=rr'],
    ['-A -p', 'add-service persistent'],
    ['-A -ps rr', 'add-service persistent=s | rr'],
    ['-A -p rr -o', 'add-service persistent=rr ops'],
    ['-A -p -1', 'add-service persistent ! unknown-option -1 of -1'],
    ['-A -p - x', 'add-service persistent | - x'],
  ])('%s', (line, expected) => {
    expect(read(line.split(' '))).toBe(expected);
  });
});

describe('bundles', () => {
  test.each([
    ['-Lnc', 'list numeric connection'],
    ['-At X', 'add-service tcp-service=X'],
    ['-amtX -rY', 'add-server masquerading tcp-service=X real-server=Y'],
    ['-list', 'list ipip scheduler=t'],
    ['-f4 -A', '! command-not-first -f of -f4'],
    ['-A -6', 'add-service ipv6'],
  ])('%s', (line, expected) => {
    expect(read(line.split(' '))).toBe(expected);
  });
});

describe('leftover words', () => {
  test.each([
    ['extra -A -o', 'add-service ops | extra'],
    ['100 --set 20 30', 'set | 100 20 30'],
    ['-L -- -n --x', 'list | -n --x'],
    ['-L - -n', 'list numeric | -'],
    ['-- -L', '! no-command -- of --'],
    ['a b', '! no-command a of a'],
  ])('%s', (line, expected) => {
    expect(read(line.split(' '))).toBe(expected);
  });

  test('an empty word is one', () => {
    expect(read(['-L', '', '-n'])).toBe('list numeric | ');
  });

  test('POSIXLY_CORRECT makes everything behind the first one leftovers', () => {
    expect(read(['-L', 'x', '-n'], true)).toBe('list | x -n');
    expect(read(['-A', '-s', 'rr', '-o', 'x', '-p'], true)).toBe('add-service scheduler=rr ops | x -p');
  });
});

describe('problems name the word that was consumed last', () => {
  test.each([
    ['-LQ', 'list ! unknown-option Q of -LQ'],
    ['-LnQt', 'list numeric ! unknown-option Q of -LnQt'],
    ['-L --lis', 'list ! unknown-option --lis of --lis'],
    ['-L --List=5', 'list ! unknown-option --List of --List=5'],
    ['-L --=5', 'list ! unknown-option -- of --=5'],
    ['-At', 'add-service ! missing-value t of -At'],
    ['-A -t', 'add-service ! missing-value -t of -t'],
    ['-L --start-daemon', 'list ! missing-value --start-daemon of --start-daemon'],
    ['--list=x', '! unwanted-value x of --list=x'],
    ['-L --stats=', 'list ! unwanted-value  of --stats='],
    ['-Ln=5', 'list ! unwanted-value 5 of -Ln=5'],
    ['-AE', 'add-service ! second-command E of -AE'],
    ['-A -o --help', 'add-service ops ! second-command --help of --help'],
    ['--start-daemon master --start-daemon backup', 'start-daemon=master ! second-command --start-daemon of backup'],
    ['-t X -A', '! command-not-first -t of X'],
    ['add-service -t X', '! no-command add-service of X'],
  ])('%s', (line, expected) => {
    expect(read(line.split(' '))).toBe(expected);
  });
});

test('no words say nothing', () => {
  expect(readWords([])).toEqual({});
});

test('every part knows where it stands', () => {
  const { line } = readWords(wordsOf(['-amt', '192.0.2.1:80', '-r=10.0.0.1', '--weight=5', 'x']));
  expect(line && textOf(line.span)).toBe('-amt 192.0.2.1:80 -r=10.0.0.1 --weight=5 x');
  expect(line && textOf(line.command.span)).toBe('-a');
  expect(line?.options.map(({ span }) => textOf(span))).toEqual(['m', 't', '-r', '--weight']);
  expect(line?.options.map(({ value }) => value && textOf(value.span))).toEqual([
    undefined,
    '192.0.2.1:80',
    '10.0.0.1',
    '5',
  ]);
});
