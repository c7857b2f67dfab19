/** Owns the law that the quick way through a rule file is the way of the grammar: the same table, and the same complaints. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRules } from '../../grammar/parser/parse-rules.ts';
import { printRule } from '../../grammar/print/rules.ts';
import type { SourceText } from '../../grammar/text/source-text.ts';
import { compileRuleFile, compileRules } from '../../src/compile/rules/compile-rules.ts';
import { rulesFromTable } from '../../src/compile/rules/from-table.ts';
import { SavedLines } from '../../src/compile/rules/saved-lines.ts';
import { table } from '../support/arbitrary.ts';
import { cornerLines } from '../support/rules-corners.ts';
import { rulesLine } from '../support/rules-lines.ts';

const seed = 1;

const loadGrammar = async () => parseRules;

/** How many lines of a text are read without a tree. */
function countSaved(source: SourceText): number {
  const saved = new SavedLines(source);
  let start = 0;
  let count = 0;
  for (const line of source.text.split('\n')) {
    if (saved.read(start, start + line.length) !== undefined) count++;
    start += line.length + 1;
  }
  return count;
}

async function expectAlike(text: string): Promise<number> {
  const source: SourceText = { name: 'lines.rules', text };
  expect(await compileRuleFile(source, loadGrammar)).toEqual(compileRules(parseRules(source)));
  return countSaved(source);
}

test('whatever table was saved, and it is written as the grammar prints it', async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(table('writable'), async (table) => {
      const { value = [] } = rulesFromTable(table, { stoppedDaemons: true });
      const text = value.map((rule) => `${rule}\n`).join('');
      count += await expectAlike(text);
      const lines = [...parseRules({ name: 'lines.rules', text })];
      expect(lines.map(({ rule }) => rule && printRule(rule))).toEqual(value);
    }),
    { seed, numRuns: 200 },
  );
  expect(count).toBeGreaterThan(500);
});

const serviceWords = [
  '-t 10.0.0.1:80',
  '-t 10.0.0.1:8',
  '-t 10.0.0.1:0',
  '-t 10.0.0.1:http',
  '-t 10.0.0.01:80',
  '-t 10.0.0:80',
  '-t 10.0.0.256:80',
  '-t 10.0.0.1',
  '-t [2001:db8::1]:80',
  '-t [2001:DB8:0::1]:80',
  '-t [10.0.0.1]:80',
  '-t [2001:db8::1]80',
  '-u 10.0.0.1:53',
  '--sctp-service 10.0.0.1:80',
  '-f 1',
  '-f 1 -6',
  '-f 10',
  '-f 0',
  '-f 4294967296',
  '-f -1',
];

/** A line like one of a save, with something that a save would not write now and then. */
const likeSaved = fc
  .record({
    command: fc.constantFrom('-A', '-A', '-a', '-a', '-a', '-a', '-E', '-e', '-d', '-D', 'ipvsadm -a'),
    service: fc.constantFrom(...serviceWords.slice(0, 1), ...serviceWords),
    options: fc.array(
      fc.constantFrom(
        '-s rr',
        '-s wlc',
        '-s r',
        '-s nobody',
        '-p 300',
        '-p 0',
        '-p 2678401',
        '-p',
        '-M 255.255.0.0',
        '-o',
        '-b flag-1',
        '-r 10.0.0.2:80',
        '-r 10.0.0.3:80',
        '-r 10.0.0.2:8080',
        '-r 10.0.0.2:0',
        '-r 224.0.0.1:80',
        '-r 10.0.0.2:65536',
        '-r 10.0.0.2:+80',
        '-r [2001:db8::2]:80',
        '-r 10.0.0.2',
        '-m',
        '-m',
        '-g',
        '-i',
        '-i --tun-type ipip',
        '-i --tun-type gre',
        '-w 1',
        '-w 007',
        '-w 2147483648',
        '-w 99999999999999999999',
        '-x 10',
        '-y 5',
        '-y 20',
        '# ipvstx: allow resetting-edit',
        '\\',
        'stray',
      ),
      { maxLength: 5 },
    ),
    blank: fc.oneof({ weight: 9, arbitrary: fc.constant(' ') }, { weight: 1, arbitrary: fc.constantFrom('  ', '\t') }),
    end: fc.oneof({ weight: 9, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom(' ', '\r') }),
  })
  .map(({ command, service, options, blank, end }) => [command, service, ...options].join(blank) + end);

/** The words of real servers in their order, which random options seldom have. */
const orderly = fc
  .tuple(
    fc.constantFrom(...serviceWords),
    fc.constantFrom('10.0.0.2:80', '10.0.0.3:80', '10.0.0.3:81', '[2001:db8::2]:80', '10.0.0.255:80', '224.0.0.1:80'),
    fc.constantFrom('', ' -m', ' -g', ' -i', ' -i --tun-type ipip', ' -i --tun-type ipips'),
    fc.constantFrom('', ' -w 0', ' -w 5', ' -w 2147483647', ' -w 2147483648', ' -w 1x', ' -w '),
    fc.constantFrom('', ' -x 10', ' -x 10 -y 5', ' -x 10 -y 20', ' -y 1'),
  )
  .map(([service, server, ...options]) => `-a ${service} -r ${server}${options.join('')}`);

const servicesFirst = serviceWords.slice(0, 1).concat(serviceWords.slice(8, 9), serviceWords.slice(12, 17));

test('lines like those of a save, whatever else is in them', async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(likeSaved, orderly, orderly, rulesLine, fc.constantFrom(...cornerLines)), {
        minLength: 1,
        maxLength: 30,
      }),
      fc.boolean(),
      async (lines, hasServices) => {
        const services = hasServices ? servicesFirst.map((words) => `-A ${words}`) : [];
        count += await expectAlike([...services, ...lines].join('\n'));
      },
    ),
    { seed, numRuns: 1000 },
  );
  expect(count).toBeGreaterThan(3000);
});

test('a save in which characters were changed', async () => {
  const saved = '-t 10.0.0.1:80 -r 10.0.0.2:80 -m -w 10 -x 7 -y 5';
  await fc.assert(
    fc.asyncProperty(
      fc.nat(saved.length),
      fc.nat(2),
      fc.oneof(
        fc.constantFrom('', ' ', '0', '9', '.', ':', '-', '[', ']', '\n', '#', '\\'),
        fc.string({ maxLength: 2 }),
      ),
      async (at, removed, put) => {
        const line = `-a ${saved.slice(0, at)}${put}${saved.slice(at + removed)}`;
        const text = `-A -t 10.0.0.1:80 -s rr\n${line}\n-a -t 10.0.0.1:80 -r 10.0.0.9:80 -m -w 1`;
        expect(await expectAlike(text)).toBeGreaterThanOrEqual(2);
      },
    ),
    { seed, numRuns: 1500 },
  );
});

test('a comment silences its own line and the next one, also if that is read without a tree', async () => {
  const odd = '-a -t 10.0.0.1:80 -r 10.0.0.2:8080 -g';
  const allowed = '# ipvstx: allow ignored-server-port';
  const codesOf = async (...lines: readonly string[]) => {
    const source = { name: 'lines.rules', text: lines.join('\n') };
    return (await compileRuleFile(source, loadGrammar)).diagnostics.map(({ code }) => code);
  };
  const service = '-A -t 10.0.0.1:80 -s rr';
  expect(await codesOf(service, allowed, odd)).toEqual([]);
  expect(await codesOf(allowed, service, odd)).toEqual(['ignored-server-port']);
});
