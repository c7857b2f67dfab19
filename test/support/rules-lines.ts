/** Owns random lines of rule files: those random command lines that a file can hold and that are about a table. */

import type * as fc from 'fast-check';
import { classicLine } from './classic-lines.ts';

/** ipvsadm -R would execute these; a rule file has no place for them. */
const isNoRule = /^(?:-[lLSRhv]|--(?:list|save|restore|help|version))/;

/** One line without its newline. */
export const rulesLine: fc.Arbitrary<string> = classicLine
  .filter(
    (words) =>
      words.length > 0 && words.every((word) => /^[^\s#"'`\\;$<>|&]+$/.test(word)) && !isNoRule.test(words[0] ?? ''),
  )
  .map((words) => words.join(' '));
