/** Owns the completion script for fish. */

import { type Completed, type CompletedCommand, type CompletedOption, tableWords } from './grammar.ts';

const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;

/** What a value or an argument may be; fish offers files unless it is told not to. */
function offer(completed: Completed): string {
  switch (completed.kind) {
    case 'nothing':
      return ' -f';
    case 'any':
      return ' -x';
    case 'words':
      return ` -x -a ${quoted(completed.words.join(' '))}`;
    case 'file':
      return ' -F';
    case 'table':
      return ` -F -a ${quoted(tableWords.join(' '))}`;
  }
}

function optionLine(condition: string, { name, alias, summary, value }: CompletedOption): string {
  const short = alias === undefined ? '' : ` -s ${alias}`;
  const takes = value.kind === 'nothing' ? '' : ` -r${offer(value)}`;
  return `complete -c ipvstx -n ${condition}${short} -l ${name}${takes} -d ${quoted(summary)}`;
}

function commandLines({ name, summary, options, argument }: CompletedCommand): readonly string[] {
  const condition = quoted(`__fish_seen_subcommand_from ${name}`);
  return [
    `complete -c ipvstx -f -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    `complete -c ipvstx -n ${condition}${offer(argument)}`,
    ...options.map((option) => optionLine(condition, option)),
  ];
}

/** The script: "ipvstx completion fish > /usr/share/fish/vendor_completions.d/ipvstx.fish". */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  return [
    '# fish completion for ipvstx; made by "ipvstx completion fish"',
    ...commands.flatMap(commandLines),
    "complete -c ipvstx -f -n __fish_use_subcommand -a ipvsadm -d 'the ipvsadm front end'",
    '',
  ].join('\n');
}
