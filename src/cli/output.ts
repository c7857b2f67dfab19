/** Owns writing to a standard stream: an error there is an error of the command, never lost and never a stack trace. */

import type { Writable } from 'node:stream';
import { visible } from '../render/visible.ts';
import { Failure, systemErrorText } from './failure.ts';

/** Writes all of `text`, or rejects with the system's error. */
export function writeAll(stream: Writable, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    if (text.length === 0) return resolve();
    // Node reports a failed write twice, to the callback and as an event; an event without a listener ends the process.
    const ignore = (): void => undefined;
    stream.on('error', ignore);
    return stream.write(text, (error) => {
      // The event follows the callback, so the listener must outlive it.
      setImmediate(() => stream.off('error', ignore));
      if (error === null || error === undefined) resolve();
      else reject(error);
    });
  });
}

/** Writes a command's result; fails the command if that is impossible, as when the disk is full or the reader gone. */
export async function writeResult(stdout: Writable, text: string): Promise<void> {
  try {
    await writeAll(stdout, text);
  } catch (error) {
    throw new Failure('error', `can't write to standard output: ${systemErrorText(error)}`, undefined, {
      cause: error,
    });
  }
}

/** Writes what is said beside the result. Nothing may fail because nobody listens, least of all a transaction. */
export async function writeNote(stderr: Writable, text: string): Promise<void> {
  try {
    await writeAll(stderr, text);
  } catch {
    // There is no other place to say it.
  }
}

/** Says why something could not be done, and what to do about it. */
export function writeFailure(stderr: Writable, { message, suggestion }: Failure): Promise<void> {
  const help = suggestion === undefined ? '' : `help: ${visible(suggestion)}\n`;
  return writeNote(stderr, `ipvstx: ${visible(message)}\n${help}`);
}
