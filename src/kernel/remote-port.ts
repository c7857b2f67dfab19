/** Owns a kernel port whose other half lives in another process: a process can't enter a second network namespace. */

import type { ChildProcess } from 'node:child_process';
import process from 'node:process';
import {
  type DumpOptions,
  KernelFault,
  type KernelFaultKind,
  type KernelInfo,
  type ListingPort,
  type ListOptions,
} from '../apply/port.ts';
import type { LiveService, Snapshot } from '../model/activity.ts';
import type { Errno } from '../model/errno.ts';
import type { Operation } from '../model/operation.ts';

type Call =
  | { readonly method: 'info' }
  | { readonly method: 'dump'; readonly options: DumpOptions | undefined }
  | { readonly method: 'list'; readonly options: ListOptions | undefined }
  | { readonly method: 'execute'; readonly batch: readonly Operation[] };

/** What each method brings; `open` is the answer that comes unasked, when the port is open. */
interface Values {
  readonly open: Pick<ListingPort, 'maxBatch'>;
  readonly info: KernelInfo;
  readonly dump: Snapshot;
  readonly list: readonly LiveService[];
  /** Refusals travel as places in the batch, so that the caller gets back the very operations that it passed. */
  readonly execute: readonly RefusedAt[];
}

type Value = Values[keyof Values];

interface RefusedAt {
  readonly index: number;
  readonly errno: Errno;
}

/** `fault` is a {@link KernelFault}, which loses its class on the way; any other error is a bug and keeps its own. */
type Answer =
  | { readonly value: Value }
  | { readonly fault: { readonly kind: KernelFaultKind; readonly message: string } }
  | { readonly bug: unknown };

type Numbered<T> = T & { readonly id: number };

async function answerTo(work: () => Promise<Value>): Promise<Answer> {
  try {
    return { value: await work() };
  } catch (error) {
    return error instanceof KernelFault ? { fault: { kind: error.kind, message: error.message } } : { bug: error };
  }
}

async function perform(port: ListingPort, call: Call): Promise<Value> {
  switch (call.method) {
    case 'info':
      return port.info();
    case 'dump':
      return port.dump(call.options);
    case 'list':
      return port.list(call.options);
    case 'execute': {
      const refusals = await port.execute(call.batch);
      return refusals.map(({ operation, errno }) => ({ index: call.batch.indexOf(operation), errno }));
    }
  }
}

/** The half in the namespace: opens the port and serves it to the parent process until that one disconnects. */
export async function servePort(open: () => Promise<ListingPort>): Promise<void> {
  let port: ListingPort | undefined;
  const send = (answer: Numbered<Answer>) => process.send?.(answer);
  process.once('disconnect', () => port?.close());
  const opened = await answerTo(async () => {
    port = await open();
    return { maxBatch: port.maxBatch };
  });
  process.on('message', (call: Numbered<Call>) => {
    void answerTo(async () => {
      if (port === undefined) throw new Error('the port is not open');
      return perform(port, call);
    }).then((answer) => send({ ...answer, id: call.id }));
  });
  send({ ...opened, id: 0 });
}

/** The kernel is not told who asked; a whole source text would travel with it. */
function withoutOrigin({ origin: _origin, ...operation }: Operation): Operation {
  return operation;
}

/** What the other half answered, or its fault or bug, thrown. */
function valueOf(answer: Answer): Value {
  if ('fault' in answer) throw new KernelFault(answer.fault.kind, answer.fault.message);
  if ('bug' in answer) throw answer.bug;
  return answer.value;
}

/**
 * The half here: `child` runs {@link servePort}, with a channel whose serialization is `advanced` (maps, bigint).
 * Rejects with the fault that kept the port from opening.
 */
export async function connectPort(child: ChildProcess): Promise<ListingPort> {
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  const answerTo = (id: number) => new Promise<Answer>((resolve) => waiting.set(id, resolve));
  child.on('message', ({ id, ...answer }: Numbered<Answer>) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  child.once('exit', (code, signal) => {
    const bug = new Error(`the process that holds the port ended (${signal ?? code})`);
    for (const resolve of waiting.values()) resolve({ bug });
  });
  const call = async <Method extends Call['method']>(
    request: Extract<Call, { readonly method: Method }>,
  ): Promise<Values[Method]> => {
    const id = ++last;
    const answer = answerTo(id);
    child.send({ ...request, id });
    return valueOf(await answer) as Values[Method];
  };

  const { maxBatch } = valueOf(await answerTo(0)) as Values['open'];
  return {
    maxBatch,
    info: () => call({ method: 'info' }),
    dump: (options) => call({ method: 'dump', options }),
    list: (options) => call({ method: 'list', options }),
    execute: async (batch) => {
      const refusals = await call({ method: 'execute', batch: batch.map(withoutOrigin) });
      return refusals.map(({ index, errno }) => {
        const operation = batch[index];
        if (operation === undefined) throw new Error(`a refusal of operation ${index} out of ${batch.length}`);
        return { operation, errno };
      });
    },
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
}
