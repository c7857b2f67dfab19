/** Owns how words become a rule line: popt's rules, as ipvsadm uses them (ipvsadm reference, 1.2). */

import { LineBuilder, part } from './ast/line-builder.ts';
import type { LineReading, Word } from './ast/rules.ts';
import type { SourceText } from './text/source-text.ts';
import type { Span } from './text/span.ts';
import { type Entry, entryByLong, entryByShort } from './vocabulary/entries.ts';

/** How the environment bends the rules. */
export interface ReadOptions {
  /** POSIXLY_CORRECT or POSIX_ME_HARDER is set: everything behind the first leftover word is one, too. */
  readonly posixlyCorrect?: boolean;
}

/** The words of a command line, with places in a text in which blanks join them. */
export function wordsOf(texts: readonly string[], name = 'command line'): readonly Word[] {
  const source: SourceText = { name, text: texts.join(' ') };
  let start = 0;
  return texts.map((text) => {
    const span: Span = { source, start, end: start + text.length };
    start = span.end + 1;
    return { text, span };
  });
}

/**
 * Reads words from left to right, as poptGetNextOpt() does: options anywhere, letters bundled, a value attached,
 * behind `=` or in the next word, which it takes even if that begins with a dash (an optional value does not).
 */
class Scanner {
  readonly #words: readonly Word[];
  readonly #line = new LineBuilder();
  #next = 0;

  constructor(words: readonly Word[]) {
    this.#words = words;
  }

  read(posixlyCorrect: boolean): LineReading {
    let onlyLeftovers = false;
    while (!this.#line.stopped) {
      const word = this.#words[this.#next++];
      if (word === undefined) break;
      if (onlyLeftovers || !word.text.startsWith('-') || word.text === '-') {
        onlyLeftovers ||= posixlyCorrect;
        this.#line.leftover(word);
      } else if (word.text === '--') onlyLeftovers = true;
      else if (word.text.startsWith('--')) this.#long(word);
      else this.#bundle(word);
    }
    const [first] = this.#words;
    const last = this.#words.at(-1);
    return first === undefined || last === undefined ? {} : this.#line.finish(first, last.span.end);
  }

  #long(word: Word): void {
    const equals = word.text.indexOf('=');
    const name = part(word, 0, equals === -1 ? word.text.length : equals);
    const entry = entryByLong.get(name.text.slice(2));
    if (entry === undefined) this.#line.problem('unknown-option', name, word);
    else this.#use(entry, word, name, equals === -1 ? undefined : part(word, equals + 1));
  }

  #bundle(word: Word): void {
    for (let at = 1; at < word.text.length && !this.#line.stopped; at++) {
      // Most letters stand alone, and then their word is not made anew.
      const name = word.text.length === 2 ? word : part(word, at === 1 ? 0 : at, at + 1);
      const entry = entryByShort.get(word.text.charAt(at));
      if (entry === undefined) return this.#line.problem('unknown-option', name, word);
      const equals = word.text[at + 1] === '=';
      const rest = at + 1 < word.text.length ? part(word, at + (equals ? 2 : 1)) : undefined;
      if (entry.value !== 'none') return this.#use(entry, word, name, rest);
      this.#use(entry, word, name, equals ? rest : undefined);
    }
  }

  /** `attached` is the value in the option's own word; without it the next word may be the value. */
  #use(entry: Entry, word: Word, name: Word, attached: Word | undefined): void {
    const next = this.#words[this.#next];
    if (entry.value === 'none') {
      if (attached === undefined) this.#line.use(entry, name.span, undefined, () => word);
      else this.#line.problem('unwanted-value', attached, word);
    } else if (attached !== undefined) this.#line.use(entry, name.span, attached, () => word);
    else if (entry.value === 'optional' && (next === undefined || next.text.startsWith('-'))) {
      this.#line.use(entry, name.span, undefined, () => word);
    } else if (next === undefined) this.#line.problem('missing-value', name, word);
    else {
      this.#next++;
      this.#line.use(entry, name.span, next, () => next);
    }
  }
}

/** Reads one call of ipvsadm. What a file's line has beyond it (`ipvsadm` itself, comments) must be gone. */
export function readWords(words: readonly Word[], { posixlyCorrect = false }: ReadOptions = {}): LineReading {
  return new Scanner(words).read(posixlyCorrect);
}
