/** Owns a source in which backends have another weight: the smallest edits of its texts that say so. */

import type { Span } from '../../../grammar/text/span.ts';
import type { SourceText } from '../../../grammar/text/source-text.ts';

/** The languages that people write in. */
export type WrittenLanguage = 'rules' | 'config';

/** Where a rule or a member of a pool says its weight, and how it says one that it did not say. */
const spellings: Readonly<Record<WrittenLanguage, { readonly said: RegExp; readonly added: string }>> = {
  rules: { said: /(?<=\s-[A-Za-z]*w\s*|\s--weight[=\s]\s*)\d+/, added: '-w' },
  config: { said: /(?<=\sweight\s+)\d+/, added: 'weight' },
};

/** A rule or a member, and the weight (0..2147483647) that it shall have. */
export interface WeightEdit {
  readonly span: Span;
  readonly weight: number;
}

function rewritten(statement: string, language: WrittenLanguage, weight: number): string {
  const { said, added } = spellings[language];
  return said.test(statement) ? statement.replace(said, String(weight)) : `${statement} ${added} ${weight}`;
}

/** The texts that change, under the names of their files. Whether they mean what was wanted is for the compiler to say. */
export function rewriteWeights(edits: Iterable<WeightEdit>, language: WrittenLanguage): readonly SourceText[] {
  const sources = new Map<string, SourceText>();
  // From the end, so that no edit moves another.
  for (const { span, weight } of [...edits].toSorted((left, right) => right.span.start - left.span.start)) {
    const { start, end } = span;
    const source = sources.get(span.source.name) ?? span.source;
    const { name, text } = source;
    const statement = rewritten(text.slice(start, end), language, weight);
    sources.set(name, { ...source, text: text.slice(0, start) + statement + text.slice(end) });
  }
  return [...sources.values()];
}
