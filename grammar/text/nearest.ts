/** Owns "did you mean": the word of a vocabulary that is nearest to a misspelt one. */

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours count 1 each. */
function distance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1];
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      if (swapped) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[right.length] ?? 0;
}

/** Longer than any word of ours by far: beyond it a comparison would cost time and suggest nothing. */
const longestWord = 64;

/**
 * The entry of `vocabulary` nearest to `word`, if it is near enough to be what was meant: at most a third of the
 * word's length away (and at least one edit is always allowed). The first of equally near entries wins.
 */
export function nearest(word: string, vocabulary: Iterable<string>): string | undefined {
  if (word.length > longestWord) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of vocabulary) {
    // A word that is that much longer or shorter needs as many insertions.
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const edits = distance(word, candidate);
    if (edits < bestDistance) [best, bestDistance] = [candidate, edits];
  }
  return best;
}
