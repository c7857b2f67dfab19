/** Owns faults for tests: a kernel port that refuses or loses what a test wants it to. */

import { KernelFault, type KernelPort } from '../../src/apply/port.ts';
import type { Errno, Refusal } from '../../src/model/errno.ts';
import type { Operation } from '../../src/model/operation.ts';

/** What goes wrong. `index` counts all operations that the port was given, from 0; `batch` counts the calls. */
export interface Faults {
  /** The errno with which an operation is refused, before it reaches the port behind. */
  readonly refuse?: (operation: Operation, index: number) => Errno | undefined;
  /** Whether a batch is lost with its answer: `before` it was executed, or `after`. */
  readonly lose?: (batch: readonly Operation[], index: number) => 'before' | 'after' | undefined;
  /** Called when a batch was executed, such as to change the table behind the back of the program. */
  readonly executed?: (batch: readonly Operation[], index: number) => Promise<void>;
}

/** The port with faults in front of it. */
export function faultyPort(port: KernelPort, { refuse, lose, executed }: Faults): KernelPort {
  let operations = 0;
  let batches = 0;
  return {
    maxBatch: port.maxBatch,
    info: () => port.info(),
    dump: (options) => port.dump(options),
    close: () => port.close(),
    execute: async (batch) => {
      const index = batches++;
      const lost = lose?.(batch, index);
      if (lost === 'before') throw new KernelFault('lost', 'the batch was lost on its way');
      const injected: Refusal[] = [];
      const passed: Operation[] = [];
      for (const operation of batch) {
        const errno = refuse?.(operation, operations++);
        if (errno === undefined) passed.push(operation);
        else injected.push({ operation, errno });
      }
      const refusals = [...injected, ...(await port.execute(passed))];
      await executed?.(batch, index);
      if (lost === 'after') throw new KernelFault('lost', 'the answer was lost on its way');
      return refusals.toSorted((left, right) => batch.indexOf(left.operation) - batch.indexOf(right.operation));
    },
  };
}
