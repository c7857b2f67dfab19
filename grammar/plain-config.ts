/**
 * Owns the quick way through a config file: pools and services in their plainest form, of which large files consist, are
 * read without tokens. Every other statement, and every mistake, is left to the grammar, which reads these alike (a
 * property test).
 */

import type {
  Backend,
  BackendOption,
  Backends,
  Block,
  Comment,
  Listener,
  Member,
  Name,
  Pool,
  ServiceStatement,
  Statement,
  Word,
} from './ast/config.ts';
import type { SourceText } from './text/source-text.ts';
import type { Span } from './text/span.ts';

const [newline, hash, open, close] = [0x0a, 0x23, 0x7b, 0x7d];

/** What a character may be a part of. */
const [blank, digit, address, letter, name] = [1, 2, 4, 8, 16];

/** What each ASCII character may be a part of. */
const partsOf = new Uint8Array(128);

for (const [characters, parts] of [
  [' \t\r', blank],
  ['0123456789', digit | address | name],
  ['.:', address],
  ['abcdefABCDEF', address],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz', letter | name],
  ['-.', name],
] as const) {
  for (const character of characters) {
    const code = character.charCodeAt(0);
    partsOf[code] = (partsOf[code] ?? 0) | parts;
  }
}

/** Reads the plain statements of one file into lists that grow. */
export class PlainConfig {
  readonly #source: SourceText;
  readonly #comments: Comment[];
  #at = 0;
  /** Behind the last word or brace. */
  #last = 0;

  constructor(source: SourceText, comments: Comment[]) {
    this.#source = source;
    this.#comments = comments;
  }

  /** Reads from the beginning of a line on. The result is where the first line begins that is not plain, or the end. */
  read(from: number, statements: Statement[]): number {
    this.#at = from;
    for (;;) {
      const start = this.#at;
      const { length } = this.#comments;
      if (this.#endLine()) {
        if (this.#at === start) return start;
        continue;
      }
      const statement = this.#readStatement();
      if (statement === undefined) {
        this.#comments.length = length;
        return start;
      }
      statements.push(statement);
    }
  }

  #readStatement(): Statement | undefined {
    const start = this.#at;
    const word = this.#readRun(name);
    if (word !== 'pool' && word !== 'service') return undefined;
    const named = this.#readName();
    if (named === undefined) return undefined;
    return word === 'pool' ? this.#readPool(start, named) : this.#readService(start, named);
  }

