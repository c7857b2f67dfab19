/** Owns the digest that tests make fingerprints with: the same as the program's. */

import { createHash } from 'node:crypto';
import type { Digest } from '../../src/plan/fingerprint.ts';

export const digest: Digest = (text) => createHash('sha256').update(text).digest('hex');
