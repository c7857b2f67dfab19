/**
 * Owns where the compiled part of the npm package netlink is found. Stands in for node-gyp-build, which reads directories
 * at each start to find the same file.
 */
'use strict';

const { fromFirstPlace } = require('./first-place.cjs');

/** What the package ships for this processor, and what npm builds where that can't be used. */
const places = [`netlink/prebuilds/linux-${process.arch}/node.napi.node`, 'netlink/build/Release/netlink_binding.node'];

/** The exports of the compiled part; throws the first reason if no place will do. */
const load = () => fromFirstPlace(places, (place) => require(place));

module.exports = load;
