/** Owns what a shell is told of a command line: the same for all shells. */

/** What stands behind an option or as an argument. */
export type Completed =
  | { readonly kind: 'nothing' }
  /** Any word: nobody can guess it. */
  | { readonly kind: 'any' }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'file' }
  /** A file, or one of the other ways to name a table. */
  | { readonly kind: 'table' };

/** `--name`, and `-a` if it has an alias. */
export interface CompletedOption {
  readonly name: string;
  readonly alias?: string;
  readonly summary: string;
  /** `nothing` for a flag. */
  readonly value: Completed;
}

/** A command with everything that may stand behind it. */
export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  readonly argument: Completed;
}

/** The ways to name a table that are no file; what ends in a colon goes on. */
export const tableWords = ['live', 'empty', 'generation:', 'snapshot:', 'git:'] as const;

/** `--name` and `-a`. */
export function spellings({ name, alias }: CompletedOption): readonly string[] {
  return alias === undefined ? [`--${name}`] : [`-${alias}`, `--${name}`];
}
