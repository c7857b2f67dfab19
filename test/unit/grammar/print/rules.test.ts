/** Owns the proof that rules are printed in one order, and as they were where the order has a meaning. */

import { expect, test } from 'vitest';
import { readWords, wordsOf } from '../../../../grammar/argv.ts';
import { printRule } from '../../../../grammar/print/rules.ts';

function print(words: readonly string[]): string | undefined {
  const { line } = readWords(wordsOf(words));
  return line && printRule(line);
}

test.each([
  ['--add-service --persistent=5 -s rr --tcp-service x', '-A -t x -s rr -p 5'],
  ['-amw5 -y 1 -x 2 -rB -tA', '-a -m -w 5 -y 1 -x 2 -r B -t A'],
  ['-a -tA -mw5 -y 1 -x 2 -rB', '-a -t A -r B -m -w 5 -x 2 -y 1'],
  ['-A -6 -f 1', '-A -6 -f 1'],
  ['-A -s rr -f 1 -6', '-A -f 1 -6 -s rr'],
  ['-A -s rr -M 24 -t x', '-A -s rr -M 24 -t x'],
  ['-A -s rr -f 1 -M 24 -6', '-A -s rr -f 1 -M 24 -6'],
  ['-A -s rr -f 1 -6 -M 24', '-A -f 1 -6 -s rr -M 24'],
  ['-A -s a -t x -s b', '-A -t x -s a -s b'],
  ['1 --set 2 3', '--set 1 2 3'],
  ['-L x -- -n', '-L -- x -n'],
  ['-A -p -t x', '-A -t x -p'],
  ['-A y -p -t x', '-A y -t x -p'],
  ['--start-daemon=master --syncid=5', '--start-daemon master --syncid 5'],
  ['-A -s#x', '-A --scheduler=#x'],
  ['-A -s=', '-A --scheduler='],
  ['-A -sipvsadm', '-A --scheduler=ipvsadm'],
  ['-A -p-1', '-A --persistent=-1'],
  ['-A -f -1', '-A -f -1'],
])('%s', (text, expected) => {
  expect(print(text.split(' '))).toBe(expected);
});
