/** Owns the proof that live listings are ipvsadm's: counters, rates and connections of real packets through IPVS. */

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ListingPort } from '../../src/apply/port.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ClassicRun, runIpvsadm } from '../support/classic-run.ts';
import { type Network, openNetwork } from './support/network.ts';
import { type Shell, openShell } from './support/shell.ts';

let net: Network;
let port: ListingPort;
let shell: Shell;
let talking: ChildProcess;

/**
 * The client's side: connections that stay open, some that come and go, datagrams, a SIP message, and a large transfer,
 * for numbers with K. Then four more connections a second, so that there are rates.
 */
function talk(service: string, service6: string): string {
  return `
    import { connect } from 'node:net';
    import { createSocket } from 'node:dgram';
    import { once } from 'node:events';
    const open = async (address, port) => {
      const socket = connect(port, address);
      socket.on('error', () => undefined);
      await once(socket, 'data');
      return socket;
    };
    const megabytes = 110;
    const udp = createSocket('udp4');
    for (let i = 0; i < 5; i++) await open('${service}', 80);
    for (let i = 0; i < 3; i++) (await open('${service}', 443)).end();
    for (let i = 0; i < 2; i++) await open('${service6}', 80);
    udp.send('question', 53, '${service}');
    udp.send('OPTIONS sip:x SIP/2.0\\r\\nCall-ID: abc@def\\r\\n\\r\\n', 5060, '${service}');
    const bulk = await open('${service}', 9000);
    let received = 0;
    bulk.on('data', (data) => { received += data.length; });
    for (let i = 0; i < megabytes; i++) if (!bulk.write(Buffer.alloc(2 ** 20, 'x'))) await once(bulk, 'drain');
    while (received < megabytes * 2 ** 20) await once(bulk, 'data');
    process.send('talking');
    setInterval(async () => (await open('${service}', 443)).end(), 250);
  `;
}

/** Names in both families, an alias, a second line for an address, and a port of our own: the files are this kernel's alone. */
function nameThem({ ip, ip6 }: Network): void {
  const hosts = [
    `${ip.service}\twww.example www # the first name counts`,
    `${ip.servers[0]} one.example`,
    `${ip.servers[0]} other.example`,
    `${ip6.service} www6.example`,
    `${ip6.servers[1]} two6.example two`,
  ];
  appendFileSync('/etc/hosts', `\n${hosts.join('\n')}\n`);
  appendFileSync('/etc/services', '\nbulk-transfer\t9000/tcp\tbulk\n');
}

beforeAll(async () => {
  net = await openNetwork({ servers: 2 });
  nameThem(net);
  await net.listen(8080);
  const [first, second] = net.ip.servers;
  const { service } = net.ip;
  const rules = [
    `-A -t ${service}:80 -s wrr`,
    `-a -t ${service}:80 -r ${first}:8080 -m -w 2`,
    `-a -t ${service}:80 -r ${second}:8080 -m`,
    `-A -t ${service}:443 -s rr -p 600 -M 255.255.255.0`,
    `-a -t ${service}:443 -r ${first}:8080 -m`,
    `-A -u ${service}:53 -s rr`,
    `-a -u ${service}:53 -r ${second}:53 -m`,
    `-A -u ${service}:5060 -s rr -p 3600 --pe sip`,
    `-a -u ${service}:5060 -r ${second}:5060 -m`,
    `-A -t ${service}:9000 -s rr`,
    `-a -t ${service}:9000 -r ${second}:8080 -m`,
    `-A -t [${net.ip6.service}]:80 -s sh`,
    ...net.ip6.servers.map((server) => `-a -t [${net.ip6.service}]:80 -r [${server}]:8080 -m`),
  ];
  await net.director.output('ipvsadm', ['-R'], { input: `${rules.join('\n')}\n` });
  const script = '/run/talk.mjs';
  writeFileSync(script, talk(service, net.ip6.service));
  talking = net.client.startNode(script);
  await once(talking, 'message');
  port = await net.director.port();
  shell = openShell(net.director);
}, 300_000);
afterAll(async () => {
  shell.close();
  await net.close();
});

const kernel = (): Promise<ListingPort> => Promise.resolve({ ...port, close: () => undefined });

/**
 * What both programs print of the same moment: ipvsadm is asked before and behind, and both times says the same.
 * The moment is one that has the evidence: the kernel's estimator takes seconds to see that a client talks again.
 */
async function sameMoment(
  words: string,
  evidence: RegExp,
): Promise<{ readonly there: ClassicRun; readonly here: ClassicRun }> {
  // What has a rate must go on; everything else is quieter without.
  talking.kill(words.includes('--rate') ? 'SIGCONT' : 'SIGSTOP');
  for (let attempt = 0; attempt < 1000; attempt++) {
    const before = await shell.run(`ipvsadm ${words}`);
    if (!evidence.test(before.stdout)) continue;
    const here = await runIpvsadm(words.split(' '), { kernel });
    const there = await shell.run(`ipvsadm ${words}`);
    if (there.stdout === before.stdout) return { there, here };
  }
  throw new Error(`there was no quiet moment with ${evidence} for ${words}`);
}

test.each([
  ['-Ln', /:8080 +Masq +2 +[1-9]/],
  ['-L', /TCP {2}www\.example:http wrr\n {2}-> one\.example:http-alt/],
  ['-L --stats', /\[www6\.example\]:http|www6\.example:http/],
  ['-L -t www:bulk', /www\.example:bulk-transfer rr\n/],
  ['-S', /-a -t www\.example:http -r one\.example:http-alt -m -w 2\n/],
  ['-Ln --stats', /:9000 .*\dK /],
  ['-Ln --stats --exact', /:9000 .* \d{9,} +\d{9,}\n/],
  ['-Ln --rate', /:443 +[1-9]/],
  ['-Ln --rate --exact', /:443 +[1-9]/],
  ['-Ln --persistent-conn', /:8080 +1 +1 /],
  ['-Ln --thresholds', /Uthreshold/],
  ['-Ln -t 198.51.100.1:80 --stats', /:80 +5 /],
])('%s', { timeout: 600_000 }, async (words, evidence) => {
  const { there, here } = await sameMoment(words, evidence);
  expect(here).toEqual(there);
});

test.each([
  ['-Lnc', /TCP \d\d:\d\d +ESTABLISHED \[2001:db8:1::2\]:\d+/],
  ['-Lc', /ASSURED .*www\.example:https .*one\.example/],
  ['-Lnc --persistent-conn', / sip +abc@def\n/],
])('%s', async (words, evidence) => {
  // Each entry counts its own seconds, so no two readings are alike: both programs get the same one.
  const ownProc = 'mount -t tmpfs none /proc; mkdir /proc/net; cp /run/ip_vs_conn /proc/net';
  await shell.run('cat /proc/net/ip_vs_conn >/run/ip_vs_conn');
  const there = await shell.run(`exec unshare --mount sh -c '${ownProc}; exec ipvsadm ${words}'`);
  const connections = () => readFile('/run/ip_vs_conn', 'latin1');
  expect(there.stdout).toMatch(evidence);
  expect(await runIpvsadm(words.split(' '), { kernel, connections })).toEqual(there);
});
