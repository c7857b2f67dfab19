/** Owns the proof that rules mean to the compiler what they mean to ipvsadm, in both directions, on the real kernel. */

import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseRules } from '../../grammar/parser/parse-rules.ts';
import { hasErrors } from '../../grammar/text/diagnostic.ts';
import { parseIpv4 } from '../../grammar/value/address.ts';
import type { KernelPort } from '../../src/apply/port.ts';
import { type CompiledRules, compileRules } from '../../src/compile/rules/compile-rules.ts';
import type { Names } from '../../src/compile/rules/context.ts';
import { rulesFromTable } from '../../src/compile/rules/from-table.ts';
import type { Table } from '../../src/model/table.ts';
import { kernelDefaultTimeouts } from '../../src/model/timeouts.ts';
import { diffTables } from '../../src/plan/diff.ts';
import { loopbackEnvironment } from '../../src/simulate/environment.ts';
import { table as anyTable } from '../support/arbitrary.ts';
import { cornerLines } from '../support/rules-corners.ts';
import { rulesLine } from '../support/rules-lines.ts';
import { type IpvsadmShell, openIpvsadmShell } from './support/ipvsadm-shell.ts';
import { type Namespace, openNamespace } from './support/namespace.ts';

/** What a namespace starts with. */
const fresh: Table = {
  services: new Map(),
  timeouts: kernelDefaultTimeouts,
  daemons: { master: 'stopped', backup: 'stopped' },
};

/** What /etc/hosts of the test kernel knows. */
const names: Names = { host: (name) => (name === 'localhost' ? parseIpv4('127.0.0.1') : undefined) };

let namespace: Namespace;
let kernel: KernelPort;
let ipvsadm: IpvsadmShell;

beforeAll(async () => {
  namespace = await openNamespace();
  kernel = await namespace.port();
  ipvsadm = openIpvsadmShell(namespace);
});

afterAll(async () => {
  ipvsadm.close();
  await namespace.close();
});

/** The table of the namespace after it was set back to how it began. */
async function startOver(): Promise<Table> {
  await kernel.execute([
    { kind: 'flush' },
    { kind: 'stop-daemon', role: 'master' },
    { kind: 'stop-daemon', role: 'backup' },
    { kind: 'set-timeouts', timeouts: kernelDefaultTimeouts },
  ]);
  return fresh;
}

async function live(): Promise<Table> {
  return (await kernel.dump()).table;
}

/** Destinations in their order, which decides how hashing schedulers deal, and which a difference ignores. */
function listOrders({ services }: Table): readonly string[] {
  return Array.from(services, ([id, { destinations }]) => [id, ...destinations.keys()].join(' > ')).sort();
}

/** What is different in two tables; nothing if they are the same. */
function differences(left: Table, right: Table): unknown {
  const changes = diffTables(left, right).map(({ kind }) => kind);
  return { changes, lists: listOrders(left) };
}

/** What a rule file may have beyond ipvsadm. */
const extensions: ReadonlySet<string> = new Set(['negative-mark', 'flags-without-value']);

/** Gives each line to both; the answer tells how many both accepted. */
async function expectSameMeaning(lines: readonly string[]): Promise<number> {
  let accepted = 0;
  let base = await startOver();
  for (const text of lines) {
    const source = { name: 'line', text };
    const compiled: CompiledRules = compileRules(parseRules(source), { base, environment: loopbackEnvironment, names });
    if (compiled.diagnostics.some(({ code }) => extensions.has(code))) continue;
    const { status, stderr } = await ipvsadm.run(['-R'], `${text}\n`);
    const isValid = !hasErrors(compiled.diagnostics);
    const codes = compiled.diagnostics.map(({ code }) => code);
    const next = compiled.value ?? base;
    const table = await live();
    expect({ text, stderr, codes, isValid, ...(differences(table, next) as object) }).toEqual({
      text,
      stderr,
      codes,
      isValid: status === 0,
      changes: [],
      lists: listOrders(next),
    });
    accepted += Number(isValid);
    base = next;
  }
  return accepted;
}

test('lines at the corners of its reading', { timeout: 300_000 }, async () => {
  expect(await expectSameMeaning(cornerLines)).toBeGreaterThan(100);
});

test('random lines, most of them nearly right', { timeout: 300_000 }, async () => {
  const lines = fc.sample(rulesLine, { seed: 7, numRuns: 400 });
  expect(await expectSameMeaning(lines)).toBeGreaterThan(60);
});

test('a file with every kind of white space, and without a last newline', async () => {
  const text = [
    'ipvsadm\t-A  -t 192.0.2.1:80 -s rr\r\n',
    ' \t\r\n\n',
    '  -a -t\t192.0.2.1:80 -r 10.0.0.1 -m -w 5\r\r\n',
    'ipvsadm\n-a -t 192.0.2.1:80 ipvsadm -r 10.0.0.2 -mw0\n',
    '--set 0 30 0 -- \n',
    '-A -f 7 -p',
  ].join('');
  const base = await startOver();
  const { value = fresh, diagnostics } = compileRules(parseRules({ name: 'file', text }), { base });
  expect(diagnostics).toEqual([]);
  expect(await ipvsadm.run(['-R'], text)).toEqual({ status: 0, stdout: '', stderr: '' });
  const table = await live();
  expect(differences(table, value)).toEqual({ changes: [], lists: listOrders(value) });
  expect([...table.services.keys()]).toHaveLength(2);
});

/**
 * A rule as ipvsadm -S writes it, with its faults: it knows no thresholds, marks are signed numbers, and beside the named
 * flags of sh and mh it has no name for the third one.
 */
function asSaved(rule: string): string {
  return rule
    .replace(/ -[xy] \d+/g, '')
    .replace(/-f (\d+)/, (_, mark: string) => `-f ${Number(mark) | 0}`)
    .replace(/(-s (?:sh|mh) .*-b .*?),?flag-3$/, '$1');
}

test('ipvsadm -R makes the same table of the rules that are written for it', { timeout: 300_000 }, async () => {
  for (const table of fc.sample(anyTable('writable'), { seed: 3, numRuns: 60 })) {
    const { value = [], diagnostics } = rulesFromTable(table, { stoppedDaemons: false });
    expect(diagnostics).toEqual([]);
    const text = value.map((rule) => `${rule}\n`).join('');
    await startOver();
    const { status, stderr } = await ipvsadm.run(['-R'], text);
    expect({ text, status, stderr }).toEqual({ text, status: 0, stderr: '' });
    const read = await live();
    expect({ text, ...(differences(read, table) as object) }).toEqual({ text, changes: [], lists: listOrders(table) });

    const saved = await ipvsadm.run(['-S', '-n'], '');
    const ours = rulesFromTable(read, { stoppedDaemons: false }).value ?? [];
    const rules = ours.filter((rule) => !rule.startsWith('--'));
    expect((saved.stdout.match(/.+/g) ?? []).sort()).toEqual(rules.map(asSaved).sort());
  }
});
