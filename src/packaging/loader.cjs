/**
 * Owns how the program's own files get into a process: compiled, as the build left them beside each file, if this very
 * Node.js compiled them; else from their text. To compile is most of the time that a short command takes.
 *
 * A file is a function of what CommonJS gives to a file, and of its own URL; it is in ASCII.
 */
'use strict';

const { closeSync, fstatSync, openSync, readSync } = require('node:fs');
const { posix } = require('node:path');
const { Script } = require('node:vm');

/**
 * Where code may begin behind so many bytes: V8 copies what is not at a multiple of 8.
 *
 * @param {number} length
 */
function aligned(length) {
  return Math.ceil(length / 8) * 8;
}

/**
 * Where the files are.
 *
 * @typedef {object} Files
 * @property {string} place what is in front of a file's path in a stack trace
 * @property {(id: string) => Buffer} read throws if there is none; the bytes are good until the next call
 * @property {(id: string) => Buffer} readCompiled the same for compiled code, which does not disturb the other
 */

/** More than most files have. */
const room = 2 ** 19;

/** Reads one file behind the other into the same memory: fresh memory for each of them is dear to touch. */
function openReader() {
  let memory = Buffer.allocUnsafeSlow(0);
  /** @param {string} path */
  return (path) => {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      if (memory.length < size) memory = Buffer.allocUnsafeSlow(Math.max(room, size));
      let length = 0;
      for (let more = 1; more > 0 && length < size; length += more) {
        more = readSync(file, memory, length, size - length, length);
      }
      return memory.subarray(0, length);
    } finally {
      closeSync(file);
    }
  };
}

/**
 * @param {string} directory
 * @returns {Files}
 */
function filesIn(directory) {
  const [readText, readCode] = [openReader(), openReader()];
  return {
    place: directory,
    read: (id) => readText(`${directory}/${id}`),
    readCompiled: (id) => readCode(`${directory}/${id}.compiled`),
  };
}

/**
 * What may be given to V8: the code, if it is whole and for this very text. V8 compares a text with its compiled code by
 * length only, and ends the process at code that a full disk or a power cut has damaged. So a file of compiled code is
 * the text and, behind that, the code twice: to compare bytes is much faster than any sum of them in JavaScript.
 *
 * @param {Files} files
 * @param {string} id
 * @param {Uint8Array} text
 */
function codeOf({ readCompiled }, id, text) {
  try {
    const file = readCompiled(id);
    const start = aligned(text.length);
    const middle = (start + file.length) / 2;
    const code = file.subarray(start, middle);
    return file.subarray(0, text.length).equals(text) && file.subarray(middle).equals(code) ? code : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What a file exports once it has run, as plain values: esbuild's exports are getters of getters, and a call for each
 * mention of an import is dear in code that has not run often. `exports` itself stays for a file of a circle.
 *
 * @param {Record<string, unknown>} exports
 */
function settle(exports) {
  /** @type {Record<string, unknown>} */
  const settled = {};
  for (const name of Object.keys(exports)) settled[name] = exports[name];
  return settled;
}

/**
 * @param {Buffer} text
 * @param {Buffer} code
 */
function compiledFile(text, code) {
  return Buffer.concat([text, Buffer.alloc(aligned(text.length) - text.length), code, code]);
}

/**
 * @typedef {object} Loaded
 * @property {Record<string, unknown>} live as the file itself has them
 * @property {Record<string, unknown>} exports as others get them
 * @property {import('node:vm').Script} script
 */

/**
 * @typedef {object} Loader
 * @property {(id: string) => any} load exports of a file, by its path from the directory: `./main.js`
 * @property {() => Iterable<readonly [path: string, compiled: Buffer]>} compiled what was compiled so far
 * @property {() => readonly string[]} changed exports that have become others since their file ran, which nobody would see
 */

/**
 * @param {Files} files
 * @param {(id: string) => any} nodeRequire for everything that is not a file of the program
 * @returns {Loader}
 */
function loaderOf(files, nodeRequire) {
  /** @type {Map<string, Loaded>} */
  const loaded = new Map();
  /** @param {string} id */
  const load = (id) => {
    const known = loaded.get(id);
    if (known !== undefined) return known.exports;
    const filename = `${files.place}/${id}`;
    const text = files.read(id);
    const cachedData = codeOf(files, id, text);
    const script = new Script(text.toString('latin1'), { filename, ...(cachedData && { cachedData }) });
    /** @type {Loaded} */
    const file = { live: {}, exports: {}, script };
    loaded.set(id, file);
    const module = {
      get exports() {
        return file.live;
      },
      /** @param {Record<string, unknown>} exports */
      set exports(exports) {
        file.live = exports;
        file.exports = exports;
      },
    };
    const base = posix.dirname(id);
    /** @param {string} other */
    const require = (other) => (other.startsWith('.') ? load(posix.join(base, other)) : nodeRequire(other));
    script.runInThisContext()(module.exports, require, module, `file://${encodeURI(filename)}`);
    file.exports = settle(file.live);
    return file.exports;
  };
  return {
    load,
    *compiled() {
      for (const [id, { script }] of loaded) {
        yield [`${files.place}/${id}.compiled`, compiledFile(files.read(id), script.createCachedData())];
      }
    },
    changed() {
      return [...loaded].flatMap(([id, { live, exports }]) =>
        Object.keys(exports).flatMap((name) => (Object.is(live[name], exports[name]) ? [] : [`${name} of ${id}`])),
      );
    },
  };
}

module.exports = { filesIn, loaderOf };
