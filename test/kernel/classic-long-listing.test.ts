/** Owns the proof that a listing of many services, whose destinations come from /proc, is ipvsadm's. */

import { expect, test } from 'vitest';
import type { ListingPort } from '../../src/apply/port.ts';
import { runIpvsadm } from '../support/classic-run.ts';
import { namespace } from './support/namespace.ts';

const numbers = Array.from({ length: 12 }, (_, index) => index + 1);

/** Both families, all protocols, marks, each method that /proc tells all about, weights of all sizes. */
const plain = numbers.flatMap((n) => [
  `-A -t 192.0.2.${n}:80 -s wrr -p 600`,
  `-a -t 192.0.2.${n}:80 -r 10.0.0.${n}:8080 -m -w ${n ** 9 % 2 ** 31}`,
  `-a -t 192.0.2.${n}:80 -r 10.0.0.200:80 -g -w 0 -x 100 -y 50`,
  `-A -u [2001:db8::${n}]:53 -s sh -b sh-port -o`,
  `-a -u [2001:db8::${n}]:53 -r [2001:db8:1::${n}]:53 -m`,
  `-A --sctp-service 192.0.2.${n}:3868 -s rr`,
  `-A -f ${n * 150_000_000} ${n % 2 === 0 ? '-6 ' : ''}-s mh -b mh-fallback,mh-port`,
  `-a -f ${n * 150_000_000} ${n % 2 === 0 ? `-6 -r [2001:db8:2::${n}]` : `-r 10.0.2.${n}`}:0 -g`,
]);
const local = ['-A -t 192.0.2.99:80', '-a -t 192.0.2.99:80 -r 127.0.0.1:80 -m'];
const bothFamilies = ['-A -f 7 -s rr', '-A -f 7 -6 -s rr', '-a -f 7 -r 10.0.0.1:0 -g'];
const tunnels = ['-A -t 192.0.2.98:80', '-a -t 192.0.2.98:80 -r 10.0.0.1:80 -i --tun-type gue --tun-port 6080'];

test.each([
  ['that /proc tells all about', [...plain, ...local]],
  ['with a mark in both families', [...plain, ...bothFamilies]],
  ['with a tunnel', [...plain, ...tunnels]],
])('a table %s', async (_what, rules) => {
  const director = await namespace();
  await director.output('/usr/sbin/ipvsadm', ['-R'], { input: `${rules.join('\n')}\n` });
  const port = await director.port();
  const kernel = (): Promise<ListingPort> => Promise.resolve({ ...port, close: () => undefined });
  for (const words of ['-Ln --nosort', '-S -n', '-Ln --thresholds --nosort', '-Ln --stats --nosort']) {
    const there = await director.ipvsadm(words.split(' '));
    const here = await runIpvsadm(words.split(' '), { kernel });
    // ipvsadm sorts by differences that overflow.
    const lines = (text: string): readonly string[] => text.split('\n').sort();
    expect({ words, ...here, stdout: lines(here.stdout) }).toEqual({ words, ...there, stdout: lines(there.stdout) });
  }
});
