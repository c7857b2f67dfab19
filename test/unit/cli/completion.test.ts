/** Owns the proof that real shells complete what they are told to. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../../support/run-command.ts';

let scratch: string;
const script = (shell: string): string => join(scratch, `completion.${shell}`);

/** What is typed, and the word that it becomes. */
const lines = [
  ['pl', 'plan'],
  ['plan --format mark', 'markdown'],
  ['plan --det', '--detailed-exitcode'],
  ['restore liv', 'live'],
  ['apply --kernel li', 'live'],
  ['completion z', 'zsh'],
  ['weight --wri', '--write'],
  ['restore only.ru', 'only.rules'],
] as const;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'ipvstx-completion-'));
  for (const shell of ['bash', 'zsh', 'fish']) {
    writeFileSync(script(shell), (await runCommand(['completion', shell], { directory: scratch })).stdout);
  }
  writeFileSync(join(scratch, 'only.rules'), '');
});

afterAll(() => rmSync(scratch, { recursive: true }));

/** A shell of the machine; the test fails where it is not installed. */
function output(shell: string, ...words: readonly string[]): string {
  const env = { PATH: '/usr/bin:/bin', HOME: scratch, LC_ALL: 'C.UTF-8', TERM: 'xterm' };
  return execFileSync(shell, words, { cwd: scratch, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

test.each(lines)('bash: ipvstx %s', (typed, expected) => {
  const words = ['ipvstx', ...typed.split(' ')];
  const call = `source ${script('bash')}; COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _ipvstx`;
  expect(output('bash', '-c', `${call}; printf '%s\\n' "\${COMPREPLY[@]}"`)).toBe(`${expected}\n`);
});

test.each(lines)('fish: ipvstx %s', (typed, expected) => {
  const offered = output('fish', '-c', `source ${script('fish')}; complete -C 'ipvstx ${typed}'`);
  expect(offered.split(/[\t\n]/)).toContain(expected);
});

test('zsh: every line', () => {
  // Types each line and Tab into a zsh on a terminal of its own; Ctrl-X writes down what the line has become.
  const written = join(scratch, 'lines');
  const program = `
    zmodload zsh/zpty
    zpty z 'zsh -f -i'
    zpty -w z 'autoload -Uz compinit; compinit -u -D; source ${script('zsh')}'
    zpty -w z 'dump() { print -r -- "$BUFFER" >>${written}; BUFFER= }; zle -N dump; bindkey "^X" dump'
    ${lines.map(([typed]) => `zpty -n -w z $'ipvstx ${typed}\\t\\x18'`).join('\n')}
    touch ${written}
    until [[ $(wc -l <${written}) -ge ${lines.length} ]]; do zpty -r -t z chunk; sleep 0.1; done
    zpty -d z`;
  output('zsh', '-f', '-c', program);
  const typed = readFileSync(written, 'utf8').trimEnd().split('\n');
  expect(typed.map((line) => line.trimEnd().split(' ').at(-1))).toEqual(lines.map(([, expected]) => expected));
});

test('other shells are named', async () => {
  const { status, stderr } = await runCommand(['completion', 'tcsh'], { directory: scratch });
  expect(status).toBe(64);
  expect(stderr).toContain('it is one of bash, zsh, fish');
});
