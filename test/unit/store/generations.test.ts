import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type GenerationInfo, openGenerations } from '../../../src/store/generations.ts';
import { type StateDirectory, openStateDirectory } from '../../../src/store/state-directory.ts';
import { tableOf } from '../../support/tables.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

const state = async (): Promise<StateDirectory> => openStateDirectory(join(await temporaryDirectory(), 'state'));

const info: Omit<GenerationInfo, 'number'> = {
  time: '2026-01-02T03:04:05.000Z',
  user: 'root',
  command: 'apply',
  source: 'site.rules',
  git: { commit: '4b1e0c9', dirty: true },
  fingerprint: '7f3c91aa',
  transaction: 'id',
};
const table = tableOf({ 'udp 192.0.2.1 port 53': { backends: { '10.0.0.1 port 53': { weightIsInitial: true } } } });

describe('the history', () => {
  it('is empty at first', async () => {
    const generations = await openGenerations(await state());
    expect(await generations.last()).toBeUndefined();
    expect(await generations.list()).toEqual([]);
    await expect(generations.table(1)).rejects.toThrow('there is no generation 1');
  });

  it('gives back what was added, in a later process, too', async () => {
    const directory = await state();
    const generations = await openGenerations(directory);
    const { git: _git, ...plain } = info;
    expect(await generations.add(info, table)).toBe(0);
    expect(await generations.add(plain, tableOf({}))).toBe(1);
    const later = await openGenerations(directory);
    expect(await later.list()).toEqual([
      { number: 0, ...info },
      { number: 1, ...plain },
    ]);
    expect(await later.last()).toEqual({ number: 1, ...plain });
    expect(await later.table(0)).toEqual(table);
  });

  it('keeps the last 100, and goes on counting', async () => {
    const directory = await state();
    const generations = await openGenerations(directory);
    for (let number = 0; number < 103; number++) expect(await generations.add(info, tableOf({}))).toBe(number);
    const numbers = (await generations.list()).map(({ number }) => number);
    expect([numbers.length, numbers[0], numbers.at(-1)]).toEqual([100, 3, 102]);
    expect(await (await directory.directory('generations')).list()).toHaveLength(200);
  });

  it('does not have a generation whose information was not written', async () => {
    const directory = await state();
    const generations = await openGenerations(directory);
    await (await directory.directory('generations')).write('0.table.json', '{}');
    expect(await generations.last()).toBeUndefined();
    await generations.add(info, table);
    expect(await generations.table(0)).toEqual(table);
  });

  it('says which one can not be read', async () => {
    const directory = await state();
    const generations = await openGenerations(directory);
    await generations.add(info, table);
    await (await directory.directory('generations')).write('0.table.json', '{');
    await expect(generations.table(0)).rejects.toThrow("generation 0 can't be read");
  });
});
