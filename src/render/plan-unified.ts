/** Owns the plan as a unified diff of two rule files. */

import type { Meaning, Paint } from './paint.ts';
import { plain } from './paint.ts';

/** A table as text, with the name that stands in the diff's head. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Lines of context around a difference, as `diff -u` has them. */
const context = 3;

const meanings: Readonly<Record<string, Meaning>> = { '+': 'add', '-': 'remove', '@': 'faint' };

/** The diff from one text to another; empty if they are equal. */
export async function renderUnified(before: NamedText, after: NamedText, paint: Paint = plain): Promise<string> {
  if (before.text === after.text) return '';
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff');
  const patch = createTwoFilesPatch(before.name, after.name, before.text, after.text, undefined, undefined, {
    context,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return patch
    .split('\n')
    .map((line) => {
      const meaning = meanings[line.charAt(0)];
      return meaning === undefined ? line : paint(meaning, line);
    })
    .join('\n');
}
