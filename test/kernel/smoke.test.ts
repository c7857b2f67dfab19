/** Owns the proof that the ground holds: a kernel with IPVS, the real ipvsadm, namespaces that know nothing of each other. */

import { expect, test } from 'vitest';
import { namespace } from './support/namespace.ts';

test('the real ipvsadm writes and reads a table', async () => {
  const director = await namespace();
  const rules = '-A -t 192.0.2.1:80 -s mh\n-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 3\n';
  expect(await director.ipvsadm(['-R'], { input: rules })).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(await director.ipvsadm(['-S', '-n'])).toEqual({ status: 0, stdout: rules, stderr: '' });
});

test('a namespace knows nothing of the table of another one', async () => {
  const [left, right] = [await namespace(), await namespace()];
  expect((await left.ipvsadm(['-A', '-t', '192.0.2.1:80', '-s', 'rr'])).status).toBe(0);
  expect((await left.ipvsadm(['-S', '-n'])).stdout).toBe('-A -t 192.0.2.1:80 -s rr\n');
  expect((await right.ipvsadm(['-S', '-n'])).stdout).toBe('');
});

test('the kernel loads what a rule asks for, and refuses what it can not load', async () => {
  const director = await namespace();
  const schedulers = ['rr', 'wrr', 'lc', 'wlc', 'lblc', 'lblcr', 'dh', 'sh', 'mh', 'sed', 'nq', 'fo', 'ovf'];
  for (const [mark, scheduler] of schedulers.entries()) {
    const { stderr } = await director.ipvsadm(['-A', '-f', String(mark + 1), '-s', scheduler]);
    expect({ scheduler, stderr }).toEqual({ scheduler, stderr: '' });
  }
  const sip = ['-A', '-u', '192.0.2.1:5060', '-s', 'rr', '--pe', 'sip', '-p', '60'];
  expect((await director.ipvsadm(sip)).stderr).toBe('');
  expect((await director.ipvsadm(['-A', '--sctp-service', '192.0.2.1:80', '-s', 'rr'])).stderr).toBe('');
  const unknown = await director.ipvsadm(['-A', '-t', '192.0.2.2:80', '-s', 'none-such']);
  expect(unknown).toEqual({ status: 255, stdout: '', stderr: 'Scheduler or persistence engine not found\n' });
});
