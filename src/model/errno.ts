/** Owns the kernel's refusals: an errno by its name, with the operation that it answers. */

import type { Operation } from './operation.ts';

/** The symbol of an error number (errno-base.h), such as `ESRCH`. */
export type Errno = `E${string}`;

/** A writing command that the kernel did not execute. */
export interface Refusal {
  readonly operation: Operation;
  readonly errno: Errno;
}
