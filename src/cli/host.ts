/** Owns what a command may touch of its process, so that a test can run one inside another process. */

import process from 'node:process';
import type { Readable } from 'node:stream';
import type { Output } from './output.ts';
import { StandardOutput } from './standard-output.ts';

/** The surroundings of a command. */
export interface Host {
  readonly stdin: Readable & { readonly isTTY?: boolean | undefined };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths begin. */
  readonly directory: string;
}

/** This process. Node opens standard input when it is first asked for, which takes time. */
export function ownHost(): Host {
  return {
    get stdin() {
      return process.stdin;
    },
    stdout: new StandardOutput(1),
    stderr: new StandardOutput(2),
    env: process.env,
    get directory() {
      return process.cwd();
    },
  };
}
