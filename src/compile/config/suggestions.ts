/** Owns the advice of one run: comparing a misspelt word with all names of a large file takes time. */

import type { Details } from '../../../grammar/text/diagnostic.ts';
import { nearest } from '../../../grammar/text/nearest.ts';

/** A person reads fewer. */
const mostSuggestions = 200;
/** Names that are looked at for one suggestion. */
const mostNames = 5000;

/** Finds the name that was probably meant; nothing if none is near, or after too many questions. */
export type Suggest = (word: string, names: Iterable<string>, sign?: string) => Pick<Details, 'suggestion'>;

function* first(names: Iterable<string>, count: number): Generator<string, void> {
  let left = count;
  for (const name of names) {
    if (left-- <= 0) return;
    yield name;
  }
}

/** The suggestions of one run. */
export function openSuggestions(): Suggest {
  let left = mostSuggestions;
  return (word, names, sign = '') => {
    if (left <= 0) return {};
    left--;
    const near = nearest(word, first(names, mostNames));
    return near === undefined ? {} : { suggestion: `did you mean ${sign}${near}?` };
  };
}
