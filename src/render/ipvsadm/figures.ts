/** Owns the columns of numbers in `--stats` and `--rate`. */

/** From the largest: values up to (not including) `below` are divided by `unit` and marked with `suffix`. */
const scales = [
  { below: 10n ** 8n, unit: 1n, suffix: '' },
  { below: 10n ** 9n, unit: 10n ** 3n, suffix: 'K' },
  { below: 10n ** 11n, unit: 10n ** 6n, suffix: 'M' },
  { below: 10n ** 14n, unit: 10n ** 9n, suffix: 'G' },
];
const largest = { unit: 10n ** 12n, suffix: 'T' };

/** A blank and the number, right-aligned to eight characters: longer ones push the columns behind them aside. */
export function exactFigure(value: bigint): string {
  return ` ${String(value).padStart(8)}`;
}

/** The same with the powers of a thousand cut off (never rounded up) where eight characters are too few. */
export function shortFigure(value: bigint): string {
  const { unit, suffix } = scales.find(({ below }) => value < below) ?? largest;
  return ` ${`${value / unit}${suffix}`.padStart(8)}`;
}
