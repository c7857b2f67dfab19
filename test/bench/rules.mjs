/** Owns the tables that the benchmarks load: by default 1,000 services with 9 backends each, 10,000 rules. */

/**
 * The table in ipvsadm's syntax, in the order of `ipvsadm -Sn`.
 *
 * @param {number} services up to 65,536
 * @param {number} backends of each of them, up to 254
 */
export function rules(services = 1000, backends = 9) {
  const lines = [];
  for (let index = 0; index < services; index++) {
    const service = `10.1.${index >> 8}.${index & 255}:80`;
    lines.push(`-A -t ${service} -s wlc`);
    for (let host = 1; host <= backends; host++) {
      lines.push(`-a -t ${service} -r 192.168.${index & 255}.${host}:8080 -m -w ${host * 10}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
