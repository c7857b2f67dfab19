/**
 * Owns how the program's own files get into a process: compiled, as the build left them beside each file, if this very
 * Node.js compiled them; else from their text. To compile is most of the time that a short command takes.
 *
 * A file is a function of what CommonJS gives to a file, and of its own URL; it is in ASCII.
 */
'use strict';

const { readFileSync } = require('node:fs');
const { posix } = require('node:path');
const { Script } = require('node:vm');

/** @param {string} path */
function readCompiled(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/**
 * @typedef {object} Loader
 * @property {(id: string) => any} load exports of a file, by its path from the directory: `./main.js`
 * @property {() => Iterable<readonly [path: string, compiled: Buffer]>} compiled what was compiled so far
 */

/**
 * @param {string} directory
 * @param {(id: string) => any} nodeRequire for everything that is not a file of the program
 * @returns {Loader}
 */
function loaderOf(directory, nodeRequire) {
  /** @type {Map<string, { module: { exports: object }, script: import('node:vm').Script }>} */
  const files = new Map();
  /** @param {string} id */
  const load = (id) => {
    const known = files.get(id);
    if (known !== undefined) return known.module.exports;
    const filename = `${directory}/${id}`;
    const cachedData = readCompiled(`${filename}.compiled`);
    const script = new Script(readFileSync(filename, 'latin1'), { filename, ...(cachedData && { cachedData }) });
    const module = { exports: {} };
    files.set(id, { module, script });
    const base = posix.dirname(id);
    /** @param {string} other */
    const require = (other) => (other.startsWith('.') ? load(posix.join(base, other)) : nodeRequire(other));
    script.runInThisContext()(module.exports, require, module, `file://${encodeURI(filename)}`);
    return module.exports;
  };
  return {
    load,
    *compiled() {
      for (const [id, { script }] of files) yield [`${directory}/${id}.compiled`, script.createCachedData()];
    },
  };
}

module.exports = { loaderOf };
