/** Owns the lint of what is declared and not used. */

import { problem } from '../problems.ts';
import type { Lint } from './lint.ts';

/** Warns of pools, profiles and variables that nothing refers to. */
export const lintUnused: Lint = ({ declarations, usedPools, usedProfiles, unusedDefines, suggest }, report) => {
  for (const { name } of declarations.pools.values()) {
    if (!usedPools.has(name.text)) report(problem('unused-pool', { name: name.text }, { span: name.span }));
  }
  for (const { name } of declarations.profiles.values()) {
    if (!usedProfiles.has(name.text)) report(problem('unused-profile', { name: name.text }, { span: name.span }));
  }
  for (const { name } of unusedDefines) {
    const { text, span } = name;
    // A name that is defined in no file comes from the command line: it was probably misspelt there.
    const isOfFile = declarations.defines.has(text) || [...declarations.sites.values()].some((site) => site.has(text));
    const advice = isOfFile ? {} : suggest(text, declarations.defines.keys());
    report(problem('unused-define', { name: text }, { span, ...advice }));
  }
};