  #readPool(start: number, named: Name): Pool | undefined {
    const block = this.#readBlock(() => this.#readMember());
    return block && this.#endLine() ? { kind: 'pool', name: named, block, span: this.#spanFrom(start) } : undefined;
  }

  #readService(start: number, named: Name): ServiceStatement | undefined {
    const block = this.#readBlock(() => this.#readServiceItem());
    return block && this.#endLine() ? { kind: 'service', name: named, block, span: this.#spanFrom(start) } : undefined;
  }

  /** Lines between braces that end theirs. */
  #readBlock<Item>(readItem: () => Item | undefined): Block<Item> | undefined {
    const start = this.#at;
    if (!this.#take(open) || !this.#endLine()) return undefined;
    const items: Item[] = [];
    for (;;) {
      if (this.#at === this.#source.text.length) return undefined;
      if (this.#endLine()) continue;
      if (this.#take(close)) return { kind: 'block', items, complete: true, span: this.#spanFrom(start) };
      const item = readItem();
      if (item === undefined || !this.#endLine()) return undefined;
      items.push(item);
    }
  }

  #readServiceItem(): Listener | Backends | Backend | undefined {
    const start = this.#at;
    const word = this.#readRun(name);
    if (word === 'tcp' || word === 'udp' || word === 'sctp') return this.#readListener(start, word);
    if (word === 'backends') return this.#readBackends(start);
    if (word !== 'backend') return undefined;
    const member = this.#readMember();
    return member && { kind: 'backend', member, span: this.#spanFrom(start) };
  }

  #readListener(start: number, protocol: Listener['protocol']): Listener | undefined {
    const addresses = this.#readAddress();
    const ports = addresses && this.#readRun(name) === 'port' ? this.#readNumber() : undefined;
    if (addresses === undefined || ports === undefined) return undefined;
    return { kind: 'listener', protocol, addresses, ports, span: this.#spanFrom(start) };
  }

  #readBackends(start: number): Backends | undefined {
    const pool = this.#readName();
    const options = pool && this.#readOptions();
    return options && { kind: 'backends', pool, options, span: this.#spanFrom(start) };
  }

  #readMember(): Member | undefined {
    const start = this.#at;
    const isNamed = this.#isPart(letter);
    const named = isNamed ? this.#readName() : undefined;
    const first = isNamed && named === undefined ? undefined : this.#readAddress();
    if (first === undefined) return undefined;
    const addresses = [first];
    while (this.#isPart(digit)) {
      const more = this.#readAddress();
      if (more === undefined) return undefined;
      addresses.push(more);
    }
    const options = this.#readOptions();
    if (options === undefined) return undefined;
    const span = this.#spanFrom(start);
    if (named === undefined) return { kind: 'member', addresses, options, span };
    return { kind: 'member', name: named, addresses, options, span };
  }

  /** What may be said of a backend, up to the end of the line. */
  #readOptions(): readonly BackendOption[] | undefined {
    const options: BackendOption[] = [];
    while (this.#isPart(letter)) {
      const start = this.#at;
      const word = this.#readRun(name);
      const number = word === 'weight' || word === 'port' ? this.#readNumber() : undefined;
      if (number === undefined) return undefined;
      const span = this.#spanFrom(start);
      options.push(
        word === 'port'
          ? { kind: 'port', port: number, span }
          : { kind: 'weight', weight: number, initial: false, span },
      );
    }
    return options;
  }

  /** Every keyword is a name as well, but for one. */
  #readName(): Name | undefined {
    const start = this.#at;
    const text = this.#isPart(letter) ? this.#readRun(name) : undefined;
    if (text === undefined || text === 'resolve') return undefined;
    return { kind: 'name', text, span: this.#spanFrom(start) };
  }

  /** An address is no name: it begins with a digit, or there is a colon in it. */
  #readAddress(): Word | undefined {
    const start = this.#at;
    const isNumeric = this.#isPart(digit);
    const text = this.#readRun(address);
    if (text === undefined || !(isNumeric || text.includes(':'))) return undefined;
    return { kind: 'word', text, span: this.#spanFrom(start) };
  }

  #readNumber(): Word | undefined {
    const start = this.#at;
    const text = this.#readRun(digit);
    return text === undefined ? undefined : { kind: 'word', text, span: this.#spanFrom(start) };
  }

  /** Whether the next character may be a part of this. */
  #isPart(part: number): boolean {
    return ((partsOf[this.#source.text.charCodeAt(this.#at)] ?? 0) & part) !== 0;
  }

  /** A whole word of such characters, with the blanks behind it; undefined if there is none, or a longer one. */
  #readRun(part: number): string | undefined {
    const { text } = this.#source;
    const start = this.#at;
    while (this.#isPart(part)) this.#at++;
    const end = this.#at;
    if (end === start || !(end === text.length || text.charCodeAt(end) === newline || this.#isPart(blank))) {
      return undefined;
    }
    this.#last = end;
    this.#skipBlanks();
    return text.slice(start, end);
  }

  #skipBlanks(): void {
    while (this.#isPart(blank)) this.#at++;
  }

  /** A brace, with the blanks behind it. */
  #take(brace: number): boolean {
    if (this.#source.text.charCodeAt(this.#at) !== brace) return false;
    this.#last = ++this.#at;
    this.#skipBlanks();
    return true;
  }

  /** Passes the end of a line, with blanks and a comment in front of it. At the end of the text it is passed, too. */
  #endLine(): boolean {
    const { text } = this.#source;
    this.#skipBlanks();
    const next = text.charCodeAt(this.#at);
    if (next === hash) this.#readComment();
    else if (next === newline) this.#at++;
    return next === hash || next === newline || this.#at === text.length;
  }

  #readComment(): void {
    const { text } = this.#source;
    const start = this.#at;
    const end = text.indexOf('\n', start);
    this.#at = end === -1 ? text.length : end + 1;
    const comment = text.slice(start, end === -1 ? text.length : end).trimEnd();
    const span = { source: this.#source, start, end: start + comment.length };
    this.#comments.push({ kind: 'comment', text: comment, span });
  }

  #spanFrom(start: number): Span {
    return { source: this.#source, start, end: this.#last };
  }
}
