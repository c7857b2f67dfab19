/** Owns when Node's cryptography is loaded: by whoever needs it first, as it takes longer than many a command. */

import type * as Crypto from 'node:crypto';
import process from 'node:process';

/** The module node:crypto. */
export function crypto(): typeof Crypto {
  return process.getBuiltinModule('node:crypto');
}
