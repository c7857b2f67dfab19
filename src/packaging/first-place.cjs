/** Owns the choice among places where a thing may be: the first from which it can be had. */
'use strict';

/**
 * What `load` returns for the first place where it does not throw; throws what it threw at the first place if none will do.
 *
 * @template Loaded
 * @param {readonly string[]} places
 * @param {(place: string) => Loaded} load
 * @returns {Loaded}
 */
function fromFirstPlace(places, load) {
  /** @type {unknown} */
  let reason;
  for (const place of places) {
    try {
      return load(place);
    } catch (error) {
      reason ??= error;
    }
  }
  throw reason;
}

module.exports = { fromFirstPlace };
