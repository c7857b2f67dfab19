/** Owns the suggestion of the word that was probably meant. */

import type { Details } from './diagnostic.ts';
import { nearest } from './nearest.ts';

/** The suggestion for a misspelt `word` of a vocabulary, to be spread into a diagnostic's details; nothing if none is near. */
export function didYouMean(word: string, vocabulary: Iterable<string>): Pick<Details, 'suggestion'> {
  const near = nearest(word.toLowerCase(), vocabulary);
  return near === undefined ? {} : { suggestion: `did you mean ${near}?` };
}
