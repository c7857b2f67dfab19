/** Owns the productions of the rules language: what its tokens mean in a line. */

import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import { LineBuilder } from '../ast/line-builder.ts';
import type { LineReading, Word } from '../ast/rules.ts';
import type { SourceText } from '../text/source-text.ts';
import { type Span, textOf } from '../text/span.ts';
import { type Entry, entryByLong, entryByShort } from '../vocabulary/entries.ts';
import * as token from './rules-lexer.ts';

/** Offset behind a token. */
const endOf = ({ startOffset, image }: IToken): number => startOffset + image.length;

/**
 * Reads one line of tokens. Every sequence of them is a line: what is no word of ipvsadm's is a token of its own kind,
 * so a mistake is an alternative of the grammar and needs no recovery.
 */
export class RulesParser extends EmbeddedActionsParser {
  #builder = new LineBuilder();
  #source: SourceText = { name: '', text: '' };
  /** Where the line begins in the text; offsets of tokens count from there. */
  #base = 0;

  constructor(validate: boolean) {
    super([...token.ruleTokens], { skipValidations: !validate, maxLookahead: 1 });
    this.performSelfAnalysis();
  }

  /** Reads the tokens of the line that begins at `base`. */
  read(source: SourceText, base: number, tokens: IToken[]): LineReading {
    const first = tokens[0]?.tokenType === token.Program ? tokens[1] : tokens[0];
    const last = tokens.at(-1);
    if (first === undefined || last === undefined) return {};
    this.#builder = new LineBuilder();
    this.#source = source;
    this.#base = base;
    this.input = tokens;
    this.line();
    return this.#builder.finish(this.#wordAround(first), base + endOf(last));
  }

