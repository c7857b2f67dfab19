/** Owns one boot of the test kernel: a User Mode Linux that runs one command and is gone afterwards, whatever happens. */

import { execFileSync, spawn } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** Where Debian keeps administrators' programs; an ordinary user's PATH may lack them. */
const programPath = [process.env['PATH'] ?? '', '/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin', '/bin'].join(
  delimiter,
);

/** What the tests run, with the Debian package that brings it. */
const programs = {
  'linux.uml': 'user-mode-linux',
  ipvsadm: 'ipvsadm',
  ip: 'iproute2',
  modprobe: 'kmod',
  'systemd-analyze': 'systemd',
  keepalived: 'keepalived',
  man: 'man-db',
  zsh: 'zsh',
  fish: 'fish',
  cc: 'gcc',
  lintian: 'lintian',
  'ansible-playbook': 'ansible',
  'qemu-aarch64': 'qemu-user',
  valgrind: 'valgrind',
  strace: 'strace',
};

/** What is no program, with its package. */
const files = {
  '/usr/include/stdio.h': 'libc6-dev',
  '/usr/aarch64-linux-gnu/lib/libc.so.6': 'libc6-arm64-cross',
  '/usr/aarch64-linux-gnu/lib/libstdc++.so.6': 'libstdc++6-arm64-cross',
  '/usr/aarch64-linux-gnu/lib/libatomic.so.1': 'libatomic1-arm64-cross',
};

/**
 * Where a program is, if it is installed.
 *
 * @param {string} name
 */
