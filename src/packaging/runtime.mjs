/** Owns the Node.js that packages bring along: which one, and that it is the one that was meant. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** @typedef {'x64' | 'arm64'} Processor */

/** By Node's names of processors: Debian's, and the Node.js inside of the package, as the npm registry has it. */
export const processors = {
  x64: {
    debian: 'amd64',
    node: '24.22.3',
    integrity: 'sha512-KHsob+Fv9YerATvYujMbiyJqnRCvLtrcr/eTNqRqiOSGp97EOiRP1yP47+knGgQ/xnc3XY8xzkW587dlZzNqRA==',
  },
  arm64: {
    debian: 'arm64',
    node: '24.22.0',
    integrity: 'sha512-xbI0deR0+gzJizE0IdT7x3ewSqtvWW7tx6QlJIBI6IszUY41yrPmOeS+b6WkA7DmSS8VKJRcMthWVwO1LbjamQ==',
  },
};

/**
 * @param {string} name
 * @returns {name is Processor}
 */
export function isProcessor(name) {
  return Object.hasOwn(processors, name);
}

/** @type {Map<Processor, string>} */
const fetched = new Map();

/**
 * The Node.js of a processor, out of the registry: the folder of its package, until this process ends.
 *
 * @param {Processor} processor
 */
export function fetchNode(processor) {
  const known = fetched.get(processor);
  if (known !== undefined) return known;
  const { node, integrity } = processors[processor];
  const directory = mkdtempSync(join(tmpdir(), 'ipvstx-node-'));
  process.once('exit', () => rmSync(directory, { recursive: true }));
  const wanted = `node-linux-${processor}@${node}`;
  const packing = ['pack', '--json', '--pack-destination', directory, wanted];
  /** @type {[{ readonly filename: string }]} */
  const [{ filename }] = JSON.parse(execFileSync('npm', packing, { encoding: 'utf8', stdio: 'pipe' }));
  const archive = join(directory, filename);
  const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (found !== integrity) throw new Error(`${wanted} is not what it was: ${found}`);
  execFileSync('tar', ['-xzf', archive, '-C', directory]);
  fetched.set(processor, join(directory, 'package'));
  return join(directory, 'package');
}
