/**
 * Owns the named calls of ipvsadm in test/golden/ipvsadm/rows.txt, with the answers of ipvsadm 1.31 on Linux 6.1: each
 * option, command and error row of the ipvsadm reference (1.1 to 1.9, 3, 4.2, 4.3).
 *
 * `# title` begins a section, `@` is a rule that stands in the table beforehand. Behind it blocks of calls, each on a
 * new table: `$ ipvsadm` and its words, split at blanks; `␣` is a blank inside of a word, `∅` an empty word. Below a
 * call stand its standard output (`>`), standard error (`!`) and an exit status other than 0 (`=`).
 */

import { readFileSync } from 'node:fs';
import type { ClassicRun } from './classic-run.ts';

/** Calls one behind the other, on a table of their own. */
export interface ClassicRow {
  /** The title of the section and the words of the first call. */
  readonly name: string;
  /** What `ipvsadm -R` makes the table from. */
  readonly rules: string;
  /** The words of each call, as written. */
  readonly calls: readonly string[];
  /** The calls with their answers. */
  readonly transcript: string;
}

const prompt = '$ ipvsadm';

function readSection(section: string): readonly ClassicRow[] {
  const [head = '', ...blocks] = section.replace(/\n+$/, '').split('\n\n');
  const [title, ...before] = head.split('\n');
  const rules = before.map((line) => `${line.slice('@ '.length)}\n`).join('');
  return blocks.map((block) => {
    const lines = block.split('\n').filter((line) => line.startsWith(prompt));
    const calls = lines.map((line) => line.slice(prompt.length).trimStart());
    return { name: `${title}: ${calls[0]}`, rules, calls, transcript: `${block}\n` };
  });
}

const path = new URL('../golden/ipvsadm/rows.txt', import.meta.url);

/** Every row of the file. */
export const classicRows: readonly ClassicRow[] = readFileSync(path, 'utf8')
  .split(/^# /m)
  .slice(1)
  .flatMap(readSection);

/** The words of a call. */
export function wordsOf(call: string): readonly string[] {
  if (call === '') return [];
  return call.split(' ').map((word) => (word === '∅' ? '' : word.replaceAll('␣', ' ').replaceAll('␉', '\t')));
}

function prefixed(prefix: string, text: string): string {
  return text.replaceAll(/^.*\n/gm, (line) => `${prefix} ${line}`);
}

/** A call and its answer in the form of the file. */
export function transcriptOf(call: string, { status, stdout, stderr }: ClassicRun): string {
  const end = status === 0 ? '' : `= ${status}\n`;
  return `${prompt}${call === '' ? '' : ` ${call}`}\n${prefixed('>', stdout)}${prefixed('!', stderr)}${end}`;
}
