/** Owns the proof of day-to-day operation on a real kernel, with real connections: weights, draining, what is shown. */

import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { sysctlsThatMatter } from '../../src/model/sysctls.ts';
import type { CommandResult } from './support/command.ts';
import { namespace } from './support/namespace.ts';
import { type Network, network } from './support/network.ts';

let net: Network;
let scratch: string;

beforeEach(async () => {
  net = await network({ servers: 2 });
  await net.listen(8080);
  scratch = await mkdtemp(join(tmpdir(), 'ipvstx-operate-'));
  onTestFinished(() => rm(scratch, { recursive: true }));
});

/** A service with both servers. */
async function serve(words: string, ...flags: readonly string[]): Promise<void> {
  const service = `-t ${net.ip.service}:80`;
  const servers = net.ip.servers.map((server) => `-a ${service} -r ${server}:8080 -m\n`);
  const input = `${[`-A ${service} ${words}`, ...flags].join(' ')}\n${servers.join('')}`;
  expect(await net.director.ipvstx(['restore'], { input })).toMatchObject({ status: 0 });
}

/** The servers that the client reaches, one connection after the other, or why it does not. */
async function ask(times: number): Promise<readonly string[]> {
  const script = `
    import { connect } from 'node:net';
    import { once } from 'node:events';
    for (let i = 0; i < ${times}; i++) {
      const socket = connect(80, '${net.ip.service}');
      const line = await once(socket.setEncoding('utf8'), 'data').then(([text]) => text, ({ code }) => code + '\\n');
      process.stdout.write(line);
      socket.destroy();
    }`;
  return (await net.client.output(process.execPath, ['--input-type=module', '-e', script])).trimEnd().split('\n');
}

async function untilThere(path: string): Promise<void> {
  while ((await stat(path).catch(() => undefined)) === undefined) await delay(50);
}

interface Held {
  readonly server: string;
  /** Says something and resets the connection; what the server answered. */
  reset(): Promise<string>;
}

/** Opens a connection that stays. */
async function hold(): Promise<Held> {
  const [opened, end] = [join(scratch, 'opened'), join(scratch, 'end')];
  const script = `
    import { existsSync, renameSync, writeFileSync } from 'node:fs';
    import { connect } from 'node:net';
    import { once } from 'node:events';
    const socket = connect(80, '${net.ip.service}').setEncoding('utf8');
    const [server] = await once(socket, 'data');
    writeFileSync('${opened}.new', server.trim());
    renameSync('${opened}.new', '${opened}');
    while (!existsSync('${end}')) await new Promise((resolve) => setTimeout(resolve, 50));
    socket.write('still here\\n');
    process.stdout.write((await once(socket, 'data'))[0]);
    socket.resetAndDestroy();`;
  const client = net.client.output(process.execPath, ['--input-type=module', '-e', script]);
  await Promise.race([untilThere(opened), client]);
  return {
    server: await readFile(opened, 'utf8'),
    reset: async () => {
      await writeFile(end, '');
      return client;
    },
  };
}

const ipvstx = (...words: readonly string[]): Promise<CommandResult> => net.director.ipvstx(words);

async function setSysctl(name: string, value: number): Promise<void> {
  await net.director.output('sh', ['-c', `echo ${value} >/proc/sys/net/ipv4/vs/${name}`]);
}

test('a drained backend keeps its connections, gets no new ones, and is waited for', async () => {
  await serve('-s rr');
  const held = await hold();
  const others = net.ip.servers.filter((server) => server !== held.server);

  const early = await ipvstx('drain', held.server, '--yes', '--deadline', '1');
  expect(early).toMatchObject({ status: 11, stdout: '' });
  expect(early.stderr).toContain(
    `not drained: 1s have passed; ${held.server} still has 1 active, and keeps weight 0\n`,
  );
  expect(new Set(await ask(4))).toEqual(new Set(others));

  const shown = await ipvstx('connections', '--backend', held.server, '--json');
  expect(JSON.parse(shown.stdout)).toMatchObject({
    connections: [
      {
        service: `tcp ${net.ip.service} port 80`,
        backend: `${held.server} port 8080`,
        client: { address: net.ip.client },
        template: false,
        state: 'ESTABLISHED',
      },
    ],
  });
  const listed = (await net.director.ipvsadm(['-Lnc'])).stdout.trimEnd().split('\n');
  expect((await ipvstx('connections')).stdout.trimEnd().split('\n')).toHaveLength(listed.length + 1);

  const waiting = ipvstx('drain', held.server, '--yes', '--wait');
  expect(await held.reset()).toBe('still here\n');
  expect(await waiting).toMatchObject({ status: 0 });
  expect((await waiting).stderr).toMatch(new RegExp(`drained: ${held.server} has no connections any more\n$`));

  expect((await ipvstx('undrain', `${held.server}:8080`, '2', '--yes')).status).toBe(0);
  expect(new Set(await ask(4))).toEqual(new Set(net.ip.servers));
  const { stdout } = await net.director.ipvsadm(['-Sn']);
  expect(stdout).toContain(`-r ${held.server}:8080 -m -w 2\n`);
});

