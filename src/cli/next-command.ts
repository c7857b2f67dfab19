/** Owns the command that a plan names as the next one. */

import type { Context } from './context.ts';
import type { Language } from './reference.ts';
import { formatDuration } from '../../grammar/value/duration.ts';
import type { PlanScope } from './scope-options.ts';

/** A word of a shell command. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** What is chosen for a source; a saved plan has made its choices. */
interface Choices extends PlanScope {
  readonly language?: Language | undefined;
}

/** The options of this run that another command needs to work on the same table and with the same state. */
function sameTable({ kernel, netns, 'state-dir': stateDirectory }: Context['options']): readonly string[] {
  return [
    ...(netns === undefined ? [] : ['--netns', netns]),
    ...(kernel?.kind === 'memory' ? ['--kernel', kernel.file === undefined ? 'memory' : `memory:${kernel.file}`] : []),
    ...(stateDirectory === undefined ? [] : ['--state-dir', stateDirectory]),
  ];
}

/** A command on the same table, as a shell takes it. */
export function commandLineFor(words: readonly string[], { options }: Pick<Context, 'options'>): string {
  return ['ipvstx', ...words, ...sameTable(options)].map(quoted).join(' ');
}

/** The command that carries out what was planned, with the same choices and on the same kernel. */
export function applyCommandLine(
  source: string,
  { language, own, drain }: Choices,
  context: Pick<Context, 'options'>,
): string {
  const { site, define } = context.options;
  // A file, and not an option.
  const words = ['apply', /^-./.test(source) ? `./${source}` : source];
  if (language !== undefined) words.push('--input-format', language);
  if (own !== undefined) words.push('--own', own);
  if (drain !== undefined) words.push('--drain', formatDuration(drain));
  if (site !== undefined) words.push('--site', site);
  for (const [name, value] of define) words.push('-D', `${name}=${value}`);
  return commandLineFor(words, context);
}
