#!/usr/bin/env node
/** Owns the start of the program. */
'use strict';

const { filesIn, loaderOf } = require('./loader.cjs');

/** Not process.exit(): what was written to a pipe must get there first. */
async function start() {
  const { main } = loaderOf(filesIn(__dirname), require).load('main.js');
  process.exitCode = await main(process.argv[1] ?? '', process.argv.slice(2));
}

void start();
