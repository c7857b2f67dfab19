/** Owns the productions of values and names in the config language. */

import type { IToken } from 'chevrotain';
import type { Name, Resolve, Scalar, SetValue, Text, Value, Variable, Word } from '../ast/config.ts';
import type { Keyword } from '../vocabulary/keywords.ts';
import { addressLabel } from './config-advice.ts';
import { keywordTokens, tokens } from './config-lexer.ts';
import { StatementParser } from './config-recovery.ts';

/** Names and values. What is one token is a node by a method, not by a rule: a rule costs more than the rest of it. */
export abstract class ValueParser extends StatementParser {
  /** `NAME`; a keyword is a name as well. */
  protected nameOf(token: IToken): Name {
    return { kind: 'name', text: token.image, span: this.span(token) };
  }

  /** `TEXT` */
  protected textOf(token: IToken): Text {
    return { kind: 'text', text: token.image.slice(1, -1).replace(/\\(.)/g, '$1'), span: this.span(token) };
  }

  private wordOf(token: IToken): Word {
    return { kind: 'word', text: token.image, span: this.span(token) };
  }

  private variableOf(token: IToken): Variable {
    return { kind: 'variable', name: token.image.slice(1), span: this.span(token) };
  }

  /** `resolve = "resolve" "(" TEXT ")"` */
  private readonly resolve = this.RULE('resolve', (): Resolve => {
    const first = this.CONSUME(keywordTokens.resolve);
    this.CONSUME(tokens.OpenParenthesis);
    const host = this.textOf(this.CONSUME(tokens.Text));
    this.CONSUME(tokens.CloseParenthesis);
    return { kind: 'resolve', host, span: this.span(first) };
  });

  /** `amount = LITERAL | VARIABLE`: a value where a keyword may stand as well. */
  protected readonly amount = this.choice<Scalar>('amount', [
    () => this.wordOf(this.CONSUME(tokens.Literal)),
    () => this.variableOf(this.CONSUME(tokens.Variable)),
  ]);

  /** `address = LITERAL | VARIABLE | resolve` */
  protected readonly address = this.choice<Scalar>(
    'address',
    [
      () => this.wordOf(this.CONSUME(tokens.Literal)),
      () => this.variableOf(this.CONSUME(tokens.Variable)),
      () => this.SUBRULE(this.resolve),
    ],
    addressLabel,
  );

  /** `setItem = ( WORD | VARIABLE | TEXT | resolve ) { NEWLINE }` */
  private readonly setItem = this.RULE('setItem', (): Scalar => {
    const item = this.OR<Scalar>({
      ERR_MSG: 'a value',
      DEF: [
        { ALT: () => this.wordOf(this.CONSUME(tokens.Word)) },
        { ALT: () => this.variableOf(this.CONSUME(tokens.Variable)) },
        { ALT: () => this.textOf(this.CONSUME(tokens.Text)) },
        { ALT: () => this.SUBRULE(this.resolve) },
      ],
    });
    this.MANY(() => this.CONSUME(tokens.Newline));
    return item;
  });

  /** `set = "{" { NEWLINE } [ setItem { "," { NEWLINE } setItem } ] "}"` */
  private readonly set = this.RULE('set', (): SetValue => {
    const items: Scalar[] = [];
    const first = this.CONSUME(tokens.Open);
    this.MANY(() => this.CONSUME(tokens.Newline));
    this.OPTION(() => {
      items.push(this.SUBRULE(this.setItem));
      this.MANY2(() => {
        this.CONSUME(tokens.Comma);
        this.MANY3(() => this.CONSUME2(tokens.Newline));
        items.push(this.SUBRULE2(this.setItem));
      });
    });
    this.CONSUME(tokens.Close, { ERR_MSG: "',', '}'" });
    return { kind: 'set', items, span: this.span(first) };
  });

  /** `value = WORD | VARIABLE | TEXT | resolve | set` */
  protected readonly value = this.choice<Value>(
    'value',
    [
      () => this.wordOf(this.CONSUME(tokens.Word)),
      () => this.variableOf(this.CONSUME(tokens.Variable)),
      () => this.textOf(this.CONSUME(tokens.Text)),
      () => this.SUBRULE(this.resolve),
      () => this.SUBRULE(this.set),
    ],
    'a value',
  );

  /** One of several keywords, as its text. */
  protected oneOf<Choice extends Keyword>(...choices: readonly Choice[]): Choice {
    return this.OR(choices.map((choice) => ({ ALT: () => this.CONSUME(keywordTokens[choice]) }))).image as Choice;
  }
}
