/**
 * Owns how the compiled part of the npm package netlink gets into a single executable's process: the system loads it from
 * a file only, so it is one for a moment, in a directory that nobody else can enter.
 */
'use strict';

const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { posix } = require('node:path');
const process = require('node:process');
const { getAsset } = require('node:sea');
const { fromFirstPlace } = require('./first-place.cjs');

/**
 * Some of them may not exist, may be full, or may not hold programs (noexec). In none of them can somebody else move our
 * directory away, as in one that TMPDIR names.
 */
const places = ['/tmp', '/dev/shm', '/var/tmp', '/run'];

/** @param {string} place */
function loadFrom(place) {
  const directory = mkdtempSync(posix.join(place, 'ipvstx-'));
  try {
    const file = posix.join(directory, 'netlink.node');
    writeFileSync(file, new Uint8Array(getAsset('netlink.node')), { mode: 0o700 });
    const addon = { exports: {} };
    process.dlopen(addon, file);
    return addon.exports;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The exports of the addon; throws the first reason if no place will do. */
const load = () => fromFirstPlace(places, loadFrom);

module.exports = load;
