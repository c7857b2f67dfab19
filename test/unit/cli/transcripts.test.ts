import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../support/run-command.ts';

const cases = fileURLToPath(new URL('../../golden/cli/', import.meta.url));
let scratch: string;

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'ipvstx-transcript-'));
});

afterEach(() => rmSync(scratch, { recursive: true }));

const marked = (text: string, mark: string): string => text.replaceAll(/^(?=.)/gm, mark);

/** Runs a line such as `ipvstx restore < saved.rules`, on a memory kernel that the lines of a case share. */
async function transcriptOf(line: string): Promise<string> {
  const [words = '', input] = line.split(' < ');
  const [, ...command] = words.split(' ');
  const stdin = input === undefined ? {} : { stdin: readFileSync(join(scratch, input), 'utf8') };
  const kernel = command.length > 0 ? ['--kernel', 'memory:kernel.json'] : [];
  const { status, stdout, stderr } = await runCommand([...command, ...kernel], { directory: scratch, ...stdin });
  const ending = status === 0 ? '' : `=> ${status}\n`;
  return `$ ${line}\n${stdout}${marked(stderr, '! ')}${ending}`;
}

/* Each folder has the files that its commands read, the commands, and what they answer: lines of standard error with a
   "! " in front, and the exit code if it is not 0. */
test.each(readdirSync(cases))('%s', async (name) => {
  cpSync(join(cases, name), scratch, { recursive: true });
  const lines = readFileSync(join(scratch, 'commands.txt'), 'utf8').trimEnd().split('\n');
  const answers: string[] = [];
  for (const line of lines) answers.push(await transcriptOf(line));
  await expect(answers.join('\n')).toMatchFileSnapshot(join(cases, name, 'transcript.txt'));
});
