/** Owns the lock: one writer at a time for the table of one namespace. */

import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { StorageFault } from '../apply/result.ts';
import { cleanEnvironment } from './command.ts';
import { type StateDirectory, guarded } from './state-directory.ts';

/** A lock that is held. */
export interface Lock {
  /** The open file that carries it: whoever inherits it holds the lock, too. */
  readonly descriptor: number;
  release(): Promise<void>;
}

/** Who holds the lock, as far as the holder said. */
export interface Holder {
  readonly pid: number;
  readonly command: string;
  /** ISO 8601. */
  readonly since: string;
}

/** Somebody else has it. */
export interface Busy {
  readonly holder?: Holder;
}

const fileName = 'lock';

/** Keeps the files open: one that nobody refers to is closed by the garbage collector, and the lock with it. */
const held = new Set<FileHandle>();

/** What flock(1) says with its exit code if the lock is taken. Its own is 1, which also means failure. */
const takenCode = 75;

/**
 * Takes the lock, waiting up to `timeout` seconds for another holder. The lock belongs to the open file, which the
 * kernel closes when the last process that has it is gone, however it went; flock(1), which takes it for us, is gone
 * before this function returns. Rejects with a {@link StorageFault} if it is not there.
 */
export async function takeLock(directory: StateDirectory, command: string, timeout = 0): Promise<Lock | Busy> {
  const file = await directory.open(fileName, 'share');
  try {
    if (!(await flock(file, timeout))) {
      const busy = holderIn(await file.readFile('utf8'));
      await file.close();
      return busy;
    }
    const holder: Holder = { pid: process.pid, command, since: new Date().toISOString() };
    await guarded(join(directory.path, fileName), async () => {
      await file.truncate(0);
      await file.write(`${JSON.stringify(holder)}\n`, 0);
    });
    held.add(file);
    return {
      descriptor: file.fd,
      release: async () => {
        held.delete(file);
        await file.close();
      },
    };
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
}

/** Lets flock(1) lock our open file, which it gets as its standard input. */
async function flock({ fd }: FileHandle, timeout: number): Promise<boolean> {
  const wait = timeout > 0 ? ['--timeout', String(timeout)] : ['--nonblock'];
  const words = [...wait, '--conflict-exit-code', String(takenCode), '0'];
  const { spawn } = await import('node:child_process');
  const child = spawn('flock', words, { env: cleanEnvironment, stdio: [fd, 'ignore', 'ignore'] });
  const [code] = (await once(child, 'close').catch((error: unknown) => {
    throw new StorageFault("the lock can't be taken: flock can't be run", { cause: error });
  })) as [number | null];
  if (code === 0 || code === takenCode) return code === 0;
  throw new StorageFault(`the lock can't be taken: flock ended with ${code ?? 'a signal'}`);
}

/** The holder writes its name when it has the lock already: for a moment there may be none, or an old one. */
function holderIn(text: string): Busy {
  try {
    return { holder: JSON.parse(text) as Holder };
  } catch {
    return {};
  }
}
