/** Owns the proof of each deliberate difference: what ipvsadm does, and what the front end does in its place. */

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { KernelFault } from '../../src/apply/port.ts';
import { type ClassicDifferenceName, classicDifferences } from '../../src/cli/classic/differences.ts';
import { listOf, noCounters } from '../../src/model/activity.ts';
import { options } from '../../grammar/vocabulary/options.ts';
import { destinationId } from '../../src/model/destination.ts';
import { serviceId } from '../../src/model/service.ts';
import { runIpvsadm } from '../support/classic-run.ts';
import { openMemory } from '../../src/kernel/memory.ts';
import { type ClassicPair, openClassicPair } from './support/classic-pair.ts';
import { network } from './support/network.ts';

let pair: ClassicPair;

beforeAll(async () => {
  pair = await openClassicPair();
});
afterAll(() => pair.close());
beforeEach(() => pair.reset());

/** A table of everything that ipvsadm -S loses. */
const everything = `--set 100 20 30
--start-daemon backup --mcast-interface lo --syncid 7
-A -t 192.0.2.1:80 -s wrr
-a -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 5 -x 100 -y 50
-A -f 4000000000 -s sh -b flag-3
-A -t [2001:db8::1]:80 -s rr -p 60 -M 64
-a -t [2001:db8::1]:80 -r [2001:db8:1::1]:8080 -m
`;

