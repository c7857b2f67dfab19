/**
 * Owns a process that runs a transaction and kills itself at one of its steps:
 *
 *     crash-agent STATE-DIRECTORY PLACE DESIRED STEP
 *
 * PLACE and DESIRED are JSON. What is removed is drained. Every write and rename in the state directory is a step, and so is every batch;
 * the process is killed behind it. It prints `finished` if the run ended before.
 */

import process from 'node:process';
import type { KernelPort } from '../../../src/apply/port.ts';
import { runTransaction } from '../../../src/apply/run.ts';
import { openNetlink } from '../../../src/kernel/netlink-port.ts';
import { tableFromJson } from '../../../src/model/table-json.ts';
import { openGenerations } from '../../../src/store/generations.ts';
import { keepingStages } from '../../../src/store/keeping.ts';
import { takeLock } from '../../../src/store/lock.ts';
import type { Place } from '../../../src/store/place.ts';
import { systemClock } from '../../../src/store/kept-run.ts';
import { sha256 } from '../../../src/store/sha256.ts';
import { type StateDirectory, openStateDirectory } from '../../../src/store/state-directory.ts';

const [, , stateDirectory = '', placeText = '', desiredText = '', lastStep = ''] = process.argv;
const place = JSON.parse(placeText) as Place;
const desired = tableFromJson(JSON.parse(desiredText));

let steps = 0;

async function step<T>(work: Promise<T>): Promise<T> {
  const value = await work;
  if (++steps === Number(lastStep)) process.kill(process.pid, 'SIGKILL');
  return value;
}

function countedDirectory(directory: StateDirectory): StateDirectory {
  return {
    ...directory,
    directory: async (name) => countedDirectory(await directory.directory(name)),
    find: async (name) => {
      const found = await directory.find(name);
      return found && countedDirectory(found);
    },
    write: (name, text) => step(directory.write(name, text)),
    rename: (from, to) => step(directory.rename(from, to)),
  };
}

function countedPort(port: KernelPort): KernelPort {
  return { ...port, execute: (batch) => step(port.execute(batch)) };
}

const directory = countedDirectory(await (await openStateDirectory(stateDirectory)).directory(place.name));
const lock = await takeLock(directory, 'crash-agent');
if (!('descriptor' in lock)) throw new Error('the lock is not free');
const hold = { place, command: 'crash-agent', directory, lock, generations: await openGenerations(directory) };
const port = countedPort(await openNetlink());
const stages = keepingStages(hold, { desired, source: 'crash-agent', user: 'root' });
const limits = { allowEmpty: true };
const drained = { drain: 60, clock: systemClock };
const { kind } = await runTransaction({ port, desired, digest: sha256, limits, stages, ...drained });
port.close();
await lock.release();
process.stdout.write(`finished: ${kind}\n`);
