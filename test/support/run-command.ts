/** Owns a command line run inside the test's own process: its exit code and what it wrote. */

import { Readable, Writable } from 'node:stream';
import type { Host } from '../../src/cli/host.ts';
import { runModern } from '../../src/cli/modern.ts';

/** What a run left behind. */
export interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a run meets; a pipe without content and no terminal by default. */
export interface Surroundings {
  readonly directory: string;
  readonly stdin?: string | Readable;
  readonly env?: Host['env'];
  /** Whether the three streams are a terminal of this width. */
  readonly columns?: number;
}

/** A stream that keeps what is written to it. */
function collector(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}

/** Runs `ipvstx WORDS`. */
export async function runCommand(words: readonly string[], surroundings: Surroundings): Promise<Run> {
  const { directory, stdin = '', env = {}, columns } = surroundings;
  const [stdout, stderr] = [collector(), collector()];
  const terminal = columns === undefined ? {} : { isTTY: true, columns };
  const status = await runModern(words, {
    stdin: Object.assign(stdin instanceof Readable ? stdin : Readable.from([Buffer.from(stdin)]), terminal),
    stdout: Object.assign(stdout.stream, terminal),
    stderr: Object.assign(stderr.stream, terminal),
    env,
    directory,
  });
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}
