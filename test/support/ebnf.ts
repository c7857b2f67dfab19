/** Owns a Chevrotain grammar as EBNF, so that the documentation can be held against the parser. */

import {
  Alternation,
  Alternative,
  type CstParser,
  type EmbeddedActionsParser,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  type Rule,
  Terminal,
} from 'chevrotain';

type Production = Rule['definition'][number];

function sequence(definition: readonly Production[]): string {
  return definition.map(expression).join(' ');
}

function expression(production: Production): string {
  if (production instanceof Terminal) return production.terminalType.name;
  if (production instanceof NonTerminal) return production.nonTerminalName;
  if (production instanceof Option) return `[ ${sequence(production.definition)} ]`;
  if (production instanceof RepetitionMandatory) {
    const once = sequence(production.definition);
    return `${once} { ${once} }`;
  }
  if (production instanceof RepetitionWithSeparator || production instanceof RepetitionMandatoryWithSeparator) {
    const once = sequence(production.definition);
    const all = `${once} { ${production.separator.name} ${once} }`;
    return production instanceof RepetitionWithSeparator ? `[ ${all} ]` : all;
  }
  if (production instanceof Repetition) return `{ ${sequence(production.definition)} }`;
  if (production instanceof Alternative) return sequence(production.definition);
  if (production instanceof Alternation) return production.definition.map(expression).join(' | ');
  throw new Error(`a production that has no EBNF: ${production.constructor.name}`);
}

/** Every rule of a parser as one line of EBNF, in the order of their definition. */
export function ebnfOf(parser: CstParser | EmbeddedActionsParser): readonly string[] {
  return Object.values(parser.getGAstProductions()).map(
    ({ name, definition }) => `${name} = ${ruleBody(definition)} ;`,
  );
}

/** An alternation beside other productions needs parentheses, alone it needs none. */
function ruleBody(definition: readonly Production[]): string {
  const [only] = definition;
  if (definition.length === 1 && only !== undefined) return expression(only);
  return definition
    .map((production) => (production instanceof Alternation ? `( ${expression(production)} )` : expression(production)))
    .join(' ');
}
