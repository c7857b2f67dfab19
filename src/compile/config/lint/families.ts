/** Owns the lint of members that a listener skips because they have no address in its family. */

import { type Family, familyNames } from '../../../../grammar/value/family.ts';
import { serviceFamily } from '../../../model/service.ts';
import { addressesFor } from '../expand.ts';
import { problem } from '../problems.ts';
import type { Backend, Listener } from '../resolved.ts';
import type { Lint } from './lint.ts';

/** How many members a message names. */
const mostNamed = 5;

function nameOf({ member }: Backend): string {
  const [first = '', ...others] = [...member.addresses.ip, ...member.addresses.ip6];
  return member.name ?? (others.length === 0 ? first : `${first} (and ${others.length} more)`);
}

/** The first listener of each family. */
function firstOfEach(listeners: readonly Listener[]): ReadonlyMap<Family, Listener> {
  const first = new Map<Family, Listener>();
  for (const listener of listeners) {
    const family = serviceFamily(listener.key);
    if (!first.has(family)) first.set(family, listener);
  }
  return first;
}

/** Warns of each line of a service whose members can't all be reached by all of its listeners. */
export const lintFamilies: Lint = ({ config }, report) => {
  for (const { listeners, uses } of config.services) {
    const families = firstOfEach(listeners);
    for (const { backends, span } of uses) {
      for (const [family, listener] of families) {
        const skipped = backends.filter((backend) => addressesFor(backend, family).length === 0);
        if (skipped.length === 0) continue;
        const names = skipped
          .slice(0, mostNamed)
          .map(nameOf)
          .concat(skipped.length > mostNamed ? ['…'] : []);
        const related = [{ message: `this listener is ${familyNames[family]}`, span: listener.span }];
        const parts = { family: familyNames[family], names, all: skipped.length === backends.length };
        report(problem('members-skipped', parts, { span, related }));
      }
    }
  }
};
