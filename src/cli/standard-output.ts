/** Owns writing to the standard streams of this process, at once: Node's own streams take longer to make than a listing. */

import { fstatSync, writeSync } from 'node:fs';
import process from 'node:process';
import type { Output } from './output.ts';

const streams = { 1: () => process.stdout, 2: () => process.stderr } as const;

/** Milliseconds until a reader that is behind gets another look. */
const patience = 2;

/** Somebody else may have made the pipe that does not wait. */
function waitForReader(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, patience);
}

/** Writes all of it, or throws the system's error. */
function writeWhole(descriptor: 1 | 2, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      waitForReader();
    }
  }
}

/** Standard output (1) or standard error (2). */
export class StandardOutput implements Output {
  readonly #descriptor: 1 | 2;

  constructor(descriptor: 1 | 2) {
    this.#descriptor = descriptor;
  }

  write(text: string | Uint8Array, done: (error?: Error) => void): void {
    try {
      writeWhole(this.#descriptor, typeof text === 'string' ? Buffer.from(text) : text);
    } catch (error) {
      return done(error as Error);
    }
    return done();
  }

  get isTTY(): boolean {
    // A terminal is one of these; whether this one is, Node finds out.
    return fstatSync(this.#descriptor).isCharacterDevice() && streams[this.#descriptor]().isTTY;
  }

  get columns(): number | undefined {
    return this.isTTY ? streams[this.#descriptor]().columns : undefined;
  }

  get rows(): number | undefined {
    return this.isTTY ? streams[this.#descriptor]().rows : undefined;
  }
}
