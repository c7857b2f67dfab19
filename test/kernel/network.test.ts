/** Owns the proof that packets flow in the test networks: through IPVS and back. */

import process from 'node:process';
import { expect, test } from 'vitest';
import { type Network, network } from './support/network.ts';

/** Connects `times` times, one after the other, and returns the first line that each connection brings. */
async function ask({ client }: Network, address: string, port: number, times: number): Promise<readonly string[]> {
  const script = `
    import { connect } from 'node:net';
    import { once } from 'node:events';
    for (let i = 0; i < ${times}; i++) {
      const socket = connect(${port}, '${address}');
      const [line] = await once(socket.setEncoding('utf8'), 'data');
      process.stdout.write(line);
      socket.destroy();
    }`;
  const lines = await client.output(process.execPath, ['--input-type=module', '-e', script]);
  return lines.trimEnd().split('\n');
}

test('connections to a masqueraded service reach its servers in turn, in both families', async () => {
  const net = await network({ servers: 2 });
  await net.listen(8080);
  const rules = [
    `-A -t ${net.ip.service}:80 -s rr`,
    ...net.ip.servers.map((server) => `-a -t ${net.ip.service}:80 -r ${server}:8080 -m`),
    `-A -t [${net.ip6.service}]:80 -s rr`,
    ...net.ip6.servers.map((server) => `-a -t [${net.ip6.service}]:80 -r [${server}]:8080 -m`),
  ];
  expect(await net.director.ipvsadm(['-R'], { input: rules.map((rule) => `${rule}\n`).join('') })).toMatchObject({
    status: 0,
    stderr: '',
  });
  for (const { service, servers } of [net.ip, net.ip6]) {
    const answers = await ask(net, service, 80, 4);
    expect(new Set(answers)).toEqual(new Set(servers));
    expect(answers.slice(2)).toEqual(answers.slice(0, 2));
  }
  expect((await net.director.ipvsadm(['-L', '-n', '-c'])).stdout).toContain('198.51.100.2');
});
