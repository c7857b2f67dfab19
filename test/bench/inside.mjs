/** Owns the times that are taken inside the test kernel, beside the real ipvsadm; writes them to /run/job. */

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { compare, secondsOf } from './measure.mjs';
import { rules } from './rules.mjs';

const rounds = 5;
const file = '/tmp/table.rules';
writeFileSync(file, rules());

/** @param {readonly string[]} words */
function ip(words) {
  const { status, stderr } = spawnSync('ip', words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${words.join(' ')}: ${stderr}`);
}

/**
 * What `work` returns in a namespace of its own.
 *
 * @param {(namespace: string) => number} work
 */
function inFreshNamespace(work) {
  ip(['netns', 'add', 'bench']);
  try {
    ip(['-n', 'bench', 'link', 'set', 'lo', 'up']);
    return work('bench');
  } finally {
    ip(['netns', 'delete', 'bench']);
  }
}

/**
 * @param {string} namespace
 * @param {readonly string[]} words
 * @param {string} [input]
 */
function secondsIn(namespace, words, input) {
  return secondsOf({
    command: 'nsenter',
    words: [`--net=/run/netns/${namespace}`, '--', ...words],
    ...(input && { input }),
  });
}

/**
 * What a program prints, which is the seconds that it took for what it is about.
 *
 * @param {string} namespace
 * @param {readonly string[]} words
 */
function secondsToldIn(namespace, words) {
  const command = [`--net=/run/netns/${namespace}`, '--', ...words];
  const { status, stdout, stderr } = spawnSync('nsenter', command, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr}`);
  return Number(stdout);
}

const ipvstx = [process.execPath, 'dist/ipvstx.js'];

const restore = compare({
  name: 'restore of 10,000 rules, over ipvsadm -R',
  limit: 1 / 4,
  rounds,
  own: () => inFreshNamespace((namespace) => secondsIn(namespace, [...ipvstx, 'restore', file])),
  reference: () => inFreshNamespace((namespace) => secondsIn(namespace, ['ipvsadm', '-R'], file)),
});

/**
 * A namespace that keeps a table.
 *
 * @param {string} namespace
 * @param {string} table
 */
function load(namespace, table) {
  const path = `/tmp/${namespace}.rules`;
  writeFileSync(path, table);
  ip(['netns', 'add', namespace]);
  ip(['-n', namespace, 'link', 'set', 'lo', 'up']);
  secondsIn(namespace, ['ipvsadm', '-R'], path);
}

const large = '/tmp/large.rules';
writeFileSync(large, rules(5000));
const batches = [process.execPath, 'dist/agent/batches.js'];
inFreshNamespace((namespace) => secondsToldIn(namespace, [...batches, 'record', large, '/tmp/recorded']));
const wire = compare({
  name: 'encoding, sending and reading the answers at 50,000 rules, over the floor in C',
  limit: 3,
  rounds,
  own: () => inFreshNamespace((namespace) => secondsToldIn(namespace, [...batches, 'execute', large])),
  reference: () => inFreshNamespace((namespace) => secondsToldIn(namespace, ['/run/job/floor', '/tmp/recorded'])),
});

load('loaded', rules());
const plan = compare({
  name: 'plan without a change, over ipvsadm -Sn',
  limit: 1,
  rounds,
  own: () => secondsIn('loaded', [...ipvstx, 'plan', file]),
  reference: () => secondsIn('loaded', ['ipvsadm', '-S', '-n']),
});

load('small', rules(2, 3));
const smallListing = compare({
  name: 'ipvsadm -Ln of a small table, over node -e 0',
  limit: 1.6,
  rounds: 11,
  own: () => secondsIn('small', [...ipvstx, 'ipvsadm', '-Ln']),
  reference: () => secondsIn('small', [process.execPath, '-e', '0']),
});

load('wide', rules(2000, 3));
const wideListing = compare({
  name: 'ipvsadm -Ln of 2,000 services with 3 servers each, over the real one',
  limit: 1,
  rounds,
  own: () => secondsIn('wide', [...ipvstx, 'ipvsadm', '-Ln']),
  reference: () => secondsIn('wide', ['ipvsadm', '-Ln']),
});

writeFileSync('/run/job/figures.json', JSON.stringify([restore, wire, plan, smallListing, wideListing]));
