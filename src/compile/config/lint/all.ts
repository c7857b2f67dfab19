/** Owns the list of lints. */

import { lintFamilies } from './families.ts';
import { lintHashDrain } from './hash-drain.ts';
import type { Lint } from './lint.ts';
import { lintRepeatedBackend } from './repeated-backend.ts';
import { lintShadowingName } from './shadowing-name.ts';
import { lintShortPersistence } from './short-persistence.ts';
import { lintUnsaidForwarding } from './unsaid-forwarding.ts';
import { lintUnused } from './unused.ts';
import { lintWeights } from './weights.ts';

/** In the order in which they look; the diagnostics are sorted by place afterwards. */
export const lints: readonly Lint[] = [
  lintWeights,
  lintFamilies,
  lintHashDrain,
  lintShortPersistence,
  lintRepeatedBackend,
  lintUnused,
  lintShadowingName,
  lintUnsaidForwarding,
];
