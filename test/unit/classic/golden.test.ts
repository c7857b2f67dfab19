import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openMemory } from '../../../src/kernel/memory.ts';
import { goldenNames } from '../../support/classic-names.ts';
import { runIpvsadm } from '../../support/classic-run.ts';

/** What ipvsadm 1.31 printed on Linux 6.1 after it had restored table.rules. */
function captured(name: string): string {
  return readFileSync(new URL(`../../golden/ipvsadm/table/${name}`, import.meta.url), 'utf8');
}

async function memoryKernel() {
  const memory = await openMemory();
  return () => Promise.resolve(memory);
}

async function restored() {
  const kernel = await memoryKernel();
  expect(await runIpvsadm(['-R'], { kernel, input: captured('table.rules') })).toEqual({
    status: 0,
    stdout: '',
    stderr: '',
  });
  return kernel;
}

describe('a restored table', () => {
  it.each([
    ['listing.txt', '-Ln'],
    ['service.txt', '-Ln -t 192.0.2.10:443'],
    ['stats.txt', '-Ln --stats'],
    ['stats-exact.txt', '-Ln --stats --exact'],
    ['rate.txt', '-Ln --rate'],
    ['thresholds.txt', '-Ln --thresholds'],
    ['persistent-conn.txt', '-Ln --persistent-conn'],
    ['tun-info.txt', '-Ln --tun-info'],
    ['save.txt', '-Sn'],
    ['timeout.txt', '-L --timeout'],
  ])('is printed as in %s', async (name, words) => {
    const kernel = await restored();
    expect(await runIpvsadm(words.split(' '), { kernel })).toEqual({ status: 0, stdout: captured(name), stderr: '' });
  });

  it('comes back from what was saved', async () => {
    const kernel = await restored();
    const { stdout: saved } = await runIpvsadm(['-Sn'], { kernel });
    const other = await memoryKernel();
    await runIpvsadm(['-R'], { kernel: other, input: saved });
    expect((await runIpvsadm(['-Sn'], { kernel: other })).stdout).toBe(saved);
  });

  it.each([
    ['names.txt', '-L'],
    ['save-names.txt', '-S'],
  ])('is printed with names as in %s', async (name, words) => {
    const kernel = await restored();
    const names = goldenNames();
    expect((await runIpvsadm([words], { kernel, names })).stdout).toBe(captured(name));
  });
});
