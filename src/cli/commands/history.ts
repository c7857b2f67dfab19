/** Owns `ipvstx history`. */

import { tableToJson } from '../../model/table-json.ts';
import { visible } from '../../render/visible.ts';
import type { GenerationInfo } from '../../store/generations.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import type { ExitStatus } from '../exit.ts';
import { Failure } from '../failure.ts';
import { appliedAs, readRecords } from '../records.ts';
import { rulesText } from '../rules-text.ts';

/** The commit that a source was from, as people compare it. */
function gitText({ git }: GenerationInfo): string {
  return git === undefined ? '' : `git ${git.commit.slice(0, 7)} (${git.dirty ? 'edited' : 'clean'})`;
}

/** A generation as one line of the list. */
function lineOf(info: GenerationInfo): string {
  const { number, time, user, command, source, fingerprint } = info;
  const from = command.endsWith(source) ? command : `${command}: ${source}`;
  const columns = [String(number).padStart(4), time, user, fingerprint.slice(0, 8), from, gitText(info)];
  return visible(columns.join('  ')).trimEnd();
}

/** Lists what was applied, newest first. */
export async function history(context: Context): Promise<ExitStatus> {
  const newestFirst = (await readRecords(context)).history.toReversed();
  if (context.options.json) {
    await context.print(`${JSON.stringify({ format_version: 1, generations: newestFirst }, undefined, 2)}\n`);
  } else if (newestFirst.length === 0) await context.note('nothing was applied here yet\n');
  else await context.print(newestFirst.map((info) => `${lineOf(info)}\n`).join(''));
  return 'done';
}

/** Shows one generation: what is known about it, and its table. */
export async function showGeneration(number: number, context: Context): Promise<ExitStatus> {
  const { info, table } = await appliedAs(number, await readRecords(context));
  if (context.options.json) {
    await context.print(`${JSON.stringify({ format_version: 1, ...info, table: tableToJson(table) }, undefined, 2)}\n`);
    return 'done';
  }
  const { value = '', diagnostics } = rulesText(table, { stoppedDaemons: true });
  await context.note(`${lineOf(info)}\n\n`);
  await context.report(diagnostics);
  await context.print(value);
  return 'done';
}

/** Its entry in the table of commands. */
export const historyCommand = defineCommand({
  name: 'history',
  summary: 'list what was applied, or show one generation of it',
  description:
    'Every apply that changed the table is a generation: its number, when, by whom, the fingerprint of the table behind it, from what, and from which git commit. Generation 0 is the table that was found first. The last 100 are kept. "history show N" prints the table of one; "generation:N" names it wherever a table is named.',
  positionals: {
    action: { count: 'optional', summary: '"show" for one generation' },
    number: { count: 'optional', summary: 'which one' },
  },
  options: {},
  examples: [
    { line: 'ipvstx history', does: 'the newest first' },
    { line: 'ipvstx history show 3', does: 'the table of generation 3, as rules' },
    { line: 'ipvstx diff generation:3 live', does: 'what has changed since' },
  ],
  run: ({ action, number = '' }, context) => {
    if (action === undefined) return history(context);
    if (action !== 'show') throw new Failure('usage', `"${action}" is nothing that history can do`, 'write "show N"');
    if (!/^\d{1,9}$/.test(number))
      throw new Failure('usage', 'the number of a generation is missing', 'write "show N"');
    return showGeneration(Number(number), context);
  },
});
