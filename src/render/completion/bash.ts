/** Owns the completion script for bash. */

import { type Completed, type CompletedCommand, spellings, tableWords } from './grammar.ts';

/** What offers the words for a value; the word that is being typed is `$cur`. */
function offer(completed: Completed): string {
  switch (completed.kind) {
    case 'nothing':
    case 'any':
      return ':';
    case 'words':
      return `COMPREPLY=($(compgen -W '${completed.words.join(' ')}' -- "$cur"))`;
    case 'file':
      return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur"))';
    case 'table':
      return `compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -W '${tableWords.join(' ')}' -- "$cur"))`;
  }
}

function valueCases({ name, options }: CompletedCommand): readonly string[] {
  return options
    .filter(({ value }) => value.kind !== 'nothing')
    .map((option) => {
      const patterns = spellings(option).map((spelling) => `'${name} ${spelling}'`);
      return `    ${patterns.join('|')}) ${offer(option.value)}; return ;;`;
    });
}

function commandCases({ name, options, argument }: CompletedCommand): readonly string[] {
  const words = options.flatMap(spellings).join(' ');
  return [
    `    ${name})`,
    `      if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W '${words}' -- "$cur")); else ${offer(argument)}; fi ;;`,
  ];
}

/** The script: "ipvstx completion bash > /usr/share/bash-completion/completions/ipvstx". */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  return [
    '# bash completion for ipvstx; made by "ipvstx completion bash"',
    '_ipvstx() {',
    '  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= word',
    '  COMPREPLY=()',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    case $word in',
    `      ${commands.map(({ name }) => name).join('|')}) command=$word; break ;;`,
    '    esac',
    '  done',
    '  case "$command $prev" in',
    ...commands.flatMap(valueCases),
    '  esac',
    '  case $command in',
    ...commands.flatMap(commandCases),
    `    *) COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} ipvsadm' -- "$cur")) ;;`,
    '  esac',
    '}',
    'complete -F _ipvstx ipvstx',
    '',
  ].join('\n');
}
