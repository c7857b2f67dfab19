/** Owns the comparison of the front end with ipvsadm: the same calls in two namespaces of the same kernel. */

import { chmodSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ListingPort } from '../../../src/apply/port.ts';
import type { Snapshot } from '../../../src/model/activity.ts';
import type { Table } from '../../../src/model/table.ts';
import { type ClassicRun, runIpvsadm } from '../../support/classic-run.ts';
import type { CommandResult } from './command.ts';
import { type Namespace, openNamespace } from './namespace.ts';
import { type Shell, openShell, quoted } from './shell.ts';

const ipvstxPath = fileURLToPath(new URL('../../../dist/ipvstx.js', import.meta.url));

/** What a program said, and the table that it left. */
export interface Outcome extends ClassicRun {
  readonly table: unknown;
}

/** What the two programs did with the same words. */
export interface Comparison {
  readonly expected: Outcome;
  readonly actual: Outcome;
}

/** Both programs, each in a namespace of its own. */
export interface ClassicPair {
  /** A shell where the real ipvsadm runs. */
  readonly real: Shell;
  /** A shell where the front end runs. */
  readonly own: Shell;
  /** Calls both. What they print is compared over the same table: the order of the kernel differs between namespaces. */
  compare(words: readonly string[], input?: string): Promise<Comparison>;
  /** The front end's answer in its own namespace. */
  answer(words: readonly string[], input?: string): Promise<ClassicRun>;
  /** A script in both shells, in which `ipvsadm`, `ipvsadm-save` and `ipvsadm-restore` are each of the programs in turn. */
  inShell(script: string, input?: string): Promise<{ readonly there: CommandResult; readonly here: CommandResult }>;
  /** Where the front end is called `ipvsadm`, a directory. */
  readonly programs: string;
  /** Empties both tables, stops the daemons, sets the timeouts back, and executes the rules. */
  reset(rules?: string): Promise<void>;
  close(): Promise<void>;
}

const resetRules = '-C\n--stop-daemon master\n--stop-daemon backup\n--set 900 120 300\n';

/** A table in one order, for the order of services in the kernel depends on where the namespace is in its memory. */
function comparable({ services, timeouts, daemons }: Table): unknown {
  const listed = [...services.values()].map(({ key, settings, destinations }) => ({
    key,
    settings,
    destinations: [...destinations.values()],
  }));
  const byKey = listed.map((service) => [JSON.stringify(service.key), service] as const);
  return { services: Object.fromEntries(byKey), timeouts, daemons };
}

/** The words with the order of ipvsadm itself, if they are those of a listing that has one. */
function sortedAlike(words: readonly string[]): readonly string[] {
  if (words.length === 0) return ['-L', '--sort=compat'];
  return /^(-[lLS]|--list$|--save$)/.test(words[0] ?? '') && !words.includes('--')
    ? [...words, '--sort=compat']
    : words;
}

/** Opens two namespaces for the two programs. */
export async function openClassicPair(): Promise<ClassicPair> {
  const [real, own] = [await openNamespace(), await openNamespace()];
  const [realPort, ownPort] = [await real.port(), await own.port()];
  const [realShell, ownShell] = [openShell(real), openShell(own)];
  const runReal = (words: readonly string[], input: string) =>
    realShell.run(`exec ipvsadm ${words.map(quoted).join(' ')}`, input);

  const answerOver = (namespace: Namespace, port: ListingPort, words: readonly string[], input: string) =>
    runIpvsadm(words, {
      input,
      kernel: () => Promise.resolve({ ...port, close: () => undefined }),
      connections: () => namespace.output('cat', ['/proc/net/ip_vs_conn']),
    });
  const programs = mkdtempSync(join(tmpdir(), 'programs-'));
  // Some tests call them as another user.
  chmodSync(programs, 0o755);
  for (const name of ['ipvsadm', 'ipvsadm-save', 'ipvsadm-restore']) symlinkSync(ipvstxPath, join(programs, name));
  const tableOf = async (dump: Promise<Snapshot>): Promise<unknown> => comparable((await dump).table);

  return {
    real: realShell,
    own: ownShell,
    async compare(words, input = '') {
      const said = await runReal(words, input);
      const ownAnswer = await answerOver(own, ownPort, words, input);
      const prints = said.stdout !== '' && !words.includes('-R');
      const answer = prints ? await answerOver(real, realPort, sortedAlike(words), input) : ownAnswer;
      const expected = { ...said, table: await tableOf(realPort.dump()) };
      const actual = { ...answer, table: await tableOf(ownPort.dump()) };
      return { expected, actual };
    },
    programs,
    inShell: async (script, input) => ({
      there: await realShell.run(script, input),
      here: await ownShell.run(`PATH=${programs}:$PATH\n${script}`, input),
    }),
    answer: (words, input = '') => answerOver(own, ownPort, words, input),
    async reset(rules = '') {
      await runReal(['-R'], resetRules + rules);
      await answerOver(own, ownPort, ['-R'], resetRules + rules);
    },
    async close() {
      realShell.close();
      ownShell.close();
      await real.close();
      await own.close();
    },
  };
}
