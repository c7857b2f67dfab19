/** Owns what the kernel's settings have to do with a plan: what they make of its removals and drains. */

import type { Table } from '../../model/table.ts';
import { type Sysctls, type SysctlName, sysctlsThatMatter, templatesExpire, unusualText } from '../../model/sysctls.ts';
import { serviceId } from '../../model/service.ts';
import type { Change } from '../change.ts';

/** A setting that makes a plan do something else than people expect, or that would help it. */
export interface Remark {
  /** Below net.ipv4.vs. */
  readonly sysctl: SysctlName;
  readonly text: string;
}

/** Whether the change leaves a backend that was in use without new clients for some time, or for good. */
function quiesces(change: Change): boolean {
  if (change.kind === 'edit-destination')
    return change.after.settings.weight === 0 && change.before.settings.weight !== 0;
  return removes(change) && change.drain !== undefined;
}

function removes(change: Change): change is Extract<Change, { readonly drain?: number }> {
  return change.kind === 'remove-service' || change.kind === 'remove-destination';
}

function isPersistent(change: Change, { services }: Table): boolean {
  if (!('service' in change)) return false;
  const service = 'key' in change.service ? change.service : services.get(serviceId(change.service));
  return service?.settings.persistence !== undefined;
}

/** Which changes a setting has to do with, if it is not as usual. */
const concerns: Readonly<Partial<Record<SysctlName, (change: Change, observed: Table) => boolean>>> = {
  expire_nodest_conn: removes,
  expire_quiescent_template: (change, observed) => quiesces(change) && isPersistent(change, observed),
  conn_reuse_mode: quiesces,
};

/** What there is to say about changes to `observed` under these settings. */
export function remarksOn(changes: readonly Change[], observed: Table, sysctls: Sysctls): readonly Remark[] {
  const remarks = sysctlsThatMatter.flatMap((sysctl): readonly Remark[] => {
    const text = unusualText(sysctl, sysctls);
    const isConcerned = concerns[sysctl.name];
    const isSaid = text !== undefined && changes.some((change) => isConcerned?.(change, observed) === true);
    return isSaid ? [{ sysctl: sysctl.name, text }] : [];
  });
  const keepsTemplates = (change: Change): boolean => quiesces(change) && isPersistent(change, observed);
  if (templatesExpire(sysctls) !== false || !changes.some(keepsTemplates)) return remarks;
  const text = '0: persistent clients keep coming to a backend of weight 0 until their timeout';
  return [...remarks, { sysctl: 'expire_quiescent_template', text }];
}
