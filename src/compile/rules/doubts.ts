/** Owns what is not known of a table because of rules that were left out, so that one mistake is reported once. */

import type { RuleLine } from '../../../grammar/ast/rules.ts';
import type { Slot } from '../../../grammar/vocabulary/options.ts';
import type { Errno } from '../../model/errno.ts';

/** How a line that names a real server shows it, also where nothing else of it could be read. */
const namesServer = /(?:^|[ \t])(?:-[A-Za-z]*r|--real-server)/;

/** Services and real servers, as they were written in rules that were left out. */
export class Doubts {
  readonly #services = new Set<string>();
  readonly #servers = new Set<string>();

  /** Notes the words of a rule that is left out: which of them is the name of something need not be known. */
  add(line: string): void {
    const words = namesServer.test(line) ? this.#servers : this.#services;
    for (const word of line.split(/[ \t\r]+/)) {
      // A value is a word of its own, is attached to one or two letters, or stands behind an equals sign.
      for (const part of [word, word.slice(2), word.slice(3), word.slice(word.indexOf('=') + 1)]) words.add(part);
    }
  }

  /** Whether a refusal of this rule may come of what was left out. */
  explain(rule: RuleLine, errno: Errno): boolean {
    if (errno === 'ESRCH') return this.#covers(this.#services, rule, 'service-address');
    if (errno !== 'ENOENT' && errno !== 'EEXIST') return false;
    const named = rule.options.some(({ option }) => option.slot === 'real-server');
    if (named) return this.#covers(this.#servers, rule, 'real-server');
    return this.#covers(this.#services, rule, 'service-address');
  }

  #covers(words: ReadonlySet<string>, { options }: RuleLine, slot: Slot): boolean {
    if (words.size === 0) return false;
    return options.some(({ option, value }) => option.slot === slot && value !== undefined && words.has(value.text));
  }
}
