/** Owns the figures that are taken inside the test kernel, beside the real ipvsadm; writes them to /run/job. */

import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import process from 'node:process';
import { compare, secondsOf } from './measure.mjs';
import { rules } from './rules.mjs';

/** @typedef {import('./measure.mjs').Figure} Figure */

const rounds = 5;
const node = process.execPath;
const ipvstx = [node, 'dist/ipvstx.js'];
const batches = [node, 'dist/agent/batches.js'];

/** A table's rules in a file, whose path is the answer.
 *
 * @param {string} name
 * @param {string} text
 */
function file(name, text) {
  const path = `/tmp/${name}.rules`;
  writeFileSync(path, text);
  return path;
}

/** Files by the number of their rules. */
const tables = /** @type {const} */ ({
  10: file('10', rules(1, 9)),
  1000: file('1000', rules(100)),
  10_000: file('10000', rules(1000)),
  50_000: file('50000', rules(5000)),
});

/** @param {readonly string[]} words */
function ip(words) {
  const { status, stderr } = spawnSync('ip', words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${words.join(' ')}: ${stderr}`);
}

/** @param {string} name */
function addNamespace(name) {
  ip(['netns', 'add', name]);
  ip(['-n', name, 'link', 'set', 'lo', 'up']);
}

/**
 * What `work` returns in a namespace of its own: behind a flush the kernel would search its trash at each new destination.
 *
 * @param {(namespace: string) => number} work
 */
function inFreshNamespace(work) {
  addNamespace('bench');
  try {
    return work('bench');
  } finally {
    ip(['netns', 'delete', 'bench']);
  }
}

/** @param {string} namespace */
const enter = (namespace) => [`--net=/run/netns/${namespace}`, '--'];

/**
 * @param {string} namespace
 * @param {readonly string[]} words
 * @param {string} [input]
 */
function secondsIn(namespace, words, input) {
  return secondsOf({ command: 'nsenter', words: [...enter(namespace), ...words], ...(input && { input }) });
}

/**
 * The number that a program prints.
 *
 * @param {string} namespace
 * @param {readonly string[]} words
 */
function toldIn(namespace, words) {
  const { status, stdout, stderr } = spawnSync('nsenter', [...enter(namespace), ...words], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr}`);
  return Number(stdout);
}

/**
 * A namespace that keeps a table.
 *
 * @param {string} namespace
 * @param {string} table
 */
function load(namespace, table) {
  addNamespace(namespace);
  secondsIn(namespace, ['ipvsadm', '-R'], table);
}

/** A restore into an empty table, whose history is empty as well.
 *
 * @param {string} table
 * @param {readonly string[]} options
 */
function secondsOfRestore(table, options) {
  return inFreshNamespace((namespace) => secondsIn(namespace, [...ipvstx, 'restore', table, ...options]));
}

/**
 * @param {string} name
 * @param {number} limit
 * @param {string} table
 */
function besideRestore(name, limit, table, options = ['--no-rehearse']) {
  return compare({
    name: `${name}, over ipvsadm -R`,
    limit,
    rounds,
    own: () => secondsOfRestore(table, options),
    reference: () => inFreshNamespace((namespace) => secondsIn(namespace, ['ipvsadm', '-R'], table)),
  });
}

/**
 * @param {string} name
 * @param {number} limit
 * @param {string} namespace
 * @param {readonly string[]} words
 */
function besideSave(name, limit, namespace, words) {
  return compare({
    name: `${name}, over ipvsadm -Sn`,
    limit,
    rounds,
    own: () => secondsIn(namespace, [...ipvstx, ...words]),
    reference: () => secondsIn(namespace, ['ipvsadm', '-S', '-n']),
  });
}

/**
 * @param {string} name
 * @param {number} limit
 * @param {string} namespace
 * @param {readonly string[]} words
 */
function besideNode(name, limit, namespace, words) {
  return compare({
    name: `${name}, over node -e 0`,
    limit,
    rounds: 11,
    own: () => secondsIn(namespace, [...ipvstx, ...words]),
    reference: () => secondsIn(namespace, [node, '-e', '0']),
  });
}

/**
 * The system calls of a program, which cost the same on every machine where its speed does not.
 *
 * @param {string} namespace
 * @param {readonly string[]} words
 * @param {string} [input]
 */
function callsIn(namespace, words, input) {
  const counting = [
    'strace',
    '--follow-forks',
    '--summary-only',
    '--summary-columns=calls,name',
    '--output=/tmp/calls',
  ];
  secondsIn(namespace, [...counting, ...words], input);
  const calls = Number(/(\d+) total/.exec(readFileSync('/tmp/calls', 'utf8'))?.[1]);
  if (Number.isNaN(calls)) throw new Error(`strace counted no calls of ${words.join(' ')}`);
  return calls;
}

/**
 * @param {string} name
 * @param {number} limit
 * @param {() => number} own
 * @param {() => number} reference
 * @returns {Figure}
 */
function calls(name, limit, own, reference) {
  return { name: `system calls of ${name}`, own: own(), reference: reference(), limit, unit: '' };
}

