/** Owns which settings of IPVS a command goes by: the running kernel's, or a memory kernel's. */

import { type Sysctls, usualSysctls } from '../model/sysctls.ts';
import type { Context } from './context.ts';

/** Those of this namespace; what can't be read is absent. A memory kernel has them as usual. */
export async function sysctlsOf({ options }: Context): Promise<Sysctls> {
  if (options.kernel?.kind === 'memory') return usualSysctls;
  const { readSysctlsThatMatter } = await import('../kernel/sysctls.ts');
  return readSysctlsThatMatter();
}
