/** Owns the proof that the end of a pending transaction harms nobody else, and that a look at it ends nothing. */

import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { emptyTable } from '../../../src/model/table.ts';
import { holdState } from '../../../src/store/hold.ts';
import { openJournal } from '../../../src/store/journal.ts';
import { runCommand } from '../../support/run-command.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

const web = '-A -t 192.0.2.10:80 -s rr\n-a -t 192.0.2.10:80 -r 10.0.0.1:80 -m\n';

test('a process that has the number of a dead run is neither told to stop nor waited for', async () => {
  const directory = await temporaryDirectory();
  const run = (...words: readonly string[]) => runCommand([...words, '--kernel', 'memory:k'], { directory });
  await writeFile(join(directory, 'web.rules'), web);
  expect(await run('apply', 'web.rules', '--yes', '--quiet')).toMatchObject({ status: 0 });

  // What a run leaves that was killed behind its journal, and in front of its first batch.
  const place = { boot: 'memory', namespace: `memory:${join(directory, 'k')}`, name: 'memory' };
  const held = await holdState({ stateDirectory: join(directory, 'k.state'), place, command: 'apply' });
  if (!('lock' in held)) throw new Error('the lock is not free');
  await openJournal(held.directory, { place, command: 'apply', source: 's', before: emptyTable, after: emptyTable });
  await held.lock.release();
  const other = spawn('sleep', ['60']);
  onTestFinished(() => void other.kill());
  const header = join(directory, 'k.state/memory/pending/header.json');
  const text = await readFile(header, 'utf8');
  await writeFile(header, text.replace(/"pid": *\d+/, `"pid": ${other.pid}`));

  const shown = await run('rollback', '--plan');
  expect(shown).toMatchObject({ status: 0 });
  expect(shown.stdout).toContain('the table in front of the pending transaction: apply');
  expect(await readFile(header, 'utf8')).toContain(`"pid": ${other.pid}`);

  // One of an earlier boot is not undone, and not shown as if it were.
  const changed = await readFile(header, 'utf8');
  await writeFile(header, changed.replace('"boot": "memory"', '"boot": "earlier"'));
  expect(await run('rollback', '--plan')).toMatchObject({ status: 1, stdout: '' });
  await writeFile(header, changed);

  const began = performance.now();
  expect((await run('rollback')).stderr).toContain('recovered: ');
  expect(performance.now() - began).toBeLessThan(20_000);
  expect([other.exitCode, other.signalCode]).toEqual([null, null]);
});

test('whoever is asked sees what about, also with --quiet', async () => {
  const directory = await temporaryDirectory();
  await writeFile(join(directory, 'web.rules'), web);
  const words = ['apply', 'web.rules', '--quiet', '--kernel', 'memory:k'];
  const { stderr } = await runCommand(words, { directory, stdin: 'n\n', columns: 80 });
  expect(stderr).toMatch(/192\.0\.2\.10 port 80[^]*Apply this plan\?/);
});

test('the name of a file forges no line, and steers no terminal', async () => {
  const directory = await temporaryDirectory();
  const name = 'a\n   9  \u001B[31mb.rules';
  await writeFile(join(directory, name), web);
  const run = (...words: readonly string[]) => runCommand([...words, '--kernel', 'memory:k'], { directory });
  expect((await run('check', name)).stderr).toBe('a<U+000A>   9  <U+001B>[31mb.rules: 1 service, 1 backend\n');
  await run('apply', name, '--yes', '--quiet');
  const { stdout } = await run('history');
  expect(stdout).toContain('apply a<U+000A>   9  <U+001B>[31mb.rules');
  expect(stdout.trimEnd().split('\n')).toHaveLength(2);
});
