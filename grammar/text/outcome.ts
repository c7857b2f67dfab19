/** Owns the result of a stage that reads what people wrote: a value if there is one, and all that is to be said. */

import type { Diagnostic } from './diagnostic.ts';

/** `value` is present when the stage could produce one, even with warnings; errors and a value may come together. */
export interface Outcome<T> {
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}
