/** Owns writing to a standard stream: an error there is an error of the command, never lost and never a stack trace. */

import { visible } from '../render/visible.ts';
import { Failure, systemErrorText } from './failure.ts';

/** Where a command writes. On a terminal it knows that, and its size. */
export interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  /** `done` is told when all of it is written, or why that is impossible. */
  write(text: string | Uint8Array, done: (error?: Error | null) => void): void;
}

/** Writes all of `text`, or rejects with the system's error. */
export function writeAll(output: Output, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    if (text.length === 0) return resolve();
    return output.write(text, (error) => (error === null || error === undefined ? resolve() : reject(error)));
  });
}

/** Characters that are written together, if there are so many. */
const longPiece = 32_768;

/** Writes a text that may be in pieces, which are put together a few at a time. */
export async function writePieces(output: Output, text: string | readonly string[] | Uint8Array): Promise<void> {
  if (typeof text === 'string' || text instanceof Uint8Array) return writeAll(output, text);
  let waiting: string[] = [];
  let length = 0;
  for (const piece of text) {
    waiting.push(piece);
    length += piece.length;
    if (length < longPiece) continue;
    await writeAll(output, waiting.join(''));
    waiting = [];
    length = 0;
  }
  return writeAll(output, waiting.join(''));
}

/** Writes a command's result; fails the command if that is impossible, as when the disk is full or the reader gone. */
export async function writeResult(stdout: Output, text: string): Promise<void> {
  try {
    await writeAll(stdout, text);
  } catch (error) {
    throw new Failure('error', `can't write to standard output: ${systemErrorText(error)}`, undefined, {
      cause: error,
    });
  }
}

/** Writes what is said beside the result. Nothing may fail because nobody listens, least of all a transaction. */
export async function writeNote(stderr: Output, text: string): Promise<void> {
  try {
    await writeAll(stderr, text);
  } catch {
    // There is no other place to say it.
  }
}

/** Says why something could not be done, and what to do about it. */
export function writeFailure(stderr: Output, { message, suggestion }: Failure): Promise<void> {
  const help = suggestion === undefined ? '' : `help: ${visible(suggestion)}\n`;
  return writeNote(stderr, `ipvstx: ${visible(message)}\n${help}`);
}
