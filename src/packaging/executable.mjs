/** Owns the single executable: a Node.js that has the program inside and starts it. */

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { filesBelow } from './files-below.mjs';
import { licensesFile } from './licenses.mjs';
import { bundle, bundleExecutableStart, program } from './build.mjs';
import { fetchNode, isProcessor } from './runtime.mjs';
import { root } from './setup.mjs';

/** @typedef {import('./runtime.mjs').Processor} Processor */

/** Where Node.js looks whether it has a program inside (its documentation, "Single executable applications"). */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** The Node.js of this machine, which prepares what is put into the other one. */
function ownNode() {
  if (!isProcessor(process.arch)) throw new Error(`an executable can't be made on "${process.arch}"`);
  return join(fetchNode(process.arch), 'bin/node');
}

/**
 * What Node.js is told of the program: its files, by their paths. They stay in what is made of them, so they do not say
 * where that was.
 *
 * @param {string} dist
 * @param {Processor} processor
 */
function configuration(dist, processor) {
  // Compiled code is not the same bytes twice.
  const files = filesBelow(dist).filter((id) => id.endsWith('.js') && id !== 'ipvstx.js');
  const addon = join(root, `node_modules/netlink/prebuilds/linux-${processor}/node.napi.node`);
  return {
    main: 'start.js',
    output: 'blob',
    disableExperimentalSEAWarning: true,
    // Whoever runs it as root shall not be made to run something else by NODE_OPTIONS.
    execArgvExtension: 'none',
    assets: { ...Object.fromEntries(files.map((id) => [id, join(dist, id)])), 'netlink.node': addon },
  };
}

/**
 * Our terms, and those of all that is inside, for the file beside it.
 *
 * @param {string} dist
 * @param {Processor} processor
 */
function licensesOfAll(dist, processor) {
  const files = [join(root, 'LICENSE'), join(dist, licensesFile), join(fetchNode(processor), 'LICENSE')];
  return files.map((file) => readFileSync(file, 'utf8')).join(`\n${'='.repeat(78)}\n`);
}

/**
 * Makes the executable of a processor, and returns its path; the licences of what is inside are beside it.
 *
 * @param {string} directory where it goes
 * @param {Processor} [processor]
 */
export async function makeExecutable(directory, processor = 'x64') {
  const scratch = mkdtempSync(join(tmpdir(), 'ipvstx-executable-'));
  /**
   * @param {string} command
   * @param {readonly string[]} words
   */
  const run = (command, words) => execFileSync(command, words, { cwd: scratch, stdio: 'pipe' });
  try {
    const dist = join(scratch, 'dist');
    await bundle(program, dist);
    await bundleExecutableStart(join(scratch, 'start.js'));
    writeFileSync(join(scratch, 'config.json'), JSON.stringify(configuration(dist, processor)));
    run(ownNode(), ['--experimental-sea-config', 'config.json']);
    copyFileSync(join(fetchNode(processor), 'bin/node'), join(scratch, 'ipvstx'));
    run(join(root, 'node_modules/.bin/postject'), ['ipvstx', 'NODE_SEA_BLOB', 'blob', '--sentinel-fuse', fuse]);
    mkdirSync(directory, { recursive: true });
    const path = join(directory, `ipvstx-linux-${processor}`);
    writeFileSync(`${path}.${licensesFile}`, licensesOfAll(dist, processor));
    copyFileSync(join(scratch, 'ipvstx'), `${path}.new`);
    chmodSync(`${path}.new`, 0o755);
    renameSync(`${path}.new`, path);
    return path;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
