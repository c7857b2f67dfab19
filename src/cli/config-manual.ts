/** Owns the generated parts of ipvstx.conf(5): the keywords by the places where they stand, and the examples. */

import { type Keyword, type Place, keywords, keywordsAt, takenBy } from '../../grammar/vocabulary/keywords.ts';
import type { HelpEntry } from '../render/help.ts';
import { roffExample, roffHeading, roffList } from '../render/manual.ts';

/** A file of the examples, by its name. */
export interface ExampleFile {
  readonly name: string;
  readonly text: string;
}

/** The keywords of a place, each followed by those that it takes. */
function keywordList(place: Place): string {
  const here = keywordsAt(place);
  const entries = here.flatMap((word): readonly HelpEntry[] => {
    const meaningOf = (name: string): string => keywords.find((keyword) => keyword.word === name)?.meaning ?? '';
    const inside = takenBy(word, place).filter((taken) => !here.includes(taken as Keyword));
    return [[word, meaningOf(word)], ...inside.map((taken): HelpEntry => [`${word} ... ${taken}`, meaningOf(taken)])];
  });
  return roffList(entries);
}

/** Every generated part by its name. */
export function configManualParts(examples: readonly ExampleFile[]): Readonly<Record<string, string>> {
  return {
    statements: keywordList('file'),
    settings: keywordList('settings'),
    service: keywordList('service'),
    backend: keywordList('backend'),
    timeouts: keywordList('timeouts'),
    sync: keywordList('sync'),
    examples: examples.map(({ name, text }) => roffHeading(name) + roffExample(text)).join(''),
  };
}
