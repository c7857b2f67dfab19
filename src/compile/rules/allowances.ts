/** Owns the warnings that the comments of a rule file silence, line by line. */

import type { Word } from '../../../grammar/ast/rules.ts';
import { allowedCodes } from '../../../grammar/text/allowance.ts';
import type { Diagnostic } from '../../../grammar/text/diagnostic.ts';
import { didYouMean } from '../../../grammar/text/did-you-mean.ts';
import { problem, ruleMeaningProblems } from './problems.ts';

/** The codes that may be silenced: an error is never one. */
const warnings: readonly string[] = Object.entries(ruleMeaningProblems)
  .filter(([, { severity }]) => severity === 'warning')
  .map(([code]) => code);

/** A comment holds for its own line and for the next one. */
export class Allowances {
  #own: readonly string[] = [];
  #above: readonly string[] = [];

  /** Goes on to the next line, which has this comment; the answer is what is wrong with the comment. */
  next(comment: Word | undefined): readonly Diagnostic[] {
    this.#above = this.#own;
    this.#own = comment === undefined ? [] : allowedCodes(comment.text);
    if (comment === undefined || this.#own.length === 0) return [];
    const unknown = this.#own.filter((code) => !warnings.includes(code));
    return unknown.map((code) =>
      problem('unknown-rule-allowance', { code }, { span: comment.span, ...didYouMean(code, warnings) }),
    );
  }

  /** Whether this is silenced on the present line. */
  cover({ code }: Diagnostic): boolean {
    return warnings.includes(code) && (this.#own.includes(code) || this.#above.includes(code));
  }
}
