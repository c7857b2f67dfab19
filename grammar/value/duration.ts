/** Owns durations as the config language writes them: `900`, `15m`, `1h30m`. */

/** Seconds of each unit, the largest first: the order in which they are written. */
const units = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

const duration = /^(?:\d+|(?=\d)(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?)$/;

/** Reads seconds, or days, hours, minutes and seconds in this order; undefined if `text` is neither. */
export function parseDuration(text: string): number | undefined {
  if (!duration.test(text)) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  let seconds = 0;
  for (const [unit, size] of units) seconds += Number(new RegExp(`(\\d+)${unit}`).exec(text)?.[1] ?? 0) * size;
  return seconds;
}

/** The shortest spelling with units: 900 is `15m`, 5400 is `1h30m`. */
export function formatDuration(seconds: number): string {
  let rest = seconds;
  let text = '';
  for (const [unit, size] of units) {
    if (rest >= size) text += `${Math.floor(rest / size)}${unit}`;
    rest %= size;
  }
  return text === '' ? '0s' : text;
}
