/** Owns who is told of a mistake: everybody reports here, and a mistake that is met again is not said again. */

import type { Diagnostic } from '../../../grammar/text/diagnostic.ts';

/** Takes a diagnostic. */
export type Report = (diagnostic: Diagnostic) => void;

/** A report that keeps what it is told, once for each code and place: a pool that ten services use is wrong once. */
export function openReport(): { readonly report: Report; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const told = new Map<string, Set<unknown>>();
  return {
    diagnostics,
    report: (diagnostic) => {
      const { code, span } = diagnostic;
      if (span !== undefined) {
        const key = `${code} ${span.start} ${span.end}`;
        const sources = told.get(key) ?? new Set();
        if (sources.has(span.source)) return;
        told.set(key, sources.add(span.source));
      }
      diagnostics.push(diagnostic);
    },
  };
}