const proofs: Readonly<Record<ClassicDifferenceName, () => Promise<void>>> = {
  'help-without-kernel': async () => {
    const { there, here } = await pair.inShell('setpriv --reuid=65534 --clear-groups ipvsadm -v');
    expect(there).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining("Can't initialize ipvs: Permission denied (you must be root)\n"),
    });
    expect(here).toEqual({ status: 0, stdout: (await pair.inShell('ipvsadm -v')).there.stdout, stderr: '' });
    expect((await pair.inShell('setpriv --reuid=65534 --clear-groups ipvsadm -h')).here.status).toBe(0);
    const denied = await pair.inShell('setpriv --reuid=65534 --clear-groups ipvsadm -Ln 2>&1 | grep -v modprobe');
    expect(denied.here).toEqual(denied.there);
  },
  'help-text': async () => {
    const { there, here } = await pair.inShell('ipvsadm --help');
    expect([there.status, here.status]).toEqual([0, 0]);
    expect(here.stdout.split('\n')[0]).toBe(there.stdout.split('\n')[0]);
    expect(here.stdout).not.toBe(there.stdout);
    for (const { long } of options) expect(here.stdout).toContain(`--${long}`);
  },
  'program-name': async () => {
    const there = await pair.real.run('/usr/sbin/ipvsadm -n');
    const here = await pair.own.run(`${pair.programs}/ipvsadm -n`);
    expect(there.stderr).toBe("Try `/usr/sbin/ipvsadm -h' or '/usr/sbin/ipvsadm --help' for more information.\n");
    expect(here).toEqual({ ...there, stderr: there.stderr.replaceAll('/usr/sbin/', '') });
  },
  'flag-commas': async () => {
    const { there, here } = await pair.inShell('ipvsadm -A -t 192.0.2.1:80 -s rr -b ,');
    expect(there.status).toBe(139);
    expect(here).toEqual({ status: 0, stdout: '', stderr: '' });
    expect((await pair.answer(['-Sn'])).stdout).toBe('-A -t 192.0.2.1:80 -s rr\n');
  },
  'unsigned-marks': async () => {
    const { expected, actual } = await pair.compare(['-A', '-f', '4000000000', '-s', 'rr']);
    expect(actual).toEqual(expected);
    const { there, here } = await pair.inShell('ipvsadm -Sn');
    expect(there.stdout).toBe('-A -f -294967296 -s rr\n');
    expect(here.stdout).toBe('-A -f 4000000000 -s rr\n');
    expect((await pair.answer(['-Ln'])).stdout).toContain('\nFWM  4000000000 rr\n');
  },
  sorting: async () => {
    const rules = ['10.0.0.1', '192.0.2.1', '1.1.1.1'].map((address) => `-A -t ${address}:80 -s rr\n`);
    await pair.compare(['-R'], rules.join(''));
    const { there, here } = await pair.inShell('ipvsadm -Sn');
    expect(there.stdout).toBe([rules[1], rules[2], rules[0]].join(''));
    expect(here.stdout).toBe([rules[2], rules[0], rules[1]].join(''));
    expect((await pair.answer(['-Sn', '--sort=compat'])).stdout).toBe(there.stdout);
  },
  'server-counters': async () => {
    const service = serviceId({ kind: 'mark', family: 'ip', mark: 1 });
    const server = destinationId({ address: '10.0.0.1' as never, port: 0 });
    const counters = { ...noCounters, connections: 2n ** 32n + 5n, inPacketRate: 2n ** 32n + 7n };
    const destinations = new Map([[server, { active: 0, inactive: 0, persistent: 0, counters }]]);
    const memory = await openMemory();
    const activity = new Map([[service, { counters, destinations }]]);
    const list = async () => listOf({ ...(await memory.dump()), activity });
    const kernel = () => Promise.resolve({ ...memory, list });
    await runIpvsadm(['-R'], { kernel, input: '-A -f 1\n-a -f 1 -r 10.0.0.1\n' });
    expect((await runIpvsadm(['-Ln', '--stats'], { kernel })).stdout).toMatch(/-> 10\.0\.0\.1:0 +4294M /);
    expect((await runIpvsadm(['-Ln', '--rate'], { kernel })).stdout).toMatch(/-> 10\.0\.0\.1:0 +0 4294967303 /);
  },
  'connection-data': async () => {
    const { client, director, ip } = await network({ servers: 1 });
    await director.ipvsadm(['-R'], {
      input: `-A -u ${ip.service}:5060 -s rr -p 60 --pe sip\n-a -u ${ip.service}:5060 -r ${ip.servers[0]}:5060 -m\n`,
    });
    // The kernel takes no longer ones; with the rest of the line it is too much for ipvsadm.
    const id = 'x'.repeat(255);
    const packet = `OPTIONS sip:x SIP/2.0\r\nCall-ID: ${id}\r\n\r\n`;
    const send = `require('dgram').createSocket('udp4').send(${JSON.stringify(packet)}, 5060, '${ip.service}', () => process.exit())`;
    await client.output(process.execPath, ['-e', send]);
    const row = new RegExp(` 198\\.51\\.100\\.1:5060 +10\\.0\\.0\\.11:5060 +sip +${id}\n`);
    const there = await director.ipvsadm(['-Lnc', '--persistent-conn']);
    expect(there.stdout).not.toMatch(row);
    const here = await director.ipvstx(['ipvsadm', '-Lnc', '--persistent-conn']);
    expect(here).toEqual({ status: 0, stderr: '', stdout: expect.stringMatching(row) });
  },
  'standard-output': async () => {
    const { there, here } = await pair.inShell('ipvsadm -Ln >/dev/full');
    expect(there).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(here).toEqual({
      status: 1,
      stdout: '',
      stderr: "ipvsadm: can't write to standard output: no space left on the device\n",
    });
    // The reader is gone before the program begins.
    const piped = await pair.inShell('{ sleep 1; ipvsadm -Ln; echo $? >&2; } | true');
    expect(piped.here.stderr).toBe('141\n');
  },
  'silent-failure': async () => {
    const fault = () => Promise.reject(new KernelFault('lost', 'no answer came'));
    const kernel = async () => ({ ...(await openMemory()), dump: fault });
    const answer = { status: 1, stdout: '', stderr: 'no answer came\n' };
    expect(await runIpvsadm(['-L', '--timeout'], { kernel })).toEqual(answer);
    expect(await runIpvsadm(['-L', '--daemon'], { kernel })).toEqual(answer);
  },
  'lost-answer': async () => {
    // ipvsadm waits only if the daemon had no time to run at all, which nobody can arrange from outside.
    const rules = '--start-daemon backup --mcast-interface lo\n--stop-daemon backup\n';
    expect(await pair.answer(['-R'], rules.repeat(50))).toEqual({ status: 0, stdout: '', stderr: '' });
    expect((await pair.answer(['-L', '--daemon'])).stdout).toBe('');
  },
  'replaced-characters': async () => {
    const { there, here } = await pair.inShell("ipvsadm -A -t '!#:+:80' 10.0.0.77");
    expect(there).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(here).toEqual({ status: 2, stdout: '', stderr: 'illegal virtual server address[:port] specified\n' });
  },
  'invalid-bytes': async () => {
    const { there, here } = await pair.inShell("printf -- '-L \\xff' | ipvsadm -R 2>&1 | od -An -c -v");
    expect(there.stdout).toContain('377');
    expect(here.stdout.replaceAll(/\s+/g, ' ')).toContain('357 277 275 \\n');
  },
  'name-lookups': async () => {
    const questions: Buffer[] = [];
    const server = createSocket('udp4');
    // It answers none before it has all three, so one question after the other would end in a time-out.
    server.on('message', (question, { port, address }) => {
      questions.push(Buffer.from(question));
      if (questions.length < 3) return;
      for (const asked of questions.splice(0)) server.send(answered(asked), port, address);
    });
    server.bind(53, '127.0.0.1');
    await once(server, 'listening');
    const before = readFileSync('/etc/resolv.conf');
    writeFileSync('/etc/resolv.conf', 'nameserver 127.0.0.1\noptions timeout:20 attempts:1\n');
    try {
      const memory = await openMemory();
      const kernel = () => Promise.resolve(memory);
      const servers = ['10.0.0.1', '10.0.0.2', '10.0.0.1:81', '10.0.0.2:81'].map((word) => `-a -f 1 -r ${word}\n`);
      await runIpvsadm(['-R'], { kernel, input: `-A -t 10.0.0.9:80\n-A -f 1\n${servers.join('')}` });
      const { stdout } = await runIpvsadm(['-L'], { kernel });
      expect(stdout.match(/\S*name.test\S*/g)).toEqual([
        'name.test:http',
        'name.test:0',
        'name.test:81',
        'name.test:0',
        'name.test:81',
      ]);
      expect(questions).toEqual([]);
    } finally {
      writeFileSync('/etc/resolv.conf', before);
      server.close();
    }
  },
  'ipvsadm-save': async () => {
    await pair.own.run('ipvsadm -R', everything);
    const { here: saved } = await pair.inShell('ipvsadm-save');
    expect(saved).toEqual({ status: 0, stderr: '', stdout: expect.stringContaining('-x 100 -y 50') });
    expect((await pair.inShell('ipvsadm-save -n word')).here).toEqual(saved);
    const { there: theirUsage, here: ourUsage } = await pair.inShell('ipvsadm-save --numeric');
    expect([theirUsage.status, ourUsage.status]).toEqual([1, 1]);
    expect(ourUsage.stderr).toContain('Usage: ipvsadm-save');

    expect(await pair.real.run('ipvsadm -R', saved.stdout)).toEqual({ status: 0, stdout: '', stderr: '' });
    const { expected, actual } = await pair.compare(['-L', '--timeout']);
    expect(actual).toEqual(expected);
  },
  'ipvsadm-restore': async () => {
    await pair.compare(['-R'], everything);
    const { here: before } = await pair.inShell('ipvsadm-save');
    const half = '-A -t 192.0.2.7:80 -s rr\n-A -t 192.0.2.8:80 -s no-such\n';
    expect((await pair.real.run('ipvsadm-restore', half)).status).toBe(255);
    expect((await pair.real.run('ipvsadm -Sn')).stdout).toBe('-A -t 192.0.2.7:80 -s rr\n');

    for (const input of [half, '-A -t bad\n', '-A -t 192.0.2.7:80 -s rr\n-L\n']) {
      const { here } = await pair.inShell('ipvsadm-restore', input);
      expect(here.status).toBeGreaterThan(0);
      expect(here.stderr).not.toBe('');
      expect((await pair.inShell('ipvsadm-save')).here).toEqual(before);
    }
    const changed = before.stdout.replace('-s wrr', '-s rr');
    const nothingSaid = { status: 0, stdout: '', stderr: '' };
    expect((await pair.inShell('ipvsadm-restore ignored', changed)).here).toEqual(nothingSaid);
    expect((await pair.inShell('ipvsadm-save')).here.stdout).toBe(changed);
    expect((await pair.inShell('ipvsadm-restore')).here).toEqual(nothingSaid);
    expect((await pair.answer(['-Sn'])).stdout).toBe('');
  },
};

/** A DNS answer: the name name.test for whatever address was asked for (RFC 1035, 4.1). */
function answered(question: Buffer): Buffer {
  const name = Buffer.from('\u0004name\u0004test\0', 'latin1');
  const record = Buffer.alloc(12);
  record.writeUInt16BE(0xc00c, 0);
  record.writeUInt16BE(12, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt32BE(60, 6);
  record.writeUInt16BE(name.length, 10);
  // The question without what its sender may have added behind it.
  const end = question.indexOf(0, 12) + 5;
  const answer = Buffer.concat([question.subarray(0, end), record, name]);
  answer.writeUInt16BE(0x8180, 2);
  answer.writeUInt16BE(1, 6);
  answer.writeUInt32BE(0, 8);
  return answer;
}

test.each(Object.entries(proofs))('%s', { timeout: 120_000 }, async (name, prove) => {
  expect(classicDifferences).toHaveProperty(name);
  await prove();
});
