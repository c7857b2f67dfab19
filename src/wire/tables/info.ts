/** Owns what GET_INFO answers (IPVS_INFO_ATTR_*): its attributes lie at the top of the message, with numbers of their own. */

import { attributeTable, type ValueOf } from '../attribute.ts';
import { u32 } from '../attribute-types.ts';

/** The two facts about IPVS itself. */
export const infoAttributes = attributeTable({
  version: [1, u32],
  connectionTableSize: [2, u32],
});

/** The version number 0x010201 as `1.2.1`, and the buckets of the connection table. */
export function infoToModel({ version = 0, connectionTableSize = 0 }: ValueOf<typeof infoAttributes>): {
  readonly version: string;
  readonly connectionTableSize: number;
} {
  const parts = [version >>> 16, (version >>> 8) & 0xff, version & 0xff];
  return { version: parts.join('.'), connectionTableSize };
}
