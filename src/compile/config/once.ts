/** Owns the mistake of saying a thing twice. */

import type { Diagnostic } from '../../../grammar/text/diagnostic.ts';
import { quoted } from '../../../grammar/text/quoted.ts';
import type { Span } from '../../../grammar/text/span.ts';
import { problem } from './problems.ts';
import type { Report } from './report.ts';

/** The diagnostic for a second thing of one kind. */
export function saidTwice(what: string, span: Span, before: Span): Diagnostic {
  return problem('declared-twice', { what }, { span, related: [{ message: 'given here before', span: before }] });
}

/** Remembers what was given, and reports what is given again. `noun` says what is called so, if a keyword is not all. */
export function onlyOnce(report: Report, noun = ''): (name: string, span: Span) => boolean {
  const first = new Map<string, Span>();
  return (name, span) => {
    const before = first.get(name);
    if (before === undefined) first.set(name, span);
    else report(saidTwice(noun === '' ? quoted(name) : `${noun} ${quoted(name)}`, span, before));
    return before === undefined;
  };
}
