/** Owns what is said about a line whose words are not ipvsadm's, and the one such line that is accepted. */

import type { LineReading, ParsedLine, RuleLine, WordProblem } from '../ast/rules.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { nearest } from '../text/nearest.ts';
import { textOf } from '../text/span.ts';
import { entryByLong, entryByShort } from '../vocabulary/entries.ts';
import { keywordsAt } from '../vocabulary/keywords.ts';
import { options } from '../vocabulary/options.ts';
import { ruleProblem } from './rules-problems.ts';

/** `-list` is four letters to ipvsadm; whoever wrote it meant `--list`. */
function asLongName(word: string): string | undefined {
  const [name = ''] = word.replace(/^--?/, '').split('=', 1);
  return word.startsWith('--') ? nearest(name, entryByLong.keys()) : entryByLong.has(name) ? name : undefined;
}

/** The option that an unknown one may have been meant to be. */
function likelyOption(part: string, word: string): string | undefined {
  const long = asLongName(word);
  if (long !== undefined) return `--${long}`;
  const letter = part.replace(/^-/, '');
  const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  return entryByShort.has(other) ? `-${other}` : undefined;
}

function did(meant: string | undefined): string | undefined {
  return meant === undefined ? undefined : `did you mean ${meant}?`;
}

/** What begins a statement of the other language. */
const configStatements: ReadonlySet<string> = new Set(keywordsAt('file'));

function suggestionFor({ kind, part, word }: WordProblem): string | undefined {
  switch (kind) {
    case 'no-command': {
      const [name = ''] = part.text.split('=', 1);
      const long = nearest(name, entryByLong.keys());
      if (long !== undefined) return did(`--${long}`);
      return configStatements.has(name)
        ? 'is this a configuration? name it *.ipvs, or say --input-format config'
        : undefined;
    }
    case 'command-not-first': {
      const long = asLongName(word.text);
      return (
        did(long === undefined || long === part.text.slice(2) ? undefined : `--${long}`) ?? 'write the command first'
      );
    }
    case 'second-command': {
      const long = word.text.startsWith('--') ? undefined : asLongName(word.text);
      return did(long === undefined ? undefined : `--${long}`) ?? 'write it on a line of its own';
    }
    case 'unknown-option':
      return did(likelyOption(part.text, word.text));
    case 'unwanted-value':
      return 'leave out the value';
    case 'missing-value':
      return undefined;
  }
}

function diagnose(problem: WordProblem, line: RuleLine | undefined): Diagnostic {
  const { kind, part } = problem;
  const suggestion = suggestionFor(problem);
  const details = { span: part.span, ...(suggestion === undefined ? {} : { suggestion }) };
  // A letter of a bundle is quoted as if it stood alone.
  const text = part.text.length === 1 ? `-${part.text}` : part.text;
  if (kind === 'unknown-option') return ruleProblem('unknown-ipvsadm-option', { text }, details);
  if (kind === 'no-command') return ruleProblem('missing-command', { text: part.text }, details);
  if (kind !== 'second-command') return ruleProblem(kind, { text }, details);
  return ruleProblem(kind, { text, command: line === undefined ? '' : textOf(line.command.span) }, details);
}

const flags = options.find(({ long }) => long === 'sched-flags');

/**
 * A line as it is handed on: with its rule, or with the one thing that is wrong about its words. `-b` at the end of a
 * line may be without its value, as ipvsadm -S writes it.
 */
export function parsedRule({ line, problem }: LineReading): Pick<ParsedLine, 'rule' | 'diagnostics'> {
  if (problem === undefined) return line === undefined ? { diagnostics: [] } : { rule: line, diagnostics: [] };
  const { kind, part } = problem;
  const isFlags = kind === 'missing-value' && flags !== undefined && /^(?:-?b|--sched-flags)$/.test(part.text);
  if (line === undefined || !isFlags) return { diagnostics: [diagnose(problem, line)] };
  return { rule: { ...line, options: [...line.options, { option: flags, span: part.span }] }, diagnostics: [] };
}
