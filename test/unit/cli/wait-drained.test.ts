/** Owns the proof that a drain waits for every kind of connection in every service, and no longer than it may. */

import process from 'node:process';
import { Readable, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import type { DumpOptions } from '../../../src/apply/port.ts';
import { createContext } from '../../../src/cli/context.ts';
import { type GlobalValues, noOptions } from '../../../src/cli/global-options.ts';
import { type Clock, waitUntilDrained } from '../../../src/cli/wait-drained.ts';
import { placesIn } from '../../../src/compile/backends/select.ts';
import type { Snapshot } from '../../../src/model/activity.ts';
import { destinationId } from '../../../src/model/destination.ts';
import { type ServiceId, serviceId } from '../../../src/model/service.ts';
import type { Connections } from '../../../src/plan/analyze/disruption.ts';
import { tableOf } from '../../support/tables.ts';

const table = tableOf({
  'tcp 192.0.2.1 port 80': { backends: { '10.0.0.1 port 80': {}, '10.0.0.2 port 80': {} } },
  'tcp 192.0.2.2 port 80': { backends: { '10.0.0.1 port 80': {} } },
});
const places = placesIn(table).filter(({ destination }) => destination.key.address === '10.0.0.1');
const [first = '' as ServiceId, second = '' as ServiceId] = table.services.keys();

type Counts = Partial<Connections>;

/** A kernel whose backend has these connections in its two services, one pair a look; the last pair stays. */
function kernel(looks: readonly (readonly [Counts, Counts])[]) {
  let look = 0;
  return {
    dump: async ({ service }: DumpOptions = {}): Promise<Snapshot> => {
      const id = service === undefined ? first : serviceId(service);
      const counts = looks[Math.min(look, looks.length - 1)];
      if (id === second) look++;
      const found = counts?.[id === first ? 0 : 1];
      const destinations = placesIn(table).map(({ destination: { key } }) => {
        // Whatever the other backend has is nobody's business.
        const own = key.address === '10.0.0.1' ? found : { active: 99 };
        return [destinationId(key), { active: 0, inactive: 0, persistent: 0, ...own }] as const;
      });
      return { table, activity: new Map([[id, { destinations: new Map(destinations) }]]) };
    },
  };
}

/** Time passes only while somebody waits. */
function clock(onPause: () => void = () => undefined): Clock {
  let time = 0;
  return {
    now: () => time,
    pause: async (milliseconds) => {
      time += milliseconds;
      onPause();
    },
  };
}

async function wait(
  looks: readonly (readonly [Counts, Counts])[],
  {
    deadline = 300,
    isTTY = false,
    options = {},
    time = clock(),
  }: {
    readonly deadline?: number;
    readonly isTTY?: boolean;
    readonly options?: Partial<GlobalValues>;
    readonly time?: Clock;
  } = {},
) {
  let said = '';
  const stderr = new Writable({
    write(chunk: Buffer, _encoding, done) {
      said += chunk.toString();
      done();
    },
  });
  const host = {
    stdin: Readable.from([]),
    stdout: stderr,
    stderr: Object.assign(stderr, { isTTY }),
    env: {},
    directory: '/',
  };
  const context = createContext(host, { ...noOptions, ...options });
  const status = await waitUntilDrained(kernel(looks), { backend: 'web1', places, deadline }, context, time);
  return { status, said };
}

const drained = 'drained: web1 has no connections any more\n';

test('it ends at once if there is nothing to wait for', async () => {
  expect(await wait([[{}, {}]])).toEqual({ status: 'done', said: drained });
});

test.each<Counts>([{ active: 1 }, { inactive: 1 }, { persistent: 1 }])(
  '%j is waited for in each service',
  async (counts) => {
    const { status, said } = await wait(
      [
        [counts, {}],
        [{}, counts],
        [{}, {}],
      ],
      { isTTY: true },
    );
    expect(status).toBe('done');
    expect(said.match(/draining web1/g)).toHaveLength(2);
  },
);

test('on a terminal one line counts', async () => {
  const { said } = await wait(
    [
      [{ active: 2 }, { active: 1, inactive: 3 }],
      [{ persistent: 4 }, {}],
      [{}, {}],
    ],
    { isTTY: true },
  );
  expect(said.split('\r\u001B[K')).toEqual([
    '',
    'draining web1: 3 active, 3 inactive; 5m left',
    'draining web1: 0 active, 4 persistent; 4m59s left',
    drained,
  ]);
});

test('in a log there is a line now and then', async () => {
  const looks = Array.from({ length: 25 }, (_, index) => [{ active: 25 - index }, {}] as const);
  const { said } = await wait([...looks, [{}, {}]]);
  expect(said).toBe(`draining web1: 25 active; 5m left
draining web1: 15 active; 4m50s left
draining web1: 5 active; 4m40s left
${drained}`);
});

test('the deadline ends it', async () => {
  expect(await wait([[{ active: 2 }, {}]], { deadline: 5 })).toEqual({
    status: 'undrained',
    said: 'draining web1: 2 active; 5s left\nnot drained: 5s have passed; web1 still has 2 active, and keeps weight 0\n',
  });
});

test('a signal ends it, and is no longer heard then', async () => {
  const listeners = process.listenerCount('SIGINT');
  const time = clock(() => process.emit('SIGINT', 'SIGINT'));
  expect(await wait([[{ active: 2 }, {}]], { time, options: { quiet: true } })).toEqual({
    status: 'undrained',
    said: '',
  });
  expect(process.listenerCount('SIGINT')).toBe(listeners);
});

test('a backend that another program removed has nothing left', async () => {
  const gone = { dump: async (): Promise<Snapshot> => ({ table, activity: new Map() }) };
  const host = { stdin: Readable.from([]), stdout: new Writable(), stderr: new Writable(), env: {}, directory: '/' };
  const context = createContext(host, { ...noOptions, quiet: true });
  expect(await waitUntilDrained(gone, { backend: 'web1', places, deadline: 1 }, context, clock())).toBe('done');
});
