/** Owns the proof of what an apply does to real connections: nothing that its plan did not announce. */

import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type Network, network } from './support/network.ts';

const clientPath = fileURLToPath(new URL('support/busy-client.mjs', import.meta.url));

/** What a busy client says of its connections since the last mark. */
interface Report {
  /** Connections that ended, ever. */
  readonly lost: number;
  /** The server of each. */
  readonly backends: readonly string[];
  /** Milliseconds: the longest wait for an answer among those that are not lost. */
  readonly stalled: number;
  /** The same among connections that do not go through IPVS. */
  readonly control: number;
  /** Ends of the connections that were opened: `answered`, or an errno. */
  readonly opened: Readonly<Record<string, number>>;
}

interface BusyClient {
  mark(): void;
  /** Lets every connection ask again at once. */
  hurry(): void;
  /** Resets all connections. */
  end(): void;
  /** Begins to open further connections, one after the other. */
  open(): void;
  report(): Promise<Report>;
}

let net: Network;
let servers: readonly string[];

beforeEach(async () => {
  net = await network({ servers: 3 });
  servers = net.ip.servers;
  await net.listen(8080);
  await net.client.output('ip', ['route', 'add', '10.0.0.0/24', 'via', net.ip.service]);
});

const connections = 100;

async function busyClient(count = connections): Promise<BusyClient> {
  const words = [`${net.ip.service} 80`, `${servers[2]} 8080`, String(count)];
  const child = net.client.startNode(clientPath, words);
  await once(child, 'message');
  return {
    mark: () => void child.send('mark'),
    hurry: () => void child.send('hurry'),
    end: () => void child.send('end'),
    open: () => void child.send('open'),
    report: async () => {
      child.send('report');
      const [report] = (await once(child, 'message')) as [Report];
      return report;
    },
  };
}

/** The service under test on these servers, with a weight of each. */
function web(weights: Readonly<Record<string, number>>): readonly string[] {
  const service = `-t ${net.ip.service}:80`;
  return [
    `-A ${service} -s wrr`,
    ...Object.entries(weights).map(([server, weight]) => `-a ${service} -r ${server}:8080 -m -w ${weight}`),
  ];
}

/** So many services of somebody else. */
function others(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const service = `-t 192.0.2.1:${1000 + index}`;
    return [`-A ${service} -s wlc`, `-a ${service} -r ${servers[2]}:8080 -m`];
  }).flat();
}

const text = (rules: readonly string[]): string => `${rules.join('\n')}\n`;

async function restore(...rules: readonly string[]): Promise<void> {
  const words = ['restore', '--no-rehearse', '--quiet'];
  expect(await net.director.ipvstx(words, { input: text(rules) })).toEqual({ status: 0, stdout: '', stderr: '' });
}

describe('100 busy connections', () => {
  test(
    'live through applies that keep their backend, and not through ipvsadm-restore',
    { timeout: 600_000 },
    async () => {
      const [first = '', second = '', third = ''] = servers;
      const base = web({ [first]: 1, [second]: 1 });
      const table = [...base, ...others(150)];
      await restore(...table);
      const client = await busyClient();
      const { backends } = await client.report();
      expect(new Set(backends)).toEqual(new Set([first, second]));

      /** No connection may wait a second longer than those beside IPVS, which suffer what the machine does to all. */
      async function unharmed(what: string, ...rules: readonly string[]): Promise<void> {
        client.mark();
        await restore(...rules);
        const { lost, stalled, control } = await client.report();
        expect({ what, lost, stalled: stalled > control + 1000 }).toEqual({ what, lost: 0, stalled: false });
      }

      await unharmed('the identical table', ...table);
      await unharmed('another order', ...others(150), base[0] ?? '', ...base.slice(1).toReversed());
      await unharmed('weights', ...web({ [first]: 7, [second]: 3 }), ...others(150));
      await unharmed(
        'another backend, and more services',
        ...web({ [first]: 7, [second]: 3, [third]: 1 }),
        ...others(160),
      );
      await unharmed('without them', ...table);

      client.hurry();
      const rival = 'ipvsadm-save -n >/run/rival.rules && ipvsadm-restore </run/rival.rules';
      // Whoever asks while the table is empty is reset. How many do in one run is chance, so it is run until nobody is left.
      async function lostToRival(): Promise<number> {
        await net.director.output('sh', ['-c', rival]);
        return (await client.report()).lost;
      }
      await expect.poll(lostToRival, { timeout: 240_000 }).toBe(connections);
    },
  );

  test('come back when the removal of their backend is undone', async () => {
    const [first = '', second = ''] = servers;
    await restore(...web({ [first]: 1, [second]: 1 }));
    const client = await busyClient();
    const words = ['apply', '-', '--yes', '--quiet', '--no-rehearse', '--check-command', 'false'];
    const { status } = await net.director.ipvstx(words, { input: text(web({ [first]: 1 })) });
    expect(status).toBe(7);
    client.mark();
    // All of them are answered again.
    await expect.poll(async () => (await client.report()).stalled, { timeout: 120_000 }).toBeLessThan(1000);
    expect((await client.report()).lost).toBe(0);
  });
});

test('a removal with time to drain waits for the last connection, and no longer', async () => {
  const [first = '', second = '', third = ''] = servers;
  await restore(...web({ [first]: 1, [second]: 1 }));
  const client = await busyClient(10);
  const { backends } = await client.report();
  const toSecond = backends.filter((backend) => backend === second).length;
  expect(toSecond).toBeGreaterThan(0);

  const apply = (drain: string, weights: Readonly<Record<string, number>>) =>
    net.director.ipvstx(['apply', '-', '--yes', '--no-rehearse', '--drain', drain], { input: text(web(weights)) });
  const live = async () => (await net.director.ipvsadm(['-Sn'])).stdout;

  expect(await apply('2s', { [second]: 1 })).toMatchObject({ status: 0 });
  // Its connections were cut at the deadline, and the others live.
  expect(await live()).not.toContain(first);
  expect((await client.report()).lost).toBeLessThanOrEqual(10 - toSecond);

  await restore(...web({ [second]: 1, [third]: 1 }));
  const removal = apply('1h', { [third]: 1 });
  await vi.waitFor(async () => expect(await live()).toContain(`-r ${second}:8080 -m -w 0\n`), {
    timeout: 120_000,
    interval: 200,
  });
  client.end();
  // In ten seconds IPVS forgets a connection that was reset.
  expect(await removal).toMatchObject({ status: 0 });
  expect(await live()).not.toContain(second);
});

test('during an apply of a thousand operations no new connection is refused', async () => {
  const [first = '', second = '', third = ''] = servers;
  await restore(...web({ [first]: 1, [second]: 1 }), ...others(100));
  const client = await busyClient(0);
  client.open();
  // 1,000 to add and 100 to remove, beside the service itself: it is edited, and loses nothing.
  await restore(...web({ [first]: 3, [second]: 2, [third]: 9 }), ...others(600).slice(200));
  const { opened } = await client.report();
  expect(Object.keys(opened)).toEqual(['answered']);
  expect(opened['answered']).toBeGreaterThan(10);
});
