/** Owns the settings of IPVS that only sysctl has (net.ipv4.vs.*), and what they mean to whoever changes a table. */

/** Values by the last part of their names: `expire_nodest_conn`. What could not be read is absent. */
export type Sysctls = ReadonlyMap<string, string>;

/** A setting that changes what the commands of this program do to traffic. */
export interface Sysctl {
  readonly name: string;
  /** As a namespace begins with (kernel reference, 6.1). */
  readonly usual: string;
  /** What another value means to somebody who drains or removes a backend, or reads a counter. */
  readonly otherwise: string;
}

/** All of them. */
export const sysctlsThatMatter = [
  {
    name: 'expire_nodest_conn',
    usual: '0',
    otherwise: 'connections of a removed backend are ended at once, and no rollback revives them',
  },
  { name: 'expire_quiescent_template', usual: '0', otherwise: 'weight 0 also ends persistence' },
  { name: 'conn_reuse_mode', usual: '1', otherwise: 'how a client port that is used again is dealt' },
  { name: 'conntrack', usual: '0', otherwise: 'connections are kept in netfilter, too' },
  { name: 'drop_entry', usual: '0', otherwise: 'connections are dropped when memory gets short' },
  { name: 'drop_packet', usual: '0', otherwise: 'packets are dropped when memory gets short' },
  { name: 'secure_tcp', usual: '0', otherwise: 'TCP has other timeouts when memory gets short' },
  { name: 'sloppy_tcp', usual: '0', otherwise: 'TCP connections are taken up in the middle' },
  { name: 'cache_bypass', usual: '0', otherwise: 'packets of marks without a backend go where they were sent' },
  { name: 'backup_only', usual: '0', otherwise: 'nothing is balanced while the backup daemon runs' },
  { name: 'run_estimation', usual: '1', otherwise: 'counters stand still' },
] as const satisfies readonly Sysctl[];

/** The name of one of {@link sysctlsThatMatter}. */
export type SysctlName = (typeof sysctlsThatMatter)[number]['name'];

/** As a namespace begins with, and a memory kernel stays. */
export const usualSysctls: Sysctls = new Map(sysctlsThatMatter.map(({ name, usual }) => [name, usual]));

/** Whether persistence templates of a backend of weight 0 end; undefined where that is not known. */
export function templatesExpire(sysctls: Sysctls): boolean | undefined {
  const value = sysctls.get('expire_quiescent_template' satisfies SysctlName);
  return value === undefined ? undefined : value !== '0';
}

/** `1, not 0: weight 0 also ends persistence`; undefined if the value is as usual, or not known. */
export function unusualText({ name, usual, otherwise }: Sysctl, sysctls: Sysctls): string | undefined {
  const value = sysctls.get(name);
  return value === undefined || value === usual ? undefined : `${value}, not ${usual}: ${otherwise}`;
}
