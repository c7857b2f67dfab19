/** Owns what a lint is. */

import type { Table } from '../../../model/table.ts';
import type { Declarations } from '../declarations.ts';
import type { Report } from '../report.ts';
import type { ResolvedConfig } from '../resolved.ts';
import type { Suggest } from '../suggestions.ts';
import type { Definition } from '../variables.ts';

/** Everything that a lint may look at. The configuration has no errors. */
export interface Linted {
  readonly config: ResolvedConfig;
  readonly table: Table;
  readonly declarations: Declarations;
  readonly usedPools: ReadonlySet<string>;
  readonly usedProfiles: ReadonlySet<string>;
  readonly unusedDefines: readonly Definition[];
  readonly suggest: Suggest;
}

/** Looks for what works and is probably not meant, and reports it as a warning or a note. */
export type Lint = (linted: Linted, report: Report) => void;
