/** Owns patterns for the name of a file, as shells have them. */

/** `*`, or what one character has to be. */
type Part = '*' | ((character: string) => boolean);

/** `[a-z]`, `[!0-9]`; a range that runs backwards holds nothing. */
function characterSet(text: string): Part {
  const negated = text.startsWith('!');
  const members = Array.from(
    (negated ? text.slice(1) : text).matchAll(/([^])-([^])|([^])/gu),
    ([, first, last, only]) => ({
      first: first ?? only ?? '',
      last: last ?? only ?? '',
    }),
  );
  return (character) => members.some(({ first, last }) => first <= character && character <= last) !== negated;
}

function partsOf(pattern: string): readonly Part[] {
  const words = pattern.match(/\*+|\[!?[^][^\]]*\]|[^]/gu) ?? [];
  return words.map((word): Part => {
    if (word.startsWith('*')) return '*';
    if (word === '?') return () => true;
    return word.length > 2 && word.startsWith('[')
      ? characterSet(word.slice(1, -1))
      : (character) => character === word;
  });
}

/**
 * Whether a name is one that a pattern stands for: `*` any characters, `?` one, `[a-z]` and `[!a-z]` one of some. A dot
 * at the beginning must be written. It takes at most as many steps as both lengths multiplied, whatever the pattern is.
 */
export function matchesPattern(name: string, pattern: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false;
  const parts = partsOf(pattern);
  const characters = Array.from(name);
  let [at, part] = [0, 0];
  // Only the last star need ever take more: what is in front of it has been found at its first place.
  let star: { readonly part: number; at: number } | undefined;
  while (at < characters.length) {
    const wanted = parts[part];
    if (wanted === '*') star = { part: part++, at };
    else if (wanted?.(characters[at] ?? '') === true) {
      at++;
      part++;
    } else if (star !== undefined) {
      at = ++star.at;
      part = star.part + 1;
    } else return false;
  }
  return parts.slice(part).every((rest) => rest === '*');
}
