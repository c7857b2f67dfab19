/**
 * Owns the compiled code beside the program's files: `node compile.mjs DIST` runs commands in this process, so that V8
 * compiles what they need of the packages, and keeps that for the loader, with all of our own code.
 */

import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import loading from './loader.cjs';

const directory = resolve(process.argv[2] ?? '');
// Packages are found from here, wherever the build is.
const loader = loading.loaderOf(loading.filesIn(directory), createRequire(import.meta.url));

/** In bytes: larger files hold a package, of which a command needs little. */
const ownFile = 100_000;

const rules = `-A -t 192.0.2.1:80 -s wlc
-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 5
`;
const config = `pool web {
  w1 10.0.0.1 weight 5
}

service web {
  tcp 192.0.2.1 port 80
  forward masq
  backends web
}
`;

/** What people start most often. */
const commands = [
  'version',
  'check table.rules',
  'check table.ipvs',
  'plan table.rules --kernel memory',
  'plan table.ipvs --kernel memory',
  'restore table.rules --kernel memory:table.json --state-dir state',
  'apply table.ipvs --yes --kernel memory:table.json --state-dir state',
  'save --kernel memory:table.json',
  'list --kernel memory:table.json',
  'status --kernel memory:table.json --state-dir state',
];

function ownFiles() {
  const files = ['.', 'chunks'].flatMap((folder) =>
    readdirSync(join(directory, folder)).map((name) => join(folder, name)),
  );
  return files.filter((id) => id !== 'ipvstx.js' && id.endsWith('.js') && statSync(join(directory, id)).size < ownFile);
}

async function runCommands() {
  const { main } = loader.load('main.js');
  for (const command of commands) {
    const status = await main('ipvstx', command.split(' '));
    if (status !== 0) throw new Error(`"${command}" ended with ${status}`);
  }
}

setFlagsFromString('--no-lazy');
for (const id of ownFiles()) loader.load(id);
setFlagsFromString('--lazy');

const scratch = mkdtempSync(join(tmpdir(), 'ipvstx-compile-'));
try {
  process.chdir(scratch);
  writeFileSync('table.rules', rules);
  writeFileSync('table.ipvs', config);
  await runCommands();
} finally {
  process.chdir('/');
  rmSync(scratch, { recursive: true });
}
const changed = loader.changed();
if (changed.length > 0)
  throw new Error(`these exports change, which their importers do not see: ${changed.join(', ')}`);
for (const [path, compiled] of loader.compiled()) {
  writeFileSync(`${path}.new`, compiled);
  renameSync(`${path}.new`, path);
}
