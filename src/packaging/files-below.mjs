/** Owns the list of what lies in a folder. */

import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * The paths of all files below a folder, from there, sorted.
 *
 * @param {string} folder
 */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
