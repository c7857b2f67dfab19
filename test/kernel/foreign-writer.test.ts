/** Owns the proof that a run beside another writer says so, and never takes back what that one did without saying it. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { namespace } from './support/namespace.ts';

const table = (weight: number): string => `-A -t 192.0.2.1:80 -s wrr
-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w ${weight}
-a -t 192.0.2.1:80 -r 10.0.0.2:80 -m -w ${weight}
`;

interface Writer {
  readonly what: string;
  /** A shell command that writes once; $i counts. It fails if what it wrote before is not as it left it. */
  readonly write: string;
  /** What its last writing leaves in the table. */
  readonly leaves?: (count: number) => string;
}

const writers: readonly Writer[] = [
  {
    what: 'creates and removes a service of its own',
    write: 'ipvsadm -A -t 203.0.113.9:99 -s rr && ipvsadm -D -t 203.0.113.9:99',
  },
  {
    what: 'sets the weight of a backend that the run sets, too',
    write: 'ipvsadm -e -t 192.0.2.1:80 -r 10.0.0.2:80 -m -w $((100 + i))',
    leaves: (count) => `-a -t 192.0.2.1:80 -r 10.0.0.2:80 -m -w ${100 + count}\n`,
  },
  {
    what: 'adds backends to a service of the run',
    write: 'ipvsadm -a -t 192.0.2.1:80 -r 10.1.$((i / 256)).$((i % 256)):80 -m -w 7',
    leaves: (count) => `-a -t 192.0.2.1:80 -r 10.1.${count >> 8}.${count & 255}:80 -m -w 7\n`,
  },
];

/** Seconds between two writings, and how the run goes: some fall between two readings, some into the middle of it. */
const rhythms = [
  { rest: 0, words: [] },
  { rest: 0.3, words: ['--no-rehearse'] },
] as const;

/** How a run may end, and what it then says. */
const says: Readonly<Record<number, string>> = {
  0: 'applied and verified',
  1: 'another program is writing to it',
  4: 'was changed by another program after the plan was made',
  7: 'was changed by another program during the run',
};

test.each(writers)('another program $what in a loop', async ({ write, leaves = () => '' }) => {
  for (const { rest, words } of rhythms) {
    const director = await namespace();
    const directory = await mkdtemp('/run/writer-');
    const apply = (weight: number) =>
      director.ipvstx(['apply', '-', '--own', 'declared', '--yes', '--state-dir', `${directory}/state`, ...words], {
        input: table(weight),
      });
    expect(await apply(1)).toMatchObject({ status: 0 });
    const stop = `${directory}/stop`;
    const loop = `i=0
      while [ ! -e ${stop} ]; do i=$((i + 1)); { ${write}; } || echo "lost $i"; sleep ${rest}; done; echo $i`;
    const writer = director.run('sh', ['-c', loop]);
    await pause(100);
    const { status, stderr } = await apply(5);
    const afterwards = (await director.ipvsadm(['-Sn'])).stdout;
    // What was there before the run may have been in its plan; the next writing is behind it.
    await pause(1000 * rest + 500);
    await writeFile(stop, '');
    const count = Number((await writer).stdout);
    expect(count).toBeGreaterThan(0);
    // Neither a half table, nor anything of the other one lost.
    const own = afterwards.match(/-r 10\.0\.0\.1:80 -m -w (\d+)/)?.[1];
    expect({ status, stderr, own }).toEqual({ status, stderr, own: status === 0 ? '5' : '1' });
    expect(stderr).toContain(says[status] ?? `a reason to end with ${status}`);
    expect((await director.ipvsadm(['-Sn'])).stdout).toContain(leaves(count));
    await rm(directory, { recursive: true });
  }
});
