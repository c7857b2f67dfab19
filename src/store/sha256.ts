/** Owns the digest of everything that is kept on disk, and of fingerprints. */

import type { Digest } from '../plan/fingerprint.ts';
import { crypto } from './crypto.ts';

/** SHA-256 of a text as UTF-8, in hexadecimal digits. */
export const sha256: Digest = (text) => crypto().createHash('sha256').update(text).digest('hex');
