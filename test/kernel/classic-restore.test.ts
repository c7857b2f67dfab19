/** Owns the proof that `-R` reads its input as ipvsadm does: word by word, line by line, to the last status. */

import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { classicLine } from '../support/classic-lines.ts';
import { type ClassicPair, openClassicPair } from './support/classic-pair.ts';

let pair: ClassicPair;

beforeAll(async () => {
  pair = await openClassicPair();
});
afterAll(() => pair.close());
beforeEach(() => pair.reset());

const service = '-A -t 192.0.2.1:80 -s rr';
const another = '-A -t 192.0.2.2:80 -s rr';

test.each([
  ['nothing', ''],
  ['blank lines', '\n \t\r\n\n'],
  ['a rule', `${service}\n`],
  ['no line feed at the end', service],
  ['one blank at the end of the input', `${service}\n${another} `],
  ['two blanks at the end of the input', `${service}\n${another}  `],
  ['a blank and a tab at the end of the input', `${service}\n${another} \t`],
  ['carriage return and blank at the end of the input', `${service}\n${another}\r `],
  ['two blanks at the end of the only line', `${service}  `],
  ['two blanks in front of the end, then a letter', `${service}  -p`],
  ['blanks only behind a good line', `${service}\n   `],
  ['lines of Windows', `${service}\r\n${another}\r\n`],
  ['tabs', service.replaceAll(' ', '\t')],
  ['form feed and vertical tab', '-A\f-t 192.0.2.1:80\n-A -t 192.0.2.1:80\v\n'],
  ['leading blanks', `   ${service}\n`],
  ['quotes', `-A -t "192.0.2.1:80" -s 'rr'\n${another}\n`],
  ['a backslash at the end of a line', `-A -t 192.0.2.1:80 \\\n-s rr\n${another}\n`],
  ['semicolons', `${service};\n${another}\n`],
  ['a comment line', `${service}\n# comment\n${another}\n`],
  ['a comment without a blank', `${service}\n#comment\n${another}\n`],
  ['a comment behind a rule', `${service} # comment\n${another}\n`],
  [
    'the word ipvsadm',
    `ipvsadm ${service}\nipvsadm ipvsadm -A ipvsadm -t ipvsadm 192.0.2.2:80\nipvsadm\nipvsadm ipvsadm\n`,
  ],
  ['a path to ipvsadm', `${service}\n/sbin/ipvsadm ${another}\n`],
  ['sudo', `sudo ipvsadm ${service}\n`],
  ['a NUL in a word', `-A -t 192.0.2.1:80\0junk -s rr\n`],
  ['a word of NUL only', `-A -t 192.0.2.1:80 \0 -s rr\n${another}\n`],
  ['a byte order mark', `\uFEFF${service}\n${another}\n`],
  ['a persistence at the end of a line', '-A -t 192.0.2.1:80 -p\n-A -t 192.0.2.2:80 -p'],
  ['a refused line in the middle', `${service}\n${service}\n${another}\n`],
  ['a refused line at the end', `${service}\n${another}\n${service}\n`],
  ['a refused line, then blank lines', `${service}\n${service}\n\n  \n`],
  ['a refused line, then nothing but ipvsadm', `${service}\n${service}\nipvsadm\n`],
  ['an unknown option in the middle', `${service}\n-A --none\n${another}\n`],
  ['an unknown option at the end', `${service}\n${another} -Q\n`],
  ['a missing value in the middle', `-A -t\n${another}\n`],
  ['a value that is not wanted', `-L --stats=x\n${another}\n`],
  ['a bad address', `${service}\n-A -t bad\n${another}\n`],
  ['a bad number', `-a -t 192.0.2.1:80 -r 10.0.0.1 -w x\n${another}\n`],
  ['an illegal option', `${service} -n\n${another}\n`],
  ['a leftover word', `${service} junk\n${another}\n`],
  ['a line without a command', `-t 192.0.2.1:80\n${another}\n`],
  ['a restore in a restore', `${service}\n-R\n${another}\n`],
  ['a restore with an option in a restore', `${service}\n-R -n\n${another}\n`],
  ['a second command', `${service} -E\n${another}\n`],
  ['a version', `${service}\n-v\n${another}\n`],
  ['a service that is not there', `${service}\n-L -t 192.0.2.9:80\n${another}\n`],
  [
    'everything else that a line may be',
    `${service}\n--set 1 2 3\n--start-daemon master --mcast-interface lo\n-Z\n-L --timeout\n-L --daemon\n-S -n\n-Ln\n-C\n${another}\n`,
  ],
  ['a word of 4,096 bytes', `-A -f 1 -s ${'x'.repeat(4095)}\n${another}\n`],
  ['a word of more than 4,096 bytes', `-A -f 1 -s ${'x'.repeat(5000)}\n${another}\n`],
  ['a very long line', `-A -f 1 -s rr ${'--sort '.repeat(3000)}\n${another}\n`],
])('%s', async (_, input) => {
  const { expected, actual } = await pair.compare(['-R'], input);
  expect(actual).toStrictEqual(expected);
});

/**
 * Lines as people and machines write them, with what no line should have. No listing, for both tables have another order,
 * and no daemon is stopped: right behind its start the kernel does not answer that, and ipvsadm waits for ever.
 */
const line = fc.oneof(
  {
    weight: 12,
    arbitrary: classicLine
      .filter(([command = '']) => !/^(-[lLS]|--list|--save|--stop-daemon)/.test(command))
      .map((words) => words.join(' ')),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '\t',
      '\r',
      'ipvsadm',
      'ipvsadm -C',
      '-C ',
      '-L --timeout',
      '-L --daemon',
      '--set 1 2 3\r',
      '-A -f 7 -p ',
      '#',
      '-R',
    ),
  },
);
const end = fc.constantFrom('\n', '', ' ', '  ', ' \t', '\r\n', '\n\n');
const stream = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 12 }), end)
  .map(([lines, last]) => lines.join('\n') + last);

test('500 random inputs', { timeout: 400_000 }, async () => {
  const differences: unknown[] = [];
  for (const input of fc.sample(stream, { seed: 41, numRuns: 500 })) {
    const { expected, actual } = await pair.compare(['-R'], input);
    if (!isDeepStrictEqual(actual, expected)) differences.push({ input, expected, actual });
    if (differences.length === 3) break;
    if (differences.length > 0) await pair.reset();
  }
  expect(differences).toEqual([]);
});
