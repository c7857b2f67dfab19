import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KernelFault } from '../../src/apply/port.ts';
import type { Result } from '../../src/apply/result.ts';
import { runTransaction, undoTransaction } from '../../src/apply/run.ts';
import type { Table } from '../../src/model/table.ts';
import { diffTables } from '../../src/plan/diff.ts';
import { digest } from '../support/digest.ts';
import { type Script, type ScriptedPort, scriptedPort } from '../support/scripted-port.ts';
import { tablePair } from '../support/table-pairs.ts';

/** A share of the way through a run; any as often as any other, where fast-check would rather have the ends. */
const part = fc.noBias(fc.nat(999)).map((thousandths) => thousandths / 1000);

/** Whether what is removed is drained first; nobody waits, for there is no clock. */
type Drained = { readonly drain?: number };
const drained = fc.constantFrom<Drained>({}, { drain: 60 });

async function run(
  observed: Table,
  desired: Table,
  script: Script = {},
  drained: Drained = {},
): Promise<[Result, ScriptedPort]> {
  const port = scriptedPort(observed, script);
  return [await runTransaction({ port, desired, digest, limits: { allowEmpty: true }, ...drained }), port];
}

function expectTable(port: ScriptedPort, table: Table): void {
  expect(diffTables(port.kernel.table(), table)).toEqual([]);
  expect(diffTables(table, port.kernel.table())).toEqual([]);
}

/** How many operations and batches an undisturbed run has; no test is about a run without any. */
async function lengthOf(
  observed: Table,
  desired: Table,
  drained: Drained,
): Promise<{ operations: number; batches: number }> {
  let batches = 0;
  const [, port] = await run(observed, desired, { afterBatch: () => void batches++ }, drained);
  fc.pre(batches > 0);
  return { operations: port.sent.length, batches };
}

/** The same cases in every run. */
const options = { seed: 1, numRuns: 150 };

describe('a transaction', () => {
  it('makes the kernel match', async () => {
    await fc.assert(
      fc.asyncProperty(tablePair, async ([observed, desired]) => {
        const [result, port] = await run(observed, desired);
        expect(['applied', 'unchanged']).toContain(result.kind);
        expect(diffTables(port.kernel.table(), desired)).toEqual([]);
      }),
      options,
    );
  });

  it('writes nothing the second time', async () => {
    await fc.assert(
      fc.asyncProperty(tablePair, async ([observed, desired]) => {
        const [, first] = await run(observed, desired);
        const [result, second] = await run(first.kernel.table(), desired);
        expect(result.kind).toBe('unchanged');
        expect(second.sent).toEqual([]);
      }),
      options,
    );
  });

  it('ends in the start state if any one operation is refused', async () => {
    await fc.assert(
      fc.asyncProperty(tablePair, drained, part, async ([observed, desired], drained, part) => {
        const { operations } = await lengthOf(observed, desired, drained);
        const refused = Math.floor(part * operations);
        const [result, port] = await run(
          observed,
          desired,
          {
            refuse: (_operation, index) => (index === refused ? 'ENOMEM' : undefined),
          },
          drained,
        );
        expect(result.kind).toBe('rolled-back');
        expectTable(port, observed);
      }),
      options,
    );
  });

  it('ends in the start state if any one answer is lost, whether or not the batch was executed', async () => {
    await fc.assert(
      fc.asyncProperty(tablePair, drained, part, fc.boolean(), async ([observed, desired], drained, part, executed) => {
        const { batches } = await lengthOf(observed, desired, drained);
        const lost = Math.floor(part * batches);
        const lose = (_kernel: unknown, index: number): void => {
          if (index === lost) throw new KernelFault('lost', 'no answer');
        };
        const [result, port] = await run(
          observed,
          desired,
          executed ? { afterBatch: lose } : { beforeBatch: lose },
          drained,
        );
        expect(result.kind).toBe('rolled-back');
        expectTable(port, observed);
      }),
      options,
    );
  });

  it('ends in the start state if it is interrupted before any batch', async () => {
    await fc.assert(
      fc.asyncProperty(tablePair, drained, part, async ([observed, desired], drained, part) => {
        const { batches } = await lengthOf(observed, desired, drained);
        const last = Math.floor(part * batches);
        let executed = 0;
        const port = scriptedPort(observed, { afterBatch: () => void executed++ });
        const interruption = (): string | undefined => (executed > last ? 'SIGTERM' : undefined);
        const result = await runTransaction({
          port,
          desired,
          digest,
          limits: { allowEmpty: true },
          interruption,
          ...drained,
        });
        expect(result.kind).toBe('rolled-back');
        expectTable(port, observed);
      }),
      options,
    );
  });

  it('reads again where a dump is torn, and ends as if it had not been', async () => {
    await fc.assert(
      fc.asyncProperty(tablePair, fc.nat(5), async ([observed, desired], torn) => {
        const tear = (_kernel: unknown, index: number): void => {
          if (index === torn) throw new KernelFault('torn', 'a destination came twice');
        };
        const [result, port] = await run(observed, desired, { beforeDump: tear });
        expect(['applied', 'unchanged']).toContain(result.kind);
        expect(diffTables(port.kernel.table(), desired)).toEqual([]);
      }),
      options,
    );
  });

  it('that is killed behind any batch is undone by a recovery', async () => {
    await fc.assert(
      fc.asyncProperty(tablePair, drained, part, async ([observed, desired], drained, part) => {
        const { batches } = await lengthOf(observed, desired, drained);
        const last = Math.floor(part * batches);
        const kernel = await new Promise<ScriptedPort['kernel']>((resolve) => {
          const afterBatch = (present: ScriptedPort['kernel'], index: number) => {
            if (index < last) return undefined;
            resolve(present);
            // A process that is gone does not go on.
            return new Promise<void>(() => undefined);
          };
          void run(observed, desired, { afterBatch }, drained);
        });
        const port = scriptedPort(kernel.table());
        const limits = { allowEmpty: true };
        const result = await undoTransaction(observed, { port, desired, digest, limits, owns: 'all' });
        expect(result.kind).toBe('rolled-back');
        expectTable(port, observed);
      }),
      options,
    );
  });

  it('names what is left if the way back is refused, too', async () => {
    await fc.assert(
      fc.asyncProperty(tablePair, drained, part, async ([observed, desired], drained, part) => {
        const { operations } = await lengthOf(observed, desired, drained);
        const broken = Math.floor(part * operations);
        const [result, port] = await run(
          observed,
          desired,
          {
            refuse: (_operation, index) => (index >= broken ? 'ENOMEM' : undefined),
          },
          drained,
        );
        expect(['rolled-back', 'stranded']).toContain(result.kind);
        const named = result.kind === 'stranded' ? result.residue : [];
        expect(named).toEqual(diffTables(port.kernel.table(), observed));
      }),
      options,
    );
  });
});
