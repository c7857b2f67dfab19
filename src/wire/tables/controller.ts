/** Owns the question for a family's id, which generic netlink's controller answers (CTRL_CMD_GETFAMILY). */

import { attributeTable } from '../attribute.ts';
import { text, u16 } from '../attribute-types.ts';

/** CTRL_CMD_GETFAMILY. */
export const getFamilyCommand = 3;

/** The name by which IPVS registers (IPVS_GENL_NAME). */
export const ipvsFamilyName = 'IPVS';

/** CTRL_ATTR_*: the name is asked by, the id is the answer. It says more, which nobody needs. */
export const controllerAttributes = attributeTable({
  id: [1, u16],
  name: [2, text],
});
