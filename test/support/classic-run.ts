/** Owns running the ipvsadm front end inside a test, with everything that it would say to its process kept. */

import { Readable, Writable } from 'node:stream';
import type { ListingPort } from '../../src/apply/port.ts';
import { runClassic } from '../../src/cli/classic/main.ts';
import { type NameService, openNames } from '../../src/cli/classic/names.ts';

/** What a run may be given beside its words. */
export interface ClassicRunOptions {
  readonly kernel?: () => Promise<ListingPort>;
  readonly input?: string | Uint8Array;
  readonly connections?: () => Promise<string>;
  readonly names?: NameService;
  readonly env?: Readonly<Record<string, string>>;
  /** The name by which the program was called. */
  readonly program?: string;
}

/** /proc/net/ip_vs_conn without an entry. */
const emptyConnectionTable = 'Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData\n';

/** How a run ended: the shape of a process's end in the kernel tests. */
export interface ClassicRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A stream that keeps what is written to it. */
function collector(): { readonly stream: Writable; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}

/** One call of the front end in this process. */
export async function runIpvsadm(words: readonly string[], options: ClassicRunOptions = {}): Promise<ClassicRun> {
  const { input = '', env = {}, names = openNames(), program = 'ipvsadm' } = options;
  const [stdout, stderr] = [collector(), collector()];
  const status = await runClassic(program, words, {
    stdin: Readable.from([Buffer.from(input)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env,
    directory: '/',
    openKernel: options.kernel ?? (() => Promise.reject(new Error('this test has no kernel'))),
    readConnections: options.connections ?? (() => Promise.resolve(emptyConnectionTable)),
    names,
  });
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}
