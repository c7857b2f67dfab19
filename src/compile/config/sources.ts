/** Owns what the compiler asks of the world: files by name, and a parser for them. It never reads one itself. */

import type { ParsedConfig, Value } from '../../../grammar/ast/config.ts';
import type { SourceText } from '../../../grammar/text/source-text.ts';

/** Why there is no text, in words behind "can't read FILE: ". */
export interface Unreadable {
  readonly problem: string;
  /** There is no such file, which `include?` does not mind. */
  readonly missing: boolean;
}

/** Files of a directory, of one git revision, or of a test. */
export interface ConfigSources {
  /**
   * The names of the files that `pattern`, written in the file called `from`, stands for; sorted by code points. A
   * pattern without `*`, `?` and `[` is the name of one file, whether it exists or not.
   */
  readonly find: (pattern: string, from: string) => Promise<readonly string[]>;
  /** The text of the file with such a name. Asked twice for one name, it may answer with the same object or a new one. */
  readonly read: (name: string) => Promise<SourceText | Unreadable>;
}

/** For a text that stands alone: it includes nothing. */
export const noSources: ConfigSources = {
  find: (pattern) => Promise.resolve([pattern]),
  read: () => Promise.resolve({ problem: 'this text has no directory', missing: false }),
};

/** The parser, which whoever compiles has loaded: it takes time, and other commands do without. */
export interface ConfigReader {
  /** Reads a file. */
  readonly parseConfig: (source: SourceText) => ParsedConfig;
  /** Reads a value of the command line; undefined if it is none. */
  readonly parseConfigValue: (source: SourceText) => Value | undefined;
}
