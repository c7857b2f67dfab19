/**
 * Owns where the compiled part of the npm package netlink is found. Stands in for node-gyp-build, which reads directories
 * at each start to find the same file.
 */
'use strict';

/** What the package ships for this processor, and what npm builds where that can't be used. */
const places = [`netlink/prebuilds/linux-${process.arch}/node.napi.node`, 'netlink/build/Release/netlink_binding.node'];

/** The exports of the compiled part; throws the first reason if no place will do. */
function load() {
  /** @type {unknown} */
  let reason;
  for (const place of places) {
    try {
      return require(place);
    } catch (error) {
      reason ??= error;
    }
  }
  throw reason;
}

module.exports = load;
