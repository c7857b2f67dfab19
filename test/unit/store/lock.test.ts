import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { type Busy, type Lock, takeLock } from '../../../src/store/lock.ts';
import { type StateDirectory, openStateDirectory } from '../../../src/store/state-directory.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

const state = async (): Promise<StateDirectory> => openStateDirectory(join(await temporaryDirectory(), 'state'));

function taken(lock: Lock | Busy): Lock {
  if (!('descriptor' in lock)) throw new Error('the lock is not free');
  return lock;
}

describe('the lock', () => {
  it('is held by one at a time, and names who holds it', async () => {
    const directory = await state();
    const first = taken(await takeLock(directory, 'apply site.rules'));
    expect(await takeLock(directory, 'restore')).toMatchObject({
      holder: { pid: process.pid, command: 'apply site.rules' },
    });
    await first.release();
    const second = taken(await takeLock(directory, 'restore'));
    expect(await takeLock(directory, 'apply')).toMatchObject({ holder: { command: 'restore' } });
    await second.release();
  });

  it('is waited for as long as it is said', async () => {
    const directory = await state();
    const first = taken(await takeLock(directory, 'apply'));
    const second = takeLock(directory, 'restore', 20);
    expect(await Promise.race([second, Promise.resolve('waiting')])).toBe('waiting');
    await first.release();
    await taken(await second).release();
  });

  it('is free again when its process is killed, and as long as one that inherited it lives it is not', async () => {
    const directory = await state();
    const lock = taken(await takeLock(directory, 'apply'));
    // The shell has the lock's file open before it says so, and then waits for input that never comes.
    const child = spawn('sh', ['-c', 'echo; exec cat'], { stdio: ['pipe', 'pipe', 'ignore', lock.descriptor] });
    if (child.stdout === null) throw new Error('no output to read');
    await once(child.stdout, 'data');
    await lock.release();
    expect('descriptor' in (await takeLock(directory, 'restore'))).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'close');
    await taken(await takeLock(directory, 'restore')).release();
  });

  it('does not need a holder who said who it is', async () => {
    const directory = await state();
    const file = await directory.open('lock', 'share');
    const child = spawn('flock', ['0'], { stdio: [file.fd, 'ignore', 'ignore'] });
    await once(child, 'close');
    expect(await takeLock(directory, 'apply')).toEqual({});
    await file.close();
  });
});
