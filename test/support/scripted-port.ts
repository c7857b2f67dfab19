/** Owns a simulated kernel that misbehaves as a test says. */

import type { KernelPort } from '../../src/apply/port.ts';
import type { Snapshot } from '../../src/model/activity.ts';
import type { Errno } from '../../src/model/errno.ts';
import type { Operation } from '../../src/model/operation.ts';
import type { Table } from '../../src/model/table.ts';
import { type Simulation, openSimulation } from '../../src/simulate/simulation.ts';

/** What a test may do at each call. All are told how often it was called before. */
export interface Script {
  /** Refuses an operation in place of the kernel. */
  readonly refuse?: (operation: Operation, index: number) => Errno | undefined;
  /** Before a dump; may write as another program does, or throw a fault. */
  readonly beforeDump?: (kernel: Simulation, index: number) => void;
  /** Before a batch is executed; a fault thrown here means that nothing of it happened. */
  readonly beforeBatch?: (kernel: Simulation, index: number) => void;
  /** Behind a batch; a fault thrown here loses the answers, and a promise that never ends is a process that does. */
  readonly afterBatch?: (kernel: Simulation, index: number) => void | Promise<void>;
  readonly maxBatch?: number;
  /** The connections that a dump shows. */
  readonly activity?: () => Snapshot['activity'];
}

/** A port, and the kernel behind it. */
export interface ScriptedPort extends KernelPort {
  readonly kernel: Simulation;
  /** Every operation that reached the kernel, refused or not. */
  readonly sent: readonly Operation[];
}

/** Opens a port on a kernel that holds `table`. */
export function scriptedPort(table: Table, script: Script = {}): ScriptedPort {
  const kernel = openSimulation(table);
  const sent: Operation[] = [];
  let dumps = 0;
  let batches = 0;
  return {
    kernel,
    sent,
    maxBatch: script.maxBatch ?? 3,
    info: async () => ({ version: '1.2.1', connectionTableSize: 4096 }),
    dump: async () => {
      script.beforeDump?.(kernel, dumps++);
      return { table: kernel.table(), activity: script.activity?.() ?? new Map() };
    },
    execute: async (batch) => {
      const index = batches++;
      script.beforeBatch?.(kernel, index);
      const refusals = batch.flatMap((operation) => {
        const errno = script.refuse?.(operation, sent.length) ?? kernel.execute(operation);
        sent.push(operation);
        return errno === undefined ? [] : [{ operation, errno }];
      });
      await script.afterBatch?.(kernel, index);
      return refusals;
    },
    close: () => undefined,
  };
}
