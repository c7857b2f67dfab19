/** Owns what the reading of one line may ask, and whom it tells. */

import type { Diagnostic } from '../../../grammar/text/diagnostic.ts';
import type { Address } from '../../../grammar/value/address.ts';

/** What host names mean. The compiler does no look-ups: it says which names it needs and is called again. */
export interface Names {
  /** The first IPv4 address of a name, which is the one that ipvsadm would take. */
  host(name: string): Address | undefined;
  /** The addresses are made up, so that a file can be judged where nobody can be asked. */
  readonly pretended?: true;
  /** Nobody is asked, so no name has an address. */
  readonly unasked?: true;
}

/** For a file that needs no names, and for the first round of one that does. */
export const noNames: Names = { host: () => undefined };

/** The surroundings of one line. */
export interface LineContext {
  readonly names: Names;
  /** Names that were asked for are added. */
  readonly neededNames: Set<string>;
  report(diagnostic: Diagnostic): void;
}
