import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExitStatus, exitStatuses } from '../../../src/cli/exit.ts';
import { type Run, type Surroundings, runCommand } from '../../support/run-command.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ipvstx-exit-'));
  writeFileSync(join(directory, 'one.rules'), '-A -t 192.0.2.1:80 -s rr\n-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m\n');
  writeFileSync(join(directory, 'two.rules'), '-A -t 192.0.2.2:80 -s rr\n');
  writeFileSync(join(directory, 'bad.rules'), '-A -t 192.0.2.1\n');
  writeFileSync(join(directory, 'refused.rules'), '-A -t 192.0.2.1:80 -s rr\n-A -t 192.0.2.2:80 -s none-such\n');
});

afterEach(() => rmSync(directory, { recursive: true }));

function run(line: string, surroundings: Omit<Surroundings, 'directory'> = {}): Promise<Run> {
  return runCommand([...line.split(' '), '--kernel', 'memory:kernel.json'], { directory, ...surroundings });
}

/** Every status that a command can end with, and a line that ends so; 8 and 10 need a kernel that fails, 11 one with connections. */
const endings: Readonly<Partial<Record<ExitStatus, string>>> = {
  done: 'plan one.rules',
  error: 'plan missing.rules',
  differences: 'plan one.rules --detailed-exitcode',
  invalid: 'plan bad.rules',
  refused: 'restore one.rules --max-deletes 0',
  'rolled-back': 'restore refused.rules',
  usage: 'plan one.rules two.rules',
};

describe('exit codes', () => {
  it('have one meaning each', () => {
    const codes = Object.values(exitStatuses).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 64]);
  });

  it.each(Object.entries(endings) as [ExitStatus, string][])('%s: ipvstx %s', async (status, line) => {
    expect(await run('restore two.rules')).toMatchObject({ status: 0 });
    expect((await run(line)).status).toBe(exitStatuses[status].code);
  });
});

describe('apply on a terminal', () => {
  const terminal = { columns: 80 };

  it('shows the plan, asks, and applies on a yes', async () => {
    const { status, stderr } = await run('apply one.rules --no-color', { ...terminal, stdin: 'y\n' });
    expect(stderr).toMatch(
      /^Live .*\n[^]*\+ service tcp 192\.0\.2\.1 port 80[^]*\nApply this plan\? \[y\/N\] applied and/,
    );
    expect(status).toBe(0);
    expect((await run('save')).stdout).toContain('-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 1\n');
  });

  it('changes nothing on anything else, and says so', async () => {
    for (const stdin of ['\n', 'n\n', '']) {
      const { status, stderr } = await run('apply one.rules', { ...terminal, stdin });
      expect(stderr).toContain('not applied: nothing was changed\n');
      expect(status).toBe(1);
    }
    expect((await run('save')).stdout).not.toContain('-A');
  });

  it('takes a signal for a no', async () => {
    const stdin = new Readable({ read: () => void process.emit('SIGTERM', 'SIGTERM') });
    const { status, stderr } = await run('apply one.rules', { ...terminal, stdin });
    expect(stderr).toContain('not applied: nothing was changed\n');
    expect(status).toBe(1);
  });

  it('asks nothing where there is nothing to do', async () => {
    await run('restore one.rules');
    expect(await run('apply one.rules', { ...terminal, stdin: '' })).toMatchObject({
      status: 0,
      stderr: 'nothing to do: the table is as desired\n',
    });
  });

  it('does not apply a plan of a table that has changed while it was looked at', async () => {
    await run('restore two.rules');
    const kernel = join(directory, 'kernel.json');
    const before = readFileSync(kernel, 'utf8');
    async function* changeThenAgree() {
      writeFileSync(kernel, before.replace('192.0.2.2', '192.0.2.9'));
      yield Buffer.from('y\n');
    }
    const { status, stderr } = await run('apply one.rules', { ...terminal, stdin: Readable.from(changeThenAgree()) });
    expect(stderr).toContain('service tcp 192.0.2.9 port 80 was changed by another program after the plan was made');
    expect(status).toBe(4);
    expect(readFileSync(kernel, 'utf8')).toContain('192.0.2.9');
  });
});
