/** Owns the proof of the main job on a real kernel: a file is applied, saved and restored, and nothing of it is lost. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Namespace, namespace } from './support/namespace.ts';

const everything = fileURLToPath(new URL('everything.rules', import.meta.url));

let director: Namespace;

beforeEach(async () => {
  director = await namespace();
  // Daemons need an interface that is up and has a route to their group.
  await director.output('ip', ['link', 'add', 'dummy0', 'type', 'dummy']);
  await director.output('ip', ['address', 'add', '10.9.9.1/24', 'dev', 'dummy0']);
  await director.output('ip', ['link', 'set', 'dummy0', 'up', 'multicast', 'on']);
  await director.output('ip', ['route', 'add', '224.0.0.0/4', 'dev', 'dummy0']);
});

/** A run that must end well, and what it printed. */
async function ipvstx(words: readonly string[], input?: string): Promise<string> {
  const { status, stdout, stderr } = await director.ipvstx(words, input === undefined ? {} : { input });
  expect({ words, status, stderr: status === 0 ? '' : stderr }).toEqual({ words, status: 0, stderr: '' });
  return stdout;
}

/** What the real program says of the table, in every way that it has. */
async function askIpvsadm(): Promise<readonly string[]> {
  const questions = ['-Sn', '-Ln', '-Ln --thresholds', '-Ln --tun-info', '-L --timeout', '-L --daemon'];
  return Promise.all(
    questions.map(async (words) => (await director.output('/usr/sbin/ipvsadm', words.split(' '))).trimEnd()),
  );
}

/** A save of ours as ipvsadm 1.31 would have written it: with what it loses, and its negative marks. */
function asIpvsadmSaves(rules: string): readonly string[] {
  return rules
    .split('\n')
    .filter((line) => /^-[Aa] /.test(line))
    .map((line) => line.replace(/ -x \d+/, '').replace(/ -y \d+/, ''))
    .map((line) => line.replace(/ -f (\d+)/, (_, mark: string) => ` -f ${Number(mark) | 0}`));
}

async function scratchFile(text: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ipvstx-main-job-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const path = join(directory, 'source.rules');
  await writeFile(path, text);
  return path;
}

test('a table with everything goes into the kernel and comes back, and ipvsadm sees the same', async () => {
  await ipvstx(['apply', '--yes', everything]);
  const saved = await ipvstx(['save']);
  expect(saved).toBe(await ipvstx(['compile', everything]));

  const seen = await askIpvsadm();
  expect(seen[0]?.split('\n').toSorted()).toEqual(asIpvsadmSaves(saved).toSorted());
  expect(seen[1]).toContain('FWM  -1 IPv6 sh (sh-port)');
  expect(seen[1]).toContain('192.0.2.2:8443 wlc persistent 2678400 mask 255.255.255.0');
  expect(seen[2]).toMatch(/10\.0\.0\.3:80 +2147483647 2147483647/);
  expect(seen[3]).toContain('gue:6080:-c');
  expect(seen[4]).toBe('Timeout (tcp tcpfin udp): 1800 60 120');
  expect(seen[5]).toContain(
    'master sync daemon (mcast=dummy0, syncid=255, maxlen=1400, group=239.0.0.81, port=8850, ttl=7)',
  );

  // As after a reboot: nothing is left of the table, the timeouts and the daemons.
  await director.output('/usr/sbin/ipvsadm', ['-C']);
  await director.output('/usr/sbin/ipvsadm', ['--set', '900', '120', '300']);
  await director.output('/usr/sbin/ipvsadm', ['--stop-daemon', 'master']);
  await director.output('/usr/sbin/ipvsadm', ['--stop-daemon', 'backup']);
  expect(await ipvstx(['save'])).toBe('--set 900 120 300\n');

  await ipvstx(['restore'], saved);
  expect(await ipvstx(['save'])).toBe(saved);
  expect(await askIpvsadm()).toEqual(seen);
});

