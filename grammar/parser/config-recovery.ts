/** Owns lists of statements, and what happens at a mistake in one: it is reported once and the next statement is read. */

import {
  EmbeddedActionsParser,
  type IParserErrorMessageProvider,
  type IToken,
  type ParserMethod,
  type TokenType,
  isRecognitionException,
  tokenLabel,
} from 'chevrotain';
import type { Block, Name } from '../ast/config.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import { type Place, keywords, keywordsAt } from '../vocabulary/keywords.ts';
import { keywordTokens as keyword, tokens, vocabulary } from './config-lexer.ts';
import { syntaxProblem, unclosedBlock, unknownStatement, unopenedBlock } from './config-problems.ts';

const endOfFile = 'EOF';
const alternatives = (types: readonly (TokenType | undefined)[]): string =>
  [...new Set(types.map((type) => (type === undefined ? '' : tokenLabel(type))))].join(', ');

/** A refusal's message is what was expected: `syntaxProblem` makes the sentence. */
const expectations: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => tokenLabel(expected),
  buildNoViableAltMessage: ({ expectedPathsPerAlt, customUserDescription }) =>
    customUserDescription ?? alternatives(expectedPathsPerAlt.flat().map(([first]) => first)),
  buildEarlyExitMessage: ({ expectedIterationPaths, customUserDescription }) =>
    customUserDescription ?? alternatives(expectedIterationPaths.map(([first]) => first)),
  buildNotAllInputParsedMessage: () => tokenLabel(tokens.Terminator),
};

/** Statements of a file that no block can hold, by their first tokens: where one begins, open blocks have ended. */
const onlyInFile: ReadonlyMap<TokenType, readonly TokenType[]> = new Map([
  [keyword.pool, [tokens.Name, tokens.Open]],
  [keyword.profile, [tokens.Name, tokens.Open]],
  [keyword.service, [tokens.Name, tokens.Open]],
  [keyword.site, [tokens.Name, tokens.Open]],
  [keyword.defaults, [tokens.Open]],
  [keyword.timeouts, [tokens.Open]],
  [keyword.include, [tokens.Text]],
]);

/** What declares the name behind it. */
const declaring: ReadonlySet<TokenType> = new Set([keyword.define, keyword.pool, keyword.profile]);

/** What begins a statement in some place. */
const beginning: ReadonlySet<TokenType> = new Set(
  keywords.filter(({ places }) => !places.includes('inside')).map(({ word }) => keyword[word]),
);

/** What begins a statement of a file. */
const inFile: ReadonlySet<TokenType> = new Set(keywordsAt('file').map((word) => keyword[word]));

/** A parser of statements. The grammar itself stands in the class that extends this one. */
export abstract class StatementParser extends EmbeddedActionsParser {
  protected source: SourceText = { name: '', text: '' };
  protected diagnostics: Diagnostic[] = [];
  /** What the statements that were skipped would have declared. */
  protected lost: Name[] = [];
  /** The last block had no `}`, so its statement need not be terminated. */
  private unclosed = false;

  constructor(options: { readonly skipValidations: boolean }) {
    super([...vocabulary], { maxLookahead: 1, errorMessageProvider: expectations, ...options });
  }

  /** Begins with a new text. */
  protected begin(source: SourceText): void {
    this.source = source;
    this.diagnostics = [];
    this.lost = [];
    this.unclosed = false;
  }

  /** From a token to the last one that was consumed. */
  protected span(first: IToken): Span {
    const last = this.LA(0);
    // As integers: the offsets of the tokens by which Chevrotain records the grammar are NaN, and one of those would make
    // V8 keep each offset of all later spans in a box of its own.
    return { source: this.source, start: first.startOffset | 0, end: (last.startOffset + last.image.length) | 0 };
  }

  /**
   * `alternative | alternative | ...`: a rule that is nothing but one of several, with what a refusal says in place of
   * the list of them. The alternatives are made once, as a list of them for each value would weigh more than the values.
   */
  protected choice<Node>(
    name: string,
    alternatives: readonly (() => Node)[],
    expected?: string,
  ): ParserMethod<[], Node> {
    const choices = {
      DEF: alternatives.map((ALT) => ({ ALT })),
      ...(expected !== undefined && { ERR_MSG: expected }),
    };
    return this.RULE(name, () => this.OR<Node>(choices));
  }

  /** `{ TERMINATOR | statement TERMINATOR }`: the list of statements of one place. */
  protected statements<Item>(place: Place, statement: ParserMethod<[], Item>): { items: Item[]; complete: boolean } {
    const items: Item[] = [];
    const reported = this.diagnostics.length;
    const choices = [
      { ALT: () => this.CONSUME(tokens.Terminator) },
      { ALT: () => this.attempt(place, statement, items) },
    ];
    do {
      this.MANY({
        GATE: () => place === 'file' || !this.atFileStatement(),
        DEF: () => this.OR(choices),
      });
    } while (this.skipUnknown(place));
    return { items, complete: this.diagnostics.length === reported };
  }

