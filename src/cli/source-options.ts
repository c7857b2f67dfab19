/** Owns the options for what a command reads and writes, and what the help says of a word that names a table. */

import type { Options } from './option.ts';
import { languages } from './reference.ts';

/** The language of a source. Files say it by their extension; everything else is taken for rules. */
export const sourceOptions = {
  'input-format': {
    kind: 'choice',
    choices: languages,
    summary: 'the language of the source, whatever its name is',
  },
} as const satisfies Options;

/** Where a result goes. */
export const outputOptions = {
  output: {
    kind: 'value',
    alias: 'o',
    placeholder: 'FILE',
    parse: (text: string) => (text === '' ? undefined : text),
    expects: 'the name of a file',
    summary: 'write to this file, which is replaced in one step, instead of standard output',
  },
} as const satisfies Options;

/** For a positional that names a table. */
export const sourceSummary = 'PATH, -, live, empty, generation:N, snapshot:PATH or git:REV:PATH (see "ipvstx help")';
