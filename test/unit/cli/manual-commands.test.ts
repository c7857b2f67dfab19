/** Owns the proof that every command of the manual runs, as it stands there, on a machine where it makes sense. */

import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../../src/cli/commands/table.ts';
import { emptyTable } from '../../../src/model/table.ts';
import { bundle, program } from '../../../src/packaging/build.mjs';
import { openJournal } from '../../../src/store/journal.ts';
import { openStateDirectory } from '../../../src/store/state-directory.ts';
import { runCommand } from '../../support/run-command.ts';

const manual = readFileSync(join(import.meta.dirname, '../../../man/ipvstx.8'), 'utf8');
const units = join(import.meta.dirname, '../../../src/packaging/systemd');

/** The examples of all commands, which the manual has from the same table. */
const examples = commands.flatMap((command) => command.examples.map(({ line }) => line));
/** What stands in the manual as a session. */
const sessions = Array.from(manual.matchAll(/^\.nf\n([^]*?)\n\.fi$/gm), ([, lines = '']) =>
  lines.replaceAll('\\-', '-'),
);

/** So many that one of them is less than 10 %. */
const hosts = Array.from({ length: 12 }, (_, index) => `10.0.1.${index + 11}`);
const listOf = (line: (host: string, index: number) => string): string => hosts.map(line).join('\n');

const rules = `-A -t 192.0.2.1:80 -s wlc
${listOf((host) => `-a -t 192.0.2.1:80 -r ${host}:8080 -m -w 100`)}
`;
const pool = `pool web {
${listOf((host, index) => `  web${index + 1} ${host} port 8080 weight 100`)}
}
`;
const config = `${pool}
service web {
  tcp 192.0.2.1 port 80
  scheduler wlc
  forward masq
  backends web
}
`;

/** Files of the machine; those of a path from the root are below the scratch folder. */
const files = {
  'old.rules': rules,
  'new.rules': rules.replace('-w 100\n', '-w 50\n'),
  'site.rules': rules.replaceAll('10.0.1.12', '10.0.1.112'),
  'site.ipvs': config,
  'edge.ipvs': config.replace('10.0.1.12', 'resolve("localhost")'),
  'pools/web.ipvs': pool,
  'etc/ipvstx/today.rules': rules,
  'etc/ipvstx/director.ipvs': config,
  'etc/ipvsadm.rules': rules,
  'etc/default/ipvstx': '',
  'var/lib/node_exporter/.keep': '',
  'usr/local/share/zsh/site-functions/.keep': '',
  'bin/reboot-it': '#!/bin/sh\ntouch rebooted\n',
  'bin/systemctl': `#!/bin/sh\ntest "$1" = enable && test -e "${units}/$2"\n`,
};

let template: string;

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** The program on a kernel in memory, which is that of the folder where it is called. */
const wrapper = (dist: string): string => `#!/bin/sh
case $1 in
version | help | completion) exec ${process.execPath} ${dist}/ipvstx.js "$@" ;;
*) exec ${process.execPath} ${dist}/ipvstx.js "$@" --kernel memory:kernel.json ;;
esac
`;

beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'ipvstx-manual-'));
  await bundle(program, join(template, 'dist'));
  const machine = join(template, 'machine');
  for (const [path, text] of Object.entries(files)) put(join(machine, path), text);
  put(join(machine, 'bin/ipvstx'), wrapper(join(template, 'dist')));
  for (const name of ['ipvstx', 'reboot-it', 'systemctl']) chmodSync(join(machine, 'bin', name), 0o755);
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  const git = (...words: readonly string[]) => execFileSync('git', [...identity, ...words], { cwd: machine });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  git('commit', '--quiet', '--message', 'all');
  const applying = ['new.rules', 'old.rules', 'new.rules', 'old.rules'].map((source) => ['apply', source, '--yes']);
  for (const words of [...applying, ['plan', 'site.rules', '-o', 'change.plan']]) {
    const { status, stderr } = await runCommand([...words, '--kernel', 'memory:kernel.json'], { directory: machine });
    if (status !== 0) throw new Error(stderr);
  }
});

afterAll(() => rmSync(template, { recursive: true }));

/** A machine of its own. */
function machine(): string {
  const directory = mkdtempSync(join(template, 'run-'));
  cpSync(join(template, 'machine'), directory, { recursive: true });
  return directory;
}

/** Runs lines of shell on a machine; its exit code, and what it said. */
function run(lines: string, directory: string): { readonly status: number; readonly said: string } {
  const here = lines.replaceAll(/(?<=^|[\s=>])\/(?=(?:etc|var|usr)\/)/gm, './');
  // Nobody is there to be asked.
  const agreed = here.replace(/^(ipvstx (?:apply|drain|undrain|weight)\b(?!.*--yes).*)$/m, '$1 --yes');
  const env = { ...process.env, PATH: `${directory}/bin:${process.env['PATH']}` };
  const script = `exec 2>&1\n${agreed}`;
  try {
    return { status: 0, said: execFileSync('bash', ['-c', script], { cwd: directory, env, encoding: 'utf8' }) };
  } catch (error) {
    const { status, stdout } = error as { readonly status: number; readonly stdout: string };
    return { status, said: stdout };
  }
}

/** What has to be so before a command makes sense. */
const before: Readonly<Record<string, (directory: string) => Promise<void>>> = {
  'ipvstx recover': crash,
  'ipvstx recover --forward': crash,
};

/** Leaves what a run leaves that is killed before its first write. */
async function crash(directory: string): Promise<void> {
  const kernel = join(directory, 'kernel.json');
  const place = { boot: 'memory', namespace: `memory:${kernel}`, name: 'memory' };
  const state = await (await openStateDirectory(`${kernel}.state`)).directory(place.name);
  await openJournal(state, { place, command: 'apply', source: 'x', before: emptyTable, after: emptyTable });
}

/** Those whose answer is not 0, and why. */
const answers: Readonly<Record<string, number>> = {
  // The files differ from what is live.
  'ipvstx diff --exit-code live site.rules': 2,
};

/** Those that run elsewhere. */
const elsewhere: Readonly<Record<string, string>> = {
  'ipvstx list --json --netns blue': 'a memory kernel has no namespaces: test/kernel/cli-main-job.test.ts',
};

test.each(examples.filter((line) => !(line in elsewhere)))('%s', async (line) => {
  const directory = machine();
  await before[line]?.(directory);
  let lines = line;
  if (line.includes('--watch')) lines = `timeout --preserve-status --signal=INT 2 ${line}`;
  if (line === 'ipvstx confirm' || line.includes('--confirm-within')) {
    const apply = line === 'ipvstx confirm' ? 'ipvstx apply site.rules --confirm-within 60s' : line;
    lines = `${apply} --yes >said 2>&1 &
until grep -q 'unless somebody says' said; do sleep 0.1; done
ipvstx confirm && wait $!`;
  }
  expect(run(lines, directory)).toEqual({ status: answers[line] ?? 0, said: expect.any(String) });
  expect(existsSync(join(directory, 'rebooted'))).toBe(line.includes('reboot-it'));
});

test.each(sessions)('%s', (lines) => {
  const { status, said } = run(`set -e\n${lines}`, machine());
  expect({ status, said }).toEqual({ status: 0, said });
  expect(said).toContain('No changes.');
});

test('the manual has examples and sessions, and names nothing that runs elsewhere in vain', () => {
  expect(examples.length).toBeGreaterThan(40);
  expect(sessions.length).toBeGreaterThan(0);
  for (const line of Object.keys({ ...elsewhere, ...before, ...answers })) expect(examples).toContain(line);
});
