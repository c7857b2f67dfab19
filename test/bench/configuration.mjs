/** Owns a configuration of any size, written as people write them: pools, and services that use them. */

/**
 * @param {number} services each with 9 backends, which make 10 rules
 * @returns {string}
 */
export function configuration(services) {
  const parts = ['defaults { forward masq; scheduler wrr }\n'];
  for (let service = 0; service < services; service++) {
    const [high, low] = [service >> 8, service & 255];
    const members = Array.from(
      { length: 9 },
      (_, backend) => `  w${backend} 10.${high}.${low}.${backend + 1} weight ${backend + 1}\n`,
    );
    parts.push(`pool p${service} {\n${members.join('')}}\n`);
    parts.push(`service s${service} {\n  tcp 100.${high}.${low}.1 port 80\n  backends p${service} port 8080\n}\n`);
  }
  return parts.join('');
}
