/** Owns how the results of the benchmark are kept and shown. */

import { readFileSync } from 'node:fs';

/** @typedef {import('./measure.mjs').Figure} Figure */

/**
 * @typedef {object} Results
 * @property {string} date of the run: 2026-11-29
 * @property {Readonly<Record<string, string>>} machine
 * @property {Readonly<Record<string, string>>} versions
 * @property {readonly Figure[]} figures
 */

/** The last run that was kept. */
export const resultsFile = new URL('results.json', import.meta.url);

/** @returns {Results} */
export function readResults() {
  return JSON.parse(readFileSync(resultsFile, 'utf8'));
}

/** @param {number} value */
function short(value) {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}

/** @param {Figure} figure */
function cells({ name, own, reference, limit = Number.POSITIVE_INFINITY, unit = 's' }) {
  const behind = unit === '' ? '' : ` ${unit}`;
  const ratio = own / reference;
  const verdict = ratio <= limit ? '' : ' (not kept)';
  return [
    name,
    `${short(own)}${behind}`,
    `${short(reference)}${behind}`,
    ratio.toFixed(2),
    Number.isFinite(limit) ? `${limit.toFixed(2)}${verdict}` : '',
  ];
}

/**
 * The figures as Markdown.
 *
 * @param {readonly Figure[]} figures
 */
export function tableOf(figures) {
  const rows = [['what', 'ipvstx', 'beside', 'ratio', 'at most'], ...figures.map(cells)];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

/**
 * What they were taken on, in one sentence.
 *
 * @param {Results} results
 */
export function surroundingsOf({ date, machine, versions }) {
  const on = Object.values(machine).join(', ');
  return `Taken on ${date}: ${on}; ${Object.values(versions).join(', ')}.`;
}
