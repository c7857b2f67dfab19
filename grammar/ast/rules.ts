/** Owns the tree of the rules language: one line is one call of ipvsadm. */

import type { Diagnostic } from '../text/diagnostic.ts';
import type { Span } from '../text/span.ts';
import type { Command } from '../vocabulary/commands.ts';
import type { Option } from '../vocabulary/options.ts';

/** A run of non-blanks in a file, or one argument of a command line; also a part of one, such as an attached value. */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

/** A command or an option as it was written: `-A` of the word `-At`, `--set`. `value` is what was given to it. */
interface Use {
  readonly span: Span;
  readonly value?: Word;
}

/** The command of a line. */
export interface CommandUse extends Use {
  readonly command: Command;
}

/** An option of a line. */
export interface OptionUse extends Use {
  readonly option: Option;
}

/** One call of ipvsadm. Nothing is checked but its words: neither legality, nor repetitions, nor values. */
export interface RuleLine {
  /** From the first word to the last. */
  readonly span: Span;
  readonly command: CommandUse;
  /** In the order in which they were written, which ipvsadm's meaning depends on (its reference, 1.7). */
  readonly options: readonly OptionUse[];
  /** Words that belong to no option: the three of `--set`; anywhere else they are a mistake. */
  readonly leftovers: readonly Word[];
}

/**
 * Where the words of a line stop being ipvsadm's.
 * `no-command`: nothing but leftover words. `command-not-first`: an option comes before the command.
 * `second-command`: a command, `-h` or `-v` behind the command. The others are popt's own.
 */
export type WordProblemKind =
  'no-command' | 'command-not-first' | 'second-command' | 'unknown-option' | 'missing-value' | 'unwanted-value';

/** The first problem of a line: reading ends there. */
export interface WordProblem {
  readonly kind: WordProblemKind;
  /** The word that was consumed last, which ipvsadm's messages name: it may be the value of an option. */
  readonly word: Word;
  /** What is wrong itself: the letter of a bundle, the option's word, the value that is not wanted. */
  readonly part: Word;
}

/**
 * What the words of a line say. A `line` beside a `problem` holds what was read before it: ipvsadm evaluates these
 * options first, so one of their values may be refused before the problem is. Without a `line` no command was read.
 */
export interface LineReading {
  readonly line?: RuleLine;
  readonly problem?: WordProblem;
}

/** One line of a rule file. A blank line has neither rule nor comment; a line with an error has no rule. */
export interface ParsedLine {
  /** The whole line without its newline. */
  readonly span: Span;
  readonly rule?: RuleLine;
  /** From its `#` to the end of the line. */
  readonly comment?: Word;
  readonly diagnostics: readonly Diagnostic[];
}
