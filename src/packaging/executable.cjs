/** Owns the start of the program as a single executable, which has its files inside. */
'use strict';

const process = require('node:process');
const { getAsset } = require('node:sea');
const loadAddon = require('./addon.cjs');
const { loaderOf } = require('./loader.cjs');

/** @type {import('./loader.cjs').Files} */
const files = {
  place: process.execPath,
  read: (id) => Buffer.from(new Uint8Array(getAsset(id))),
  readCompiled: (id) => {
    throw new Error(`no compiled code of ${id} is inside`);
  },
};

/**
 * What is not in the program's files: the compiled part of a package, and what Node.js itself has.
 *
 * @param {string} id
 */
function requireOther(id) {
  return id.endsWith('.node') ? loadAddon() : require(id);
}

/** As entry.cjs does. */
async function start() {
  // The name by which it was called; the command line of this very program has no file behind Node.js.
  const [, name = '', ...words] = process.argv;
  process.argv[1] = process.execPath;
  const { main } = loaderOf(files, requireOther).load('main.js');
  process.exitCode = await main(name, words);
}

void start();