function find(name) {
  return programPath
    .split(delimiter)
    .filter((directory) => directory !== '')
    .map((directory) => join(directory, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** The Debian packages that a boot needs and that are not here. */
export function missingPackages() {
  const missing = [
    ...Object.entries(programs).filter(([program]) => find(program) === undefined),
    ...Object.entries(files).filter(([file]) => !existsSync(file)),
  ];
  return missing.map(([, packageName]) => packageName);
}

/** Bytes, of which only those that are touched are taken. */
const memory = 2 ** 31;

/** The kernel's memory is a file that is mapped. /dev/shm is fast, but containers make it tiny. */
function memoryDirectory() {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > memory ? '/dev/shm' : tmpdir();
  } catch {
    return tmpdir();
  }
}

/**
 * A word of a shell command.
 *
 * @param {string} word
 */
function quote(word) {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Without it there are processors on which the kernel does not start; the file says why. */
const wideRegisters = fileURLToPath(new URL('support/wide-registers.c', import.meta.url));

/**
 * Every running kernel, by process group: an interrupted run must not leave one behind.
 *
 * @type {Set<number>}
 */
const running = new Set();

/** @param {number} group */
function kill(group) {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

process.on('exit', () => running.forEach(kill));

/** What `init.sh` puts in front of its own two lines. */
const mark = '\u001E';

/** The last line that counts: the kernel's own farewell comes behind it. */
const lastLine = new RegExp(`${mark}exit (\\d+)\n`);

/**
 * Splits the console into what came before the job, the job's output and its exit status. Boot messages are kept back:
 * they are worth reading only if the job never starts.
 *
 * @param {(text: string) => void} onOutput
 * @param {() => void} onEnd called when the job has ended
 */
function consoleReader(onOutput, onEnd) {
  const readyLine = `${mark}ready\n`;
  let isReady = false;
  let pending = '';
  /** @type {number | undefined} */
  let status;

  return {
    /** @param {string} text */
    read(text) {
      pending += text;
      if (!isReady) {
        const start = pending.indexOf(readyLine);
        if (start === -1) return;
        isReady = true;
        pending = pending.slice(start + readyLine.length);
      }
      if (status !== undefined) return;
      const end = lastLine.exec(pending);
      // A line of our own may come in pieces.
      const shown = end?.index ?? (pending.includes(mark) ? pending.indexOf(mark) : pending.length);
      onOutput(pending.slice(0, shown));
      pending = pending.slice(shown);
      if (end === null) return;
      status = Number(end[1]);
      onEnd();
    },
    /** The job's exit status; undefined if the kernel stopped before the job did. */
    end() {
      if (status === undefined) onOutput(pending);
      return status;
    },
  };
}

/**
 * Words that put the job's own build, `dist` in its directory, where the repository's is, and go on: jobs can be side by
 * side, and none needs the other's.
 */
export const withOwnBuild = ['sh', '-c', 'mkdir -p dist && mount --bind /run/job/dist dist && exec "$@"', 'sh'];

/** What every job finds in its environment, and nothing of ours. */
const standardEnvironment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LC_ALL: 'C.UTF-8',
};

/**
 * What to run in a kernel.
 *
 * @typedef {object} Job
 * @property {readonly string[]} command words
 * @property {string} cwd
 * @property {Readonly<Record<string, string>>} [environment] beside what every job has
 * @property {string} directory of this boot alone, with nothing in it but the job's own files; /run/job inside, and the only
 *   place that outlives the kernel
 * @property {number} seconds after which the job is stopped
 * @property {(text: string) => void} onOutput what the job prints
 */

/**
 * Boots, runs the job, and returns its exit status (124 if it was stopped), or undefined if the kernel died, hung or did
 * not boot.
 *
 * @param {Job} job
 * @returns {Promise<number | undefined>}
 */
export function runInKernel({ command, cwd, environment = {}, directory, seconds, onOutput }) {
  const script = [
    '#!/bin/sh',
    ...Object.entries({ ...standardEnvironment, ...environment }).map(
      ([name, value]) => `export ${name}=${quote(value)}`,
    ),
    `cd ${quote(cwd)} && exec ${command.map(quote).join(' ')}`,
  ];
  writeFileSync(join(directory, 'command'), `${script.join('\n')}\n`, { mode: 0o700 });
  // Copied, because the kernel command line has no way to write a path with a blank in it.
  const init = join(directory, 'init');
  copyFileSync(new URL('init.sh', import.meta.url), init);
  chmodSync(init, 0o700);
  const sockets = join(directory, 'uml');
  mkdirSync(sockets);

  const parameters = [
    `mem=${memory / 2 ** 20}M`,
    'root=/dev/root',
    'rootfstype=hostfs',
    'rootflags=/',
    'ro',
    'quiet',
    'panic=-1',
    `uml_dir=${sockets}/`,
    'con=null',
    'con0=fd:0,fd:1',
    `init=${init}`,
    `JOB=${directory}`,
    `SECONDS_LIMIT=${seconds}`,
  ];
  const registers = join(directory, 'wide-registers.so');
  execFileSync(find('cc') ?? 'cc', ['-O2', '-Wall', '-Werror', '-shared', '-fPIC', '-o', registers, wideRegisters]);
  const kernel = spawn(find('linux.uml') ?? 'linux.uml', parameters, {
    detached: true,
    env: { PATH: programPath, HOME: directory, TMPDIR: memoryDirectory(), LD_PRELOAD: registers },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const group = kernel.pid;
  const stop = () => {
    if (group !== undefined) kill(group);
  };
  if (group !== undefined) running.add(group);
  const reader = consoleReader(onOutput, stop);
  for (const stream of [kernel.stdout, kernel.stderr]) {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => reader.read(text));
  }
  // The kernel stops the job itself; this is for a kernel that can't.
  const deadline = setTimeout(stop, (seconds + 60) * 1000);

  return new Promise((resolve) => {
    kernel.once('error', (error) => onOutput(`${error.message}\n`));
    // Its helpers outlive a kernel that dies, and hold its console open.
    kernel.once('exit', stop);
    kernel.once('close', () => {
      clearTimeout(deadline);
      stop();
      if (group !== undefined) running.delete(group);
      resolve(reader.end());
    });
  });
}
