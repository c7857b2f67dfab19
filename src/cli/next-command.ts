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

/** The command that carries out what was planned, with the same choices and on the same kernel. */
export function applyCommandLine(
  source: string,
  { language, own, drain }: Choices,
  { options }: Pick<Context, 'options'>,
): string {
  const { kernel, netns, site, define } = options;
  const words = ['ipvstx', 'apply', source];
  if (language !== undefined) words.push('--input-format', language);
  if (own !== undefined) words.push('--own', own);
  if (drain !== undefined) words.push('--drain', formatDuration(drain));
  if (site !== undefined) words.push('--site', site);
  for (const [name, value] of define) words.push('-D', `${name}=${value}`);
  if (netns !== undefined) words.push('--netns', netns);
  if (kernel?.kind === 'memory') words.push('--kernel', kernel.file === undefined ? 'memory' : `memory:${kernel.file}`);
  return words.map(quoted).join(' ');
}
