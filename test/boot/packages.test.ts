/** Owns the proof of the packages: installed, run, upgraded and removed on a machine whose files they may change. */

import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeExecutable } from '../../src/packaging/executable.mjs';
import { makeDebianPackage, makeNpmPackage } from '../../src/packaging/package.mjs';
import { runInKernel } from '../kernel/boot.mjs';
import { temporaryDirectory } from '../support/temporary-directory.mjs';

/** Runs lines of shell in a kernel, whose files are gone with it; each prints what it is about. */
async function inKernel(directory: string, lines: readonly string[]): Promise<string> {
  writeFileSync(join(directory, 'script'), `${lines.join('\n')}\n`);
  let said = '';
  const status = await runInKernel({
    command: ['sh', '-e', '/run/job/script'],
    cwd: '/',
    directory,
    // There is no other Node.js than the one in the package.
    environment: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive' },
    seconds: 400,
    onOutput: (text) => {
      said += text;
    },
  });
  if (status !== 0) console.error(said);
  expect({ status, said }).toEqual({ status: 0, said });
  return said;
}

/** What is compiled of netlink is found and opened: what may be missing is IPVS, or in an emulator generic netlink. */
function expectBinding(command: string, ...words: readonly string[]): void {
  const { status, stderr } = spawnSync(command, [...words, 'save'], { encoding: 'utf8' });
  expect(stderr).toMatch(/^$|^ipvstx: (the kernel has no IPVS|this system has no generic netlink|CAP_NET_ADMIN)/);
  expect([0, 10]).toContain(status);
}

test('the Debian package is installed, run, upgraded, removed and purged', async () => {
  const directory = temporaryDirectory('packages');
  const build = temporaryDirectory('debs');
  copyFileSync(await makeDebianPackage(build, { version: '0.1.0' }), join(directory, 'first.deb'));
  copyFileSync(await makeDebianPackage(build, { version: '0.1.1' }), join(directory, 'second.deb'));
  const lint = ['--allow-root', '--tag-display-limit=0', join(directory, 'first.deb')];
  expect(execFileSync('lintian', lint, { encoding: 'utf8' })).toBe('');
  // The same commit makes the same bytes.
  const again = await makeDebianPackage(build, { version: '0.1.0' });
  expect(readFileSync(again).equals(readFileSync(join(directory, 'first.deb')))).toBe(true);
  const said = await inKernel(directory, [
    'dpkg -i /run/job/first.deb 2>&1',
    'echo "beside ipvsadm: $(ipvsadm -v | head -n 1), $(dpkg -S sbin/ipvsadm | grep -v sbin/ipvsadm- | head -n 1)"',
    'ipvstx version',
    'echo "compiled: $(find /usr/lib/ipvstx/dist -name "*.js.compiled" | wc -l) of $(find /usr/lib/ipvstx/dist -name "*.js" | wc -l)"',
    'dpkg -r ipvsadm >/dev/null 2>&1; rm -f /usr/sbin/ipvsadm /usr/sbin/ipvsadm-save /usr/sbin/ipvsadm-restore',
    'dpkg -r ipvstx >/dev/null',
    'dpkg -i /run/job/first.deb >/dev/null 2>&1',
    'echo "in its place: $(readlink -f /usr/sbin/ipvsadm-restore)"',
    'echo "-A -t 192.0.2.1:80 -s rr" | ipvsadm-restore',
    'ipvsadm -a -t 192.0.2.1:80 -r 10.0.0.1:80 -m',
    'ipvsadm-save -n',
    'echo "# mine" >>/etc/default/ipvstx',
    'dpkg -i /run/job/second.deb >/dev/null 2>&1',
    'echo "upgraded: $(dpkg-query -W -f \'${Version}\' ipvstx), $(tail -n 1 /etc/default/ipvstx), $(ipvsadm -Sn | head -n 1)"',
    'dpkg -V ipvstx || true',
    'man -w ipvstx ipvstx.conf ipvstx-ipvsadm',
    'bash -n /usr/share/bash-completion/completions/ipvstx',
    'systemd-analyze verify /lib/systemd/system/ipvstx-restore.service',
    'ls /usr/share/doc/ipvstx',
    'mkdir -p /var/lib/ipvstx/kept',
    'dpkg -r ipvstx >/dev/null 2>&1',
    'echo "removed: $(ls /usr/sbin/ipvsadm /usr/bin/ipvstx 2>&1 | grep -c "No such file"), $(ls -d /etc/default/ipvstx /var/lib/ipvstx | wc -l)"',
    'dpkg -P ipvstx >/dev/null 2>&1',
    'echo "purged: $(ls -d /usr/lib/ipvstx /etc/default/ipvstx /var/lib/ipvstx 2>/dev/null | wc -l)"',
    'grep -c "^TCP" /proc/net/ip_vs',
  ]);
  for (const line of [
    /^beside ipvsadm: ipvsadm v1\.31 .*, ipvsadm: .*sbin\/ipvsadm$/m,
    /^ipvstx 0\.1\.0$/m,
    /^compiled: [1-9]\d+ of \d+$/m,
    /^in its place: \/usr\/lib\/ipvstx\/dist\/ipvstx\.js$/m,
    /^-A -t 192\.0\.2\.1:80 -s rr\n-a -t 192\.0\.2\.1:80 -r 10\.0\.0\.1:80 -m -w 1$/m,
    /^upgraded: 0\.1\.1, # mine, -A -t 192\.0\.2\.1:80 -s rr$/m,
    /^\?\?5\?{6} c \/etc\/default\/ipvstx$/m,
    /^\/usr\/share\/man\/man5\/ipvstx\.conf\.5\.gz$/m,
    /^LICENSE\.node\.gz$/m,
    /^removed: 2, 2$/m,
    /^purged: 0$/m,
    /^1$/m,
  ]) {
    expect(said).toMatch(line);
  }
});