test('a known client of a persistent service comes back to a drained backend, unless templates expire', async () => {
  await serve('-s rr', '-p 300');
  const [server = ''] = await ask(1);
  const warned = await ipvstx('drain', server, '--yes');
  expect(warned.stderr).toContain('warning[drain-keeps-templates]');
  expect(await ask(2)).toEqual([server, server]);
  expect((await ipvstx('connections', '--client', net.ip.client)).stdout).toContain('  template  ');

  await setSysctl('expire_quiescent_template', 1);
  const silent = await ipvstx('drain', server, '--yes');
  expect(silent).toMatchObject({ status: 0 });
  expect(silent.stderr).not.toContain('warning');
  expect(await ask(2)).not.toContain(server);
  expect((await ipvstx('status')).stdout).toContain(
    'expire_quiescent_template  1, not 0: weight 0 also ends persistence\n',
  );
});

test('sh refuses the clients of a drained backend, and with its fallback it does not', async () => {
  await serve('-s sh');
  const [server = ''] = await ask(1);
  const warned = await ipvstx('drain', server, '--yes');
  expect(warned.stderr).toContain('warning[drain-refuses-clients]: under sh without fallback');
  expect(await ask(1)).toEqual(['ECONNREFUSED']);

  await serve('-s sh', '-b sh-fallback');
  expect(await ask(1)).toEqual([server]);
  expect((await ipvstx('drain', server, '--yes')).stderr).not.toContain('warning');
  expect(await ask(1)).toEqual(net.ip.servers.filter((other) => other !== server));
});

test('without backends that take new connections, clients are refused', async () => {
  await serve('-s rr');
  const [one = '', two = ''] = net.ip.servers;
  expect((await ipvstx('drain', one, '--yes')).stderr).not.toContain('warning');
  expect((await ipvstx('drain', two, '--yes')).stderr).toContain('warning[drain-leaves-none]');
  expect(await ask(1)).toEqual(['ECONNREFUSED']);
});

test('metrics count what went through, and replace their file as a whole', async () => {
  await serve('-s rr');
  await ask(4);
  const file = join(scratch, 'ipvs.prom');
  await writeFile(file, 'old');
  // The kernel adds up what its processors counted every two seconds, and tells nobody what it has not added up.
  await vi.waitFor(
    async () => {
      expect(await ipvstx('metrics', '-o', file)).toMatchObject({ status: 0, stdout: '', stderr: '' });
      const text = await readFile(file, 'utf8');
      expect(text).toContain(`\nipvstx_service_connections_total{service="tcp ${net.ip.service} port 80"} 4\n`);
      for (const server of net.ip.servers)
        expect(text).toMatch(new RegExp(`destination_connections_total{.*"${server} port 8080"} 2\n`));
    },
    { timeout: 60_000, interval: 500 },
  );
});

test('a fresh namespace has the settings that status takes for usual', async () => {
  const fresh = await namespace();
  const { stdout } = await fresh.ipvstx(['status', '--json']);
  const { sysctls, services } = JSON.parse(stdout) as { sysctls: Readonly<Record<string, string>>; services: number };
  expect(services).toBe(0);
  const usual = sysctlsThatMatter.map(({ name, usual }) => [name, usual]);
  expect(sysctlsThatMatter.map(({ name }) => [name, sysctls[name]])).toEqual(usual);
});

test('a plan goes by the settings of its namespace', async () => {
  const director = await namespace();
  await director.ipvsadm(['-A', '-t', '192.0.2.1:80', '-p', '300']);
  await director.ipvsadm(['-a', '-t', '192.0.2.1:80', '-r', '10.0.0.1:80', '-m']);
  const rules = '-A -t 192.0.2.1:80 -p 300\n-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 0\n';
  const plan = async () => (await director.ipvstx(['plan', '-'], { input: rules })).stdout;
  expect(await plan()).toMatch(/^Kernel {2}expire_quiescent_template is 0: [^]*weight 1 -> 0 {2}new-flows/m);
  await director.output('sh', ['-c', 'echo 1 >/proc/sys/net/ipv4/vs/expire_quiescent_template']);
  expect(await plan()).toMatch(/^Kernel {2}expire_quiescent_template is 1, not 0: [^]*weight 1 -> 0 {2}remap/m);
});

test('without the privilege the kernel is not asked, and it is said what is missing', async () => {
  await serve('-s rr');
  const asNobody = ['--reuid=65534', '--clear-groups', '--', process.execPath, join(process.cwd(), 'dist/ipvstx.js')];
  for (const words of [
    ['status'],
    ['metrics'],
    ['weight', '10.0.0.11', '3', '--yes'],
    ['drain', '10.0.0.11', '--yes'],
  ]) {
    const { status, stdout, stderr } = await net.director.run('setpriv', [...asNobody, ...words]);
    expect({ words, status, stdout }).toEqual({ words, status: 10, stdout: '' });
    expect(stderr).toContain('CAP_NET_ADMIN');
  }
});
