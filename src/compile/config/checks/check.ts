/** Owns what a check is. */

import type { Table } from '../../../model/table.ts';
import type { Report } from '../report.ts';
import type { ResolvedConfig } from '../resolved.ts';

/** Looks at a configuration and its table, and reports. */
export type Check = (config: ResolvedConfig, report: Report, table: Table) => void;
