/** Owns what a command gets beside its values: its surroundings, and the ways to say something. */

import type { Diagnostic } from '../../grammar/text/diagnostic.ts';
import { renderFrames } from '../render/frame.ts';
import type { Layout } from '../render/layout.ts';
import type { Failure } from './failure.ts';
import type { GlobalValues } from './global-options.ts';
import type { Host } from './host.ts';
import { writeFailure, writeNote, writeResult } from './output.ts';
import { layoutOf } from './terminal.ts';

/** The surroundings of one command. */
export interface Context {
  readonly host: Host;
  readonly options: GlobalValues;
  /** How the result is laid out. */
  readonly layout: Layout;
  /** Writes a part of the result to standard output; rejects if that fails. */
  readonly print: (text: string) => Promise<void>;
  /** Says something to people on standard error, unless `--quiet`. */
  readonly note: (text: string) => Promise<void>;
  /** Says why something could not be done. */
  readonly complain: (failure: Failure) => Promise<void>;
  /** Shows diagnostics on standard error; with `--quiet` only errors. */
  readonly report: (diagnostics: readonly Diagnostic[]) => Promise<void>;
}

/** The context of a command line. */
export function createContext(host: Host, options: GlobalValues): Context {
  const layoutFor = (stream: Host['stdout']): Layout => layoutOf(stream, host.env, options['no-color']);
  return {
    host,
    options,
    get layout() {
      return layoutFor(host.stdout);
    },
    print: (text) => writeResult(host.stdout, text),
    note: async (text) => {
      if (!options.quiet) await writeNote(host.stderr, text);
    },
    complain: (failure) => writeFailure(host.stderr, failure),
    report: (diagnostics) => {
      const shown = options.quiet ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics;
      return writeNote(host.stderr, renderFrames(shown, layoutFor(host.stderr)));
    },
  };
}