/** @returns {Figure} */
function wire() {
  const table = tables[50_000];
  inFreshNamespace((namespace) => toldIn(namespace, [...batches, 'record', table, '/tmp/recorded']));
  return compare({
    name: 'encoding, sending and reading the answers at 50,000 rules, over the floor in C',
    limit: 3,
    rounds,
    own: () => inFreshNamespace((namespace) => toldIn(namespace, [...batches, 'execute', table])),
    reference: () => inFreshNamespace((namespace) => toldIn(namespace, ['/run/job/floor', '/tmp/recorded'])),
  });
}

/**
 * The least that any program with Node.js could take, as no limit but a measure of one: recorded messages, sent again.
 *
 * @param {string} name
 * @param {() => number} own
 * @param {() => number} reference
 */
function floor(name, own, reference) {
  return compare({ name: `the least of ${name}`, rounds, own, reference });
}

// First, alone: beside a table of another namespace the kernel leaves services out of /proc/net/ip_vs, and each is asked for.
load('wide', file('wide', rules(2000, 3)));
const listings = [
  compare({
    name: 'ipvsadm -Ln of 2,000 services with 3 servers each, over the real one',
    limit: 1,
    rounds,
    own: () => secondsIn('wide', [...ipvstx, 'ipvsadm', '-Ln']),
    reference: () => secondsIn('wide', ['ipvsadm', '-Ln']),
  }),
  calls(
    'ipvsadm -Ln of 2,000 services, over those of the real one',
    1,
    () => callsIn('wide', [...ipvstx, 'ipvsadm', '-Ln']),
    () => callsIn('wide', ['ipvsadm', '-Ln']),
  ),
];
load('small', file('small', rules(2, 3)));
load('medium', tables[10_000]);
load('large', tables[50_000]);

/** One weight in a hundred is another one: the number of objects, and of messages that write. */
function changedAtLarge() {
  const lines = rules(5000).trimEnd().split('\n');
  const places = lines.flatMap((line, index) => (line.startsWith('-a') ? [index] : [])).filter((_, n) => n % 100 === 0);
  for (const place of places) lines[place] = `${lines[place]}1`;
  const changed = file('changed', `${lines.join('\n')}\n`);
  const own = toldIn('large', [...batches, 'count', changed]);
  return {
    name: 'messages that write for a 1 % change at 50,000 rules, over the changed objects',
    own,
    reference: places.length,
    limit: 1,
    unit: '',
  };
}

const figures = [
  besideRestore('restore of 1,000 rules without rehearsal', 2 / 3, tables[1000]),
  besideRestore('restore of 10,000 rules without rehearsal', 1 / 6, tables[10_000]),
  besideRestore('restore of 10,000 rules', 1 / 4, tables[10_000], []),
  besideRestore('restore of 50,000 rules without rehearsal', 1 / 15, tables[50_000]),
  compare({
    name: 'restore of 10,000 rules, over the same without rehearsal',
    limit: 2,
    rounds,
    own: () => secondsOfRestore(tables[10_000], []),
    reference: () => secondsOfRestore(tables[10_000], ['--no-rehearse']),
  }),
  wire(),
  besideSave('plan without a change at 10,000 rules', 1, 'medium', ['plan', tables[10_000]]),
  besideSave('plan without a change at 50,000 rules', 2 / 3, 'large', ['plan', tables[50_000]]),
  besideSave('save at 50,000 rules', 2 / 3, 'large', ['save']),
  changedAtLarge(),
  besideNode('plan of a file of 10 rules', 2.5, 'small', ['plan', tables[10]]),
  besideNode('ipvsadm -Ln of a small table', 1.3, 'small', ['ipvsadm', '-Ln']),
  ...listings,
];
const table = tables[10_000];
figures.push(
  calls(
    'a restore of 10,000 rules, over those of ipvsadm -R',
    1 / 4,
    () => inFreshNamespace((namespace) => callsIn(namespace, [...ipvstx, 'restore', table, '--no-rehearse'])),
    () => inFreshNamespace((namespace) => callsIn(namespace, ['ipvsadm', '-R'], table)),
  ),
  // It reads the table twice.
  calls(
    'a plan at 10,000 rules, over twice those of ipvsadm -Sn',
    1,
    () => callsIn('medium', [...ipvstx, 'plan', table]),
    () => 2 * callsIn('medium', ['ipvsadm', '-S', '-n']),
  ),
);
toldIn('medium', [...batches, 'reads', table, '/tmp/reads']);
inFreshNamespace((namespace) => toldIn(namespace, [...batches, 'record', table, '/tmp/writes']));
const bare = [node, 'test/bench/bare.cjs'];
figures.push(
  floor(
    'a plan at 10,000 rules (Node.js, two readings, nothing else), over ipvsadm -Sn',
    () => secondsIn('medium', [...bare, 'read:/tmp/reads', 'read:/tmp/reads']),
    () => secondsIn('medium', ['ipvsadm', '-S', '-n']),
  ),
  floor(
    'a restore of 10,000 rules (Node.js, the writes, one reading, nothing else), over ipvsadm -R',
    () => inFreshNamespace((namespace) => secondsIn(namespace, [...bare, 'write:/tmp/writes', 'read:/tmp/reads'])),
    () => inFreshNamespace((namespace) => secondsIn(namespace, ['ipvsadm', '-R'], table)),
  ),
);
const [ipvsadm = ''] = execFileSync('ipvsadm', ['-v'], { encoding: 'utf8' }).split(' (');
writeFileSync(
  '/run/job/figures.json',
  JSON.stringify({ figures, versions: { ipvsadm, kernel: `Linux ${release()}` } }),
);
