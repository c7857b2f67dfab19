/** Owns the proof of the one warning that a kernel of today does not bring about: ipvsadm's own words, in its place. */

import { expect, test } from 'vitest';
import { openMemory } from '../../../src/kernel/memory.ts';
import { runIpvsadm } from '../../support/classic-run.ts';

const listing = async (version: string) => {
  const port = await openMemory();
  const info = async () => ({ ...(await port.info()), version });
  return runIpvsadm(['-S'], { kernel: () => Promise.resolve({ ...port, info }) });
};

test.each(['1.1.3', '1.0.9', '0.9.9'])('IPVS %s is warned of, and the call goes on', async (version) => {
  expect(await listing(version)).toEqual({
    status: 0,
    stdout: '',
    stderr: `Warning: IPVS version mismatch: \n  Kernel compiled with IPVS version ${version}\n  ipvsadm v1.31  requires minimum IPVS version 1.1.4\n\n`,
  });
});

test.each(['1.1.4', '1.2.1', '2.0.0'])('IPVS %s is not', async (version) => {
  expect(await listing(version)).toEqual({ status: 0, stdout: '', stderr: '' });
});