test('the npm package runs from a clean folder', async () => {
  const directory = temporaryDirectory('npm');
  const archive = await makeNpmPackage(directory);
  const run = (command: string, words: readonly string[]) =>
    execFileSync(command, words, { cwd: directory, encoding: 'utf8', stdio: 'pipe' });
  run('npm', ['install', '--prefix', directory, '--no-audit', '--no-fund', archive]);
  const ipvstx = join(directory, 'node_modules/.bin/ipvstx');
  expect(run(ipvstx, ['version'])).toBe('ipvstx 0.1.0\n');
  writeFileSync(join(directory, 'table.rules'), '-A -t 192.0.2.1:80 -s rr\n');
  expect(run(ipvstx, ['plan', 'table.rules', '--kernel', 'memory', '--format', 'brief'])).toContain('1 to add');
  expectBinding(ipvstx);
});

test('the single executable runs where there is nothing else of the program', async () => {
  const directory = temporaryDirectory('executable');
  const build = temporaryDirectory('executables');
  const first = await makeExecutable(build);
  copyFileSync(first, join(directory, 'ipvstx'));
  const terms = readFileSync(`${first}.licenses.txt`, 'utf8');
  for (const owner of ['the ipvstx authors', 'chevrotain 11.', 'Node.js contributors']) expect(terms).toContain(owner);
  // The same commit makes the same bytes.
  expect(readFileSync(await makeExecutable(build)).equals(readFileSync(join(directory, 'ipvstx')))).toBe(true);
  writeFileSync(
    join(directory, 'table.rules'),
    '-A -t 192.0.2.1:80 -s rr\n-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 1\n',
  );
  const said = await inKernel(directory, [
    'cp /run/job/ipvstx /usr/local/sbin/ipvstx; cd /usr/local/sbin; ln -s ipvstx ipvsadm; cp ipvstx ipvsadm-restore',
    'PATH=/usr/local/sbin:$PATH; cd /; ip link set lo up; modprobe ip_vs',
    'NODE_OPTIONS=--version ipvstx version',
    // Each of these starts the program again: in a namespace, for a rehearsal, as a guardian.
    'ip netns add elsewhere; ip -n elsewhere link set lo up',
    'ipvstx restore /run/job/table.rules --netns elsewhere 2>&1',
    'echo "elsewhere: $(ipvstx save --netns elsewhere | wc -l)"',
    'ipvsadm-restore </run/job/table.rules',
    'ipvsadm -Sn',
    'sed s/10.0.0.1/10.0.0.2/ /run/job/table.rules >/tmp/other.rules',
    '(ipvstx apply /tmp/other.rules --yes --confirm-within 60s 2>&1; echo "applied: $?") >/tmp/said &',
    'until grep -q "rolled back in" /tmp/said; do sleep 0.2; done; ipvstx confirm; wait',
    'cat /tmp/said',
    'ipvsadm -Ln',
    // Where no program may lie in /tmp, there are other places for the compiled part.
    'mount -t tmpfs -o noexec none /tmp; echo "noexec: $(ipvstx list | grep -c 10.0.0.2)"',
    'echo "left: $(find /tmp /dev/shm /var/tmp /run -maxdepth 2 -name netlink.node | wc -l)"',
  ]);
  for (const line of [
    /^ipvstx 0\.1\.0$/m,
    /^applied and verified: 2 added, 0 changed, 0 removed$/m,
    /^elsewhere: [1-9]$/m,
    /^-a -t 192\.0\.2\.1:80 -r 10\.0\.0\.1:80 -m -w 1$/m,
    /^applied: 0$/m,
    /^ {2}-> 10\.0\.0\.2:80 +Masq +1 +0 +0 +$/m,
    /^noexec: 1$/m,
    /^left: 0$/m,
  ]) {
    expect(said).toMatch(line);
  }
});

test('what is made for arm64 runs on such a processor, which is emulated', async () => {
  const directory = temporaryDirectory('arm64');
  const libraries = ['-L', '/usr/aarch64-linux-gnu'];
  const run = (...words: readonly string[]): string =>
    execFileSync('qemu-aarch64', [...libraries, ...words], { encoding: 'utf8', stdio: 'pipe' });
  writeFileSync(join(directory, 'table.rules'), '-A -t 192.0.2.1:80 -s rr\n');
  const plan = ['plan', join(directory, 'table.rules'), '--kernel', 'memory', '--format', 'brief'];

  const executable = await makeExecutable(directory, 'arm64');
  expect(run(executable, ...plan)).toContain('1 to add');

  const debian = await makeDebianPackage(directory, { processor: 'arm64' });
  expect(execFileSync('dpkg-deb', ['--field', debian, 'Architecture'], { encoding: 'utf8' })).toBe('arm64\n');
  execFileSync('dpkg-deb', ['--extract', debian, directory]);
  const home = join(directory, 'usr/lib/ipvstx');
  expect(run(join(home, 'node'), join(home, 'dist/ipvstx.js'), ...plan)).toContain('1 to add');
  expectBinding('qemu-aarch64', ...libraries, join(home, 'node'), join(home, 'dist/ipvstx.js'));
});
