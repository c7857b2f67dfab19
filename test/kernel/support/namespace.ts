/** Owns network namespaces for tests: each has an IPVS table of its own, empty at first. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { ListingPort } from '../../../src/apply/port.ts';
import { type CommandOptions, type CommandResult, output, runCommand } from './command.ts';
import { connectPort } from '../../../src/kernel/remote-port.ts';

/** The program as users get it, and the agent; the runner has built them. */
const ipvstxPath = fileURLToPath(new URL('../../../dist/ipvstx.js', import.meta.url));
const agentPath = fileURLToPath(new URL('../../../dist/agent/port-agent.js', import.meta.url));

/** A network namespace with its loopback interface up. */
export interface Namespace {
  /** As `ip netns` knows it. */
  readonly name: string;
  /** Runs any program in the namespace. */
  run(command: string, words: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** Runs a program that must succeed and returns its standard output. */
  output(command: string, words: readonly string[], options?: CommandOptions): Promise<string>;
  /** The real ipvsadm. */
  ipvsadm(words: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** This program, as built. A process: it takes a second to start in the test kernel. */
  ipvstx(words: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** The netlink port, held by a process in the namespace. It closes with the namespace at the latest. */
  port(): Promise<ListingPort>;
  /** Starts a Node program that runs until the namespace closes, with a channel for messages (maps and bigint pass). */
  startNode(path: string, words?: readonly string[]): ChildProcess;
  /** Ends what runs in it and removes it. */
  close(): Promise<void>;
}

let opened = 0;

/** Makes a namespace that lives until it is closed: for `beforeAll` and `afterAll`. */
export async function openNamespace(): Promise<Namespace> {
  const name = `test-${process.pid}-${++opened}`;
  await output('ip', ['netns', 'add', name]);
  // nsenter rather than `ip netns exec`, which makes a mount namespace and a new /sys each time.
  const inside = (command: string, words: readonly string[]) =>
    ['nsenter', [`--net=/run/netns/${name}`, '--', command, ...words]] as const;
  await output(...inside('ip', ['link', 'set', 'lo', 'up']));

  const children = new Set<ChildProcess>();
  const run: Namespace['run'] = (command, words, options) => runCommand(...inside(command, words), options);
  const startNode: Namespace['startNode'] = (path, words = []) => {
    const child = spawn(...inside(process.execPath, [path, ...words]), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    children.add(child);
    child.once('exit', () => children.delete(child));
    return child;
  };
  return {
    name,
    run,
    output: (command, words, options) => output(...inside(command, words), options),
    ipvsadm: (words, options) => run('/usr/sbin/ipvsadm', words, options),
    ipvstx: (words, options) => run(process.execPath, [ipvstxPath, ...words], options),
    port: () => connectPort(startNode(agentPath)),
    startNode,
    close: async () => {
      const ends = Array.from(children, (child) => once(child, 'exit'));
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(ends);
      await output('ip', ['netns', 'delete', name]);
    },
  };
}

/** Makes a namespace for the running test, which removes it at its end. */
export async function namespace(): Promise<Namespace> {
  const made = await openNamespace();
  onTestFinished(() => made.close());
  return made;
}