  /** `"{" { TERMINATOR | statement TERMINATOR } [ "}" ]`: a block, without its brace if that is missing. */
  protected block<Item>(name: string, place: Place, statement: ParserMethod<[], Item>): ParserMethod<[], Block<Item>> {
    return this.RULE(name, (): Block<Item> => {
      const open = this.CONSUME(tokens.Open);
      const { items, complete } = this.statements(place, statement);
      const close = this.OPTION(() => this.CONSUME(tokens.Close));
      if (close === undefined) {
        this.unclosed = true;
        this.diagnostics.push(unclosedBlock(this.source, open, this.LA(1)));
      }
      return { kind: 'block', items, complete: complete && close !== undefined, span: this.span(open) };
    });
  }

  /** One statement with its end. If it is not understood it is reported, skipped and left out. */
  private attempt<Item>(place: Place, statement: ParserMethod<[], Item>, items: Item[]): void {
    const [first, second] = [this.LA(1), this.LA(2)];
    try {
      const item = this.SUBRULE(statement);
      if (!this.atEndOfStatement()) this.CONSUME2(tokens.Terminator);
      items.push(item);
    } catch (refusal) {
      if (!(refusal instanceof Error && isRecognitionException(refusal))) throw refusal;
      const { token, previousToken, message } = refusal as Error & {
        readonly token: IToken;
        readonly previousToken: IToken;
      };
      this.diagnostics.push(
        syntaxProblem({ source: this.source, place, first, found: token, previous: previousToken, expected: message }),
      );
      this.remember(first, second);
      if (place === 'file' && message === tokenLabel(tokens.Open)) this.skipMissingBlock();
      else this.skipStatement(first, place);
    }
  }

  /** `}` and the end of the file end a statement without being part of it. */
  private atEndOfStatement(): boolean {
    if (this.RECORDING_PHASE) return false;
    const { unclosed } = this;
    this.unclosed = false;
    return unclosed || this.at(tokens.Close) || this.at(endOfFile);
  }

  private at(type: TokenType | typeof endOfFile): boolean {
    const next = this.LA(1).tokenType;
    return type === endOfFile ? next.name === endOfFile : next === type;
  }

  /** Whether a statement begins here that can stand only outside of every block. */
  private atFileStatement(): boolean {
    const rest = onlyInFile.get(this.LA(1).tokenType);
    return (
      rest?.every((type, index) => {
        const next = this.LA(index + 2);
        return (
          next.tokenType === type || (type === tokens.Name && type.categoryMatchesMap?.[next.tokenTypeIdx] === true)
        );
      }) ?? false
    );
  }

  /** Reports and skips what begins no statement of this place. False at the end of the list. */
  private skipUnknown(place: Place): boolean {
    if (this.RECORDING_PHASE || this.at(endOfFile)) return false;
    if (place !== 'file' && (this.at(tokens.Close) || this.atFileStatement())) return false;
    const first = this.LA(1);
    if (this.at(tokens.Close)) {
      this.SKIP_TOKEN();
      this.diagnostics.push(unopenedBlock(this.source, first));
    } else {
      this.diagnostics.push(unknownStatement(this.source, place, first));
      this.skipStatement(first, place);
    }
    return true;
  }

  /** Keeps the name that a skipped statement would have declared, so that its uses are no mistakes as well. */
  private remember(first: IToken, second: IToken): void {
    if (!declaring.has(first.tokenType)) return;
    const { startOffset: start, image: text } = second;
    this.lost.push({ kind: 'name', text, span: { source: this.source, start, end: start + text.length } });
  }

  /** How many braces are open between `first` and here. */
  private depthSince(first: IToken): number {
    let depth = 0;
    for (let back = 0; ; back--) {
      const token = this.LA(back);
      if (token.startOffset < first.startOffset || token.tokenType.name === endOfFile) return depth;
      if (token.tokenType === tokens.Open) depth++;
      else if (token.tokenType === tokens.Close) depth--;
    }
  }

  private skip(): void {
    this.remember(this.LA(1), this.LA(2));
    this.SKIP_TOKEN();
  }

  /** Skips to the end of the statement that began with `first`: its line, or the end of the braces that it opened. */
  private skipStatement(first: IToken, place: Place): void {
    let depth = this.depthSince(first);
    const insideSet = depth > 0;
    while (!this.at(endOfFile) && (depth === 0 || !this.atFileStatement())) {
      if (this.at(tokens.Open)) depth++;
      else if (this.at(tokens.Close)) {
        // At depth 0 it belongs to the block around; a file has none, so there it belongs to this statement.
        if (depth === 0 && place !== 'file') return;
        depth = Math.max(0, depth - 1);
      } else if (depth === 0 && this.at(tokens.Semicolon)) return;
      else if (this.at(tokens.Newline)) {
        const next = this.LA(2);
        // A line that begins like a statement does not continue a set; a brace on its own line continues a head.
        const ended = depth === 0 ? next.tokenType !== tokens.Open : insideSet && beginning.has(next.tokenType);
        if (ended) return;
      }
      this.skip();
    }
  }

  /** A head without `{`: its lines are skipped as if it had one, up to a line that begins like a statement of a file. */
  private skipMissingBlock(): void {
    for (let depth = 0; !this.at(endOfFile); this.skip()) {
      if (this.at(tokens.Open)) depth++;
      else if (this.at(tokens.Close) && --depth <= 0) {
        this.skip();
        return;
      }
      if (depth === 0 && this.at(tokens.Newline) && inFile.has(this.LA(2).tokenType)) return;
    }
  }
}
