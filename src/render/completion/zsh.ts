/** Owns the completion script for zsh. */

import { type Completed, type CompletedCommand, type CompletedOption, spellings, tableWords } from './grammar.ts';

/** A text between single quotes, in which `mark` would end something. */
function escaped(text: string, marks: RegExp): string {
  return text.replaceAll(marks, String.raw`\$&`).replaceAll("'", `'\\''`);
}

/** The action of a value: what zsh offers. */
function action(completed: Completed): string {
  switch (completed.kind) {
    case 'nothing':
    case 'any':
      return ' ';
    case 'words':
      return `(${escaped(completed.words.join(' '), /:/g)})`;
    case 'file':
      return '_files';
    case 'table':
      return '_ipvstx_table';
  }
}

function optionSpec(option: CompletedOption): string {
  const { name, summary, value, alias } = option;
  const text = `[${escaped(summary, /[[\]:\\]/g)}]`;
  const argument = value.kind === 'nothing' ? '' : `:${name}:${action(value)}`;
  if (alias === undefined) return `'--${name}${text}${argument}'`;
  return `'(${spellings(option).join(' ')})'{${spellings(option).join(',')}}'${text}${argument}'`;
}

function commandCase({ name, options, argument }: CompletedCommand): readonly string[] {
  const specs = options.map(optionSpec);
  // What nobody can guess is not spoken of, so that it does not stand beside an option.
  if (argument.kind !== 'nothing' && argument.kind !== 'any') specs.push(`'*:argument:${action(argument)}'`);
  return [`        ${name})`, `          _arguments ${specs.join(' ')} ;;`];
}

/** The script: "ipvstx completion zsh > /usr/share/zsh/vendor-completions/_ipvstx". */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  const described = [...commands, { name: 'ipvsadm', summary: 'the ipvsadm front end' }].map(
    ({ name, summary }) => `    '${name}:${escaped(summary, /[:\\]/g)}'`,
  );
  return [
    '#compdef ipvstx',
    '# zsh completion for ipvstx; made by "ipvstx completion zsh"',
    '_ipvstx_table() {',
    `  compadd -S '' -- ${tableWords.join(' ')}`,
    '  _files',
    '}',
    '_ipvstx() {',
    '  local context state state_descr line',
    '  typeset -A opt_args',
    '  local -a commands=(',
    ...described,
    '  )',
    "  _arguments -C '1:command:->command' '*::argument:->argument'",
    '  case $state in',
    '    command) _describe command commands ;;',
    '    argument)',
    '      case $words[1] in',
    ...commands.flatMap(commandCase),
    '      esac ;;',
    '  esac',
    '}',
    '[[ $funcstack[1] == _ipvstx ]] && _ipvstx "$@" || compdef _ipvstx ipvstx',
    '',
  ].join('\n');
}
