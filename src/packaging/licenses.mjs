/** Owns the licences of the npm packages that the bundle is made of: whoever gets them in it gets their terms with them. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What the file is called beside the bundle. */
export const licensesFile = 'licenses.txt';

/**
 * The folder of the package that a file is from, if it is not ours.
 *
 * @param {string} path
 */
function packageFolder(path) {
  return /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

/**
 * A package by its name, with its terms.
 *
 * @param {string} folder
 */
function termsOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)\b/i.test(file));
  if (files.length === 0) throw new Error(`${name} has no file with its licence`);
  const terms = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return { title: `${name} ${version} (${license})`, terms: terms.join('\n\n') };
}

/**
 * The terms of all packages that these files are from; the same terms once.
 *
 * @param {Iterable<string>} paths from `root`
 * @param {string} root
 */
export function licensesOf(paths, root) {
  const folders = new Set(Array.from(paths, packageFolder).filter((folder) => folder !== undefined));
  /** @type {Map<string, string[]>} */
  const titles = new Map();
  for (const folder of [...folders].sort()) {
    const { title, terms } = termsOf(join(root, folder));
    titles.set(terms, [...(titles.get(terms) ?? []), title]);
  }
  const parts = Array.from(titles, ([terms, names]) => `${'='.repeat(78)}\n${names.join('\n')}\n\n${terms}\n`);
  return `ipvstx is made with these packages, each under its own terms.\n\n${parts.join('\n')}`;
}