test('what is saved, ipvsadm restores to the same table', async () => {
  await ipvstx(['apply', '--yes', everything]);
  const saved = await ipvstx(['save']);
  const other = await namespace();
  await other.output('ip', ['link', 'add', 'dummy0', 'type', 'dummy']);
  await other.output('ip', ['address', 'add', '10.9.9.1/24', 'dev', 'dummy0']);
  await other.output('ip', ['link', 'set', 'dummy0', 'up', 'multicast', 'on']);
  await other.output('ip', ['route', 'add', '224.0.0.0/4', 'dev', 'dummy0']);
  expect(await other.ipvsadm(['-R'], { input: saved })).toEqual({ status: 0, stdout: '', stderr: '' });
  expect((await other.ipvstx(['save'])).stdout).toBe(saved);
});

test('the second apply of a file changes nothing', async () => {
  await ipvstx(['apply', '--yes', everything]);
  expect(await director.ipvstx(['plan', '--detailed-exitcode', everything])).toMatchObject({ status: 0 });
  expect(JSON.parse(await ipvstx(['apply', '--yes', '--json', everything]))).toMatchObject({ result: 'unchanged' });
  expect(await director.ipvstx(['diff', '--exit-code', everything, 'live'])).toMatchObject({ status: 0 });
});

test.each([
  { words: ['--no-rehearse'], does: 'is undone', code: 7 },
  { words: [], does: 'is found in the rehearsal', code: 3 },
])('a file that the kernel refuses in the middle $does, and the line is named', async ({ words, code }) => {
  await ipvstx(['apply', '--yes', everything]);
  const before = await askIpvsadm();
  const rules = (await readFile(everything, 'utf8'))
    .replace('-A -f 3 -s lc', '-A -f 3 -s rr')
    .replace('-a -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 0\n', '')
    .replace('-A -f 1 -s rr', '-A -f 1 -s lblx');
  const path = await scratchFile(`${rules}\n-A -f 99 -s rr\n`);
  const line = rules.split('\n').indexOf('-A -f 1 -s lblx') + 1;
  const { status, stderr } = await director.ipvstx(['apply', '--yes', ...words, path]);
  expect(status).toBe(code);
  expect(stderr).toContain('error[kernel-refused]: the kernel refused to edit service mark 1 ip: ENOENT');
  expect(stderr).toContain(`--> ${path}:${line}:1\n`);
  expect(stderr).toContain(`${line} | -A -f 1 -s lblx\n`);
  expect(await askIpvsadm()).toEqual(before);
});

test('tunnels into the other family are saved and restored', async () => {
  const rules = '-A -t [2001:db8::1]:80 -s rr\n-a -t [2001:db8::1]:80 -r 10.0.0.1:80 -i -w 1 --tun-type ipip\n';
  await ipvstx(['restore'], rules);
  expect(await ipvstx(['save'])).toBe(`--set 900 120 300\n${rules}`);
  expect(await director.output('/usr/sbin/ipvsadm', ['-Sn'])).toBe(rules);
});

test('without the privilege nothing is read or written, and it is said what is missing', async () => {
  for (const words of [['list'], ['save'], ['plan', everything], ['apply', '--yes', everything]]) {
    const command = [process.execPath, join(process.cwd(), 'dist/ipvstx.js'), ...words];
    const { status, stdout, stderr } = await director.run('setpriv', [
      '--reuid=65534',
      '--clear-groups',
      '--',
      ...command,
    ]);
    expect({ words, status, stdout }).toEqual({ words, status: 10, stdout: '' });
    expect(stderr).toContain('CAP_NET_ADMIN');
    expect(stderr).toContain('help: run it as root');
  }
  expect(await director.output('/usr/sbin/ipvsadm', ['-Sn'])).toBe('');
});

test('--netns works in the namespace of that name', async () => {
  const rules = '-A -t 192.0.2.7:80 -s rr\n';
  const outside = await namespace();
  const words = ['--netns', director.name, 'restore', '-'];
  expect(await outside.ipvstx(words, { input: rules })).toMatchObject({ status: 0 });
  expect(await director.output('/usr/sbin/ipvsadm', ['-Sn'])).toBe(rules);
  expect(await outside.output('/usr/sbin/ipvsadm', ['-Sn'])).toBe('');
  const listing = await outside.ipvstx(['list', `--netns=/run/netns/${director.name}`]);
  expect(listing.stdout).toMatch(new RegExp(`^IPVS 1\\.2\\.1, netns .*${director.name}: 1 service, 0 backends\n`));
  expect(await outside.ipvstx(['list', '--netns', 'no-such'])).toMatchObject({ status: 1, stdout: '' });
});
