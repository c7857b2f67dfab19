import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StorageFault } from '../../../src/apply/result.ts';
import {
  giveSign,
  hasSign,
  isPending,
  lastSettlement,
  openJournal,
  readJournal,
  settleJournal,
} from '../../../src/store/journal.ts';
import { type StateDirectory, openStateDirectory } from '../../../src/store/state-directory.ts';
import { tableOf } from '../../support/tables.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

const place = { boot: 'b1', namespace: 'net:[1]', name: 'init' };
const before = tableOf({ 'tcp 192.0.2.1 port 80': { backends: { '10.0.0.1 port 80': {} } } });
const after = tableOf({ 'tcp 192.0.2.2 port 80': {} });

async function opened(): Promise<StateDirectory> {
  const directory = await openStateDirectory(join(await temporaryDirectory(), 'state'));
  await openJournal(directory, { place, command: 'apply', source: 'site.rules', before, after });
  return directory;
}

describe('a journal', () => {
  it('gives back what was put into it, until it is settled', async () => {
    const directory = await opened();
    expect(await isPending(directory)).toBe(true);
    const pending = await readJournal(directory);
    expect(pending).toMatchObject({
      before,
      after,
      header: { boot: 'b1', namespace: 'net:[1]', source: 'site.rules' },
    });
    await settleJournal(directory, 'applied');
    expect(await isPending(directory)).toBe(false);
    expect(await readJournal(directory)).toBeUndefined();
  });

  it('makes room for the next one when it is settled', async () => {
    const directory = await opened();
    await expect(
      openJournal(directory, { place, command: 'apply', source: 'next.rules', before, after }),
    ).rejects.toThrow('not settled');
    for (const settlement of ['applied', 'rolled-back'] as const) {
      await settleJournal(directory, settlement);
      expect(await lastSettlement(directory)).toBe(settlement);
      await openJournal(directory, { place, command: 'apply', source: 'next.rules', before, after });
    }
    expect((await readJournal(directory))?.header.source).toBe('next.rules');
  });

  it('replaces one that a crash left half written', async () => {
    const directory = await openStateDirectory(join(await temporaryDirectory(), 'state'));
    await (await directory.directory('pending.new')).write('before.json', '{');
    expect(await isPending(directory)).toBe(false);
    await openJournal(directory, { place, command: 'apply', source: 'site.rules', before, after });
    expect((await readJournal(directory))?.before).toEqual(before);
  });

  it('bears signs', async () => {
    const directory = await opened();
    expect(await hasSign(directory, 'confirmed')).toBe(false);
    await giveSign(directory, 'confirmed');
    expect(await hasSign(directory, 'confirmed')).toBe(true);
  });

  it.each(['header.json', 'before.json', 'after.json'])(
    'is refused if its %s is cut, changed or missing',
    async (name) => {
      const directory = await opened();
      const path = join(directory.path, 'pending', name);
      const text = await readFile(path, 'utf8');
      for (const damaged of [text.slice(0, -20), '', text.replace(/[0-9]/, 'x')]) {
        await writeFile(path, damaged);
        await expect(readJournal(directory)).rejects.toThrow(path);
        expect(await isPending(directory)).toBe(true);
      }
      await (await directory.directory('pending')).remove(name);
      await expect(readJournal(directory)).rejects.toBeInstanceOf(StorageFault);
    },
  );
});