  /* Alternatives are made once: Chevrotain takes a new array at every step as well, but a line has a dozen steps. */
  readonly #words = [
    { ALT: () => this.SUBRULE(this.valued) },
    { ALT: () => this.SUBRULE(this.flag) },
    { ALT: () => this.SUBRULE(this.optional) },
    { ALT: () => this.SUBRULE(this.leftover) },
    { ALT: () => this.SUBRULE(this.mistake) },
  ];
  readonly #flags = [{ ALT: () => this.CONSUME(token.ShortFlag) }, { ALT: () => this.CONSUME(token.LongFlag) }];
  readonly #valued = [{ ALT: () => this.CONSUME(token.ShortValued) }, { ALT: () => this.CONSUME(token.LongValued) }];
  readonly #values = [{ ALT: () => this.CONSUME(token.Attached) }, { ALT: () => this.CONSUME(token.NextWord) }];

  /** line = [ Program ] { valued | flag | optional | leftover | mistake } */
  readonly line = this.RULE('line', () => {
    this.OPTION(() => this.CONSUME(token.Program));
    this.MANY(() => this.OR(this.#words));
  });

  /** valued = ( ShortValued | LongValued ) [ Attached | NextWord ] */
  private readonly valued = this.RULE('valued', () => {
    const name = this.OR(this.#valued);
    const value = this.OPTION(() => this.OR1(this.#values));
    if (this.RECORDING_PHASE) return;
    if (value === undefined) this.#builder.problem('missing-value', this.#nameOf(name), this.#wordAround(name));
    else this.#use(name, value);
  });

  /** flag = ShortFlag | LongFlag */
  private readonly flag = this.RULE('flag', () => {
    const name = this.OR(this.#flags);
    if (!this.RECORDING_PHASE) this.#use(name);
  });

  /** optional = ( ShortOptional | LongOptional ) [ Attached | Word | Program ] */
  private readonly optional = this.RULE('optional', () => {
    const name = this.OR([
      { ALT: () => this.CONSUME(token.ShortOptional) },
      { ALT: () => this.CONSUME(token.LongOptional) },
    ]);
    const value = this.OPTION(() =>
      this.OR1([
        { ALT: () => this.CONSUME(token.Attached) },
        { ALT: () => this.CONSUME(token.Word) },
        { ALT: () => this.CONSUME(token.Program) },
      ]),
    );
    if (!this.RECORDING_PHASE) this.#use(name, value);
  });

  /** leftover = Word | Program | LoneDash | EndOfOptions { LeftoverWord } */
  private readonly leftover = this.RULE('leftover', () => {
    this.OR([
      { ALT: () => this.#leftover(this.CONSUME(token.Word)) },
      { ALT: () => this.#leftover(this.CONSUME(token.Program)) },
      { ALT: () => this.#leftover(this.CONSUME(token.LoneDash)) },
      {
        ALT: () => {
          this.CONSUME(token.EndOfOptions);
          this.MANY(() => this.#leftover(this.CONSUME(token.LeftoverWord)));
        },
      },
    ]);
  });

  /** mistake = ShortUnknown | LongUnknown | ShortFlagWithValue | LongFlagWithValue */
  private readonly mistake = this.RULE('mistake', () => {
    const wrong = this.OR([
      { ALT: () => this.CONSUME(token.ShortUnknown) },
      { ALT: () => this.CONSUME(token.LongUnknown) },
      { ALT: () => this.CONSUME(token.ShortFlagWithValue) },
      { ALT: () => this.CONSUME(token.LongFlagWithValue) },
    ]);
    this.ACTION(() => this.#mistake(wrong));
  });

  /** The characters `from` to `to` of the line, as a word. */
  #slice(from: number, to: number): Word {
    const span = this.#spanOf(from, to);
    return { text: textOf(span), span };
  }

  /** The whole word that a token is in: a letter's bundle, an option's attached value. */
  #wordAround({ startOffset }: IToken): Word {
    const { text } = this.#source;
    const isBlank = (at: number): boolean => at < 0 || at >= text.length || ' \t\r\n'.includes(text.charAt(at));
    let from = this.#base + startOffset;
    let to = from;
    while (!isBlank(from - 1)) from--;
    while (!isBlank(to)) to++;
    return this.#slice(from - this.#base, to - this.#base);
  }

  #spanOf(from: number, to: number): Span {
    return { source: this.#source, start: this.#base + from, end: this.#base + to };
  }

  /** `-A` or the `t` of `-At`; `--list` without what follows it. */
  #nameSpan({ startOffset, image }: IToken): Span {
    const equals = image.indexOf('=');
    if (image.startsWith('--')) return this.#spanOf(startOffset, startOffset + (equals === -1 ? image.length : equals));
    const dash = this.#source.text[this.#base + startOffset - 1] === '-';
    return this.#spanOf(dash ? startOffset - 1 : startOffset, startOffset + 1);
  }

  #nameOf(token: IToken): Word {
    const span = this.#nameSpan(token);
    return { text: textOf(span), span };
  }

  #entryOf({ image }: IToken): Entry | undefined {
    return image.startsWith('--') ? entryByLong.get(image.slice(2)) : entryByShort.get(image);
  }

  #use(name: IToken, value?: IToken): void {
    const entry = this.#entryOf(name);
    if (entry === undefined) throw new Error(`The lexer takes ${name.image} for an option, but the table has none`);
    const word = value === undefined ? undefined : this.#valueOf(value);
    this.#builder.use(entry, this.#nameSpan(name), word, () => this.#wordAround(value ?? name));
  }

  #valueOf({ tokenType, image, startOffset }: IToken): Word {
    const joined = tokenType === token.Attached && image.startsWith('=') ? 1 : 0;
    return this.#slice(startOffset + joined, startOffset + image.length);
  }

  #leftover(word: IToken): void {
    this.ACTION(() => this.#builder.leftover(this.#slice(word.startOffset, endOf(word))));
  }

  #mistake(wrong: IToken): void {
    const { tokenType, image, startOffset } = wrong;
    const word = this.#wordAround(wrong);
    if (tokenType === token.ShortUnknown || tokenType === token.LongUnknown) {
      this.#builder.problem('unknown-option', this.#nameOf(wrong), word);
    } else {
      const value = this.#slice(startOffset + image.indexOf('=') + 1, endOf(wrong));
      this.#builder.problem('unwanted-value', value, word);
    }
  }
}
