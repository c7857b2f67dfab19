/** Owns what a command may touch of its process, so that a test can run one inside another process. */

import process from 'node:process';
import type { Readable, Writable } from 'node:stream';

/** A standard stream: on a terminal it knows that, and its size. */
type Terminal<Stream> = Stream & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
};

/** The surroundings of a command. */
export interface Host {
  readonly stdin: Terminal<Readable>;
  readonly stdout: Terminal<Writable>;
  readonly stderr: Terminal<Writable>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths begin. */
  readonly directory: string;
}

/** This process. Node opens a standard stream when it is first asked for, which takes time. */
export function ownHost(): Host {
  return {
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return process.stdout;
    },
    get stderr() {
      return process.stderr;
    },
    env: process.env,
    get directory() {
      return process.cwd();
    },
  };
}
