/** Owns colour: the few meanings that may have one, and what a terminal is sent for each. */

/** What a piece of text means. Nothing depends on its colour: signs and words say the same. */
export type Meaning =
  'error' | 'warning' | 'note' | 'help' | 'strong' | 'faint' | 'add' | 'change' | 'remove' | 'drift';

/** Marks a text with its meaning, or leaves it alone. */
export type Paint = (meaning: Meaning, text: string) => string;

/** For files, pipes, `--no-color` and NO_COLOR. */
export const plain: Paint = (_meaning, text) => text;

/** SGR parameters (ECMA-48, 8.3.117); only the 8 basic colours, which every terminal lets its user choose. */
const parameters: Readonly<Record<Meaning, string>> = {
  error: '1;31',
  warning: '1;33',
  note: '1;34',
  help: '1;36',
  strong: '1',
  faint: '2',
  add: '32',
  change: '33',
  remove: '31',
  drift: '35',
};

/** For a terminal. */
export const coloured: Paint = (meaning, text) => (text === '' ? '' : `\u001B[${parameters[meaning]}m${text}\u001B[0m`);
