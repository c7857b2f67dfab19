/** Owns the making of a rule line out of its uses, one by one: the first must be a command, and the only one. */

import { type Span, textOf } from '../text/span.ts';
import { type Entry, isCommand } from '../vocabulary/entries.ts';
import type { CommandUse, LineReading, OptionUse, Word, WordProblem, WordProblemKind } from './rules.ts';

/** The characters `from` to `to` of a word. */
export function part(word: Word, from: number, to = word.text.length): Word {
  const { source, start } = word.span;
  return { text: word.text.slice(from, to), span: { source, start: start + from, end: start + to } };
}

function wordAt(span: Span): Word {
  return { text: textOf(span), span };
}

/** Takes what a scanner finds, in the order of writing. Behind the first problem it takes nothing more. */
export class LineBuilder {
  #command: CommandUse | undefined;
  #problem: WordProblem | undefined;
  readonly #options: OptionUse[] = [];
  readonly #leftovers: Word[] = [];

  /** Whether there was a problem. */
  get stopped(): boolean {
    return this.#problem !== undefined;
  }

  /** A command or an option that was written at `span`; `lastWord` tells the last word that it took. */
  use(entry: Entry, span: Span, value: Word | undefined, lastWord: () => Word): void {
    if (this.#problem !== undefined) return;
    if (isCommand(entry)) {
      if (this.#command !== undefined) this.problem('second-command', wordAt(span), lastWord());
      else this.#command = value === undefined ? { command: entry, span } : { command: entry, span, value };
    } else if (this.#command === undefined) this.#withoutCommand(wordAt(span), lastWord());
    else this.#options.push(value === undefined ? { option: entry, span } : { option: entry, span, value });
  }

  /** A word in front of the first option was probably meant to be the command. */
  #withoutCommand(option: Word, lastWord: Word): void {
    const [word] = this.#leftovers;
    if (word === undefined) this.problem('command-not-first', option, lastWord);
    else this.problem('no-command', word, lastWord);
  }

  /** A word that belongs to no option. */
  leftover(word: Word): void {
    if (this.#problem === undefined) this.#leftovers.push(word);
  }

  /** Only the first one counts. */
  problem(kind: WordProblemKind, part: Word, word: Word): void {
    this.#problem ??= { kind, part, word };
  }

  /** The line from its first word to its last. */
  finish(first: Word, end: number): LineReading {
    const { source, start } = first.span;
    if (this.#command === undefined) this.problem('no-command', first, first);
    const problem = this.#problem;
    if (this.#command === undefined) return problem === undefined ? {} : { problem };
    const span = { source, start, end };
    const line = { span, command: this.#command, options: this.#options, leftovers: this.#leftovers };
    return problem === undefined ? { line } : { line, problem };
  }
}
