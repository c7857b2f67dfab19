/**
 * Owns `npm run package`: the packages in `packages/`, for machines that need neither Node.js nor a registry. They are the
 * same bytes for the same commit.
 *
 *     npm run package             for npm, for Debian on the processor of this machine, and as a single executable
 *     npm run package -- arm64    the same for that processor
 */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { bundle, program } from './build.mjs';
import { makeExecutable } from './executable.mjs';
import { filesBelow } from './files-below.mjs';
import { fetchNode, isProcessor, processors } from './runtime.mjs';
import { root } from './setup.mjs';

/** @typedef {import('./runtime.mjs').Processor} Processor */

/** Where the Debian package has the program. */
const home = 'usr/lib/ipvstx';

/** What npm packages of ours the program needs beside its bundle, and what of them. */
const runtimePackages = {
  netlink: ['package.json', 'LICENSE', 'prebuilds'],
};

/**
 * @param {string} command
 * @param {readonly string[]} words
 * @param {import('node:child_process').ExecFileSyncOptions} [options]
 */
function output(command, words, options) {
  return execFileSync(command, words, { cwd: root, maxBuffer: 2 ** 26, stdio: 'pipe', ...options, encoding: 'utf8' });
}

/** The moment that every file is said to be from: of the commit, or of SOURCE_DATE_EPOCH. */
function epoch() {
  return process.env['SOURCE_DATE_EPOCH'] ?? output('git', ['log', '-1', '--format=%ct']).trim();
}

/**
 * Writes a file and what leads to it.
 *
 * @param {string} path
 * @param {string | Uint8Array} content
 * @param {number} [mode]
 */
function put(path, content, mode = 0o644) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, mode);
}

/** @param {string} text without a time, so that it is the same each time */
const zipped = (text) => gzipSync(text, { level: 9 });

/**
 * The program with its own Node.js, as it lies on a director.
 *
 * @param {string} tree
 * @param {Processor} processor
 */
async function putProgram(tree, processor) {
  const dist = join(tree, home, 'dist');
  await bundle(program, dist);
  const fetched = fetchNode(processor);
  cpSync(join(fetched, 'bin/node'), join(tree, home, 'node'));
  put(join(tree, 'usr/share/doc/ipvstx/LICENSE.node.gz'), zipped(readFileSync(join(fetched, 'LICENSE'), 'utf8')));
  // What this machine's Node.js compiled is of no use to the other one.
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.compiled')) rmSync(join(dist, name));
  }
  // It is compiled where it is installed: V8's code is not the same bytes twice.
  for (const name of ['compile.mjs', 'loader.cjs']) cpSync(join(root, 'src/packaging', name), join(tree, home, name));
  const entry = join(dist, 'ipvstx.js');
  put(entry, readFileSync(entry, 'utf8').replace(/^#!.*/, `#!/${home}/node`), 0o755);
  for (const [name, parts] of Object.entries(runtimePackages)) {
    for (const part of parts) {
      cpSync(join(root, 'node_modules', name, part), join(tree, home, 'node_modules', name, part), { recursive: true });
    }
  }
  const prebuilds = join(tree, home, 'node_modules/netlink/prebuilds');
  for (const name of readdirSync(prebuilds)) {
    if (name !== `linux-${processor}`) rmSync(join(prebuilds, name), { recursive: true });
  }
  mkdirSync(join(tree, 'usr/bin'), { recursive: true });
  symlinkSync(`../lib/ipvstx/dist/ipvstx.js`, join(tree, 'usr/bin/ipvstx'));
}

/** Where each shell looks for completions. */
const completions = {
  bash: 'usr/share/bash-completion/completions/ipvstx',
  zsh: 'usr/share/zsh/vendor-completions/_ipvstx',
  fish: 'usr/share/fish/vendor_completions.d/ipvstx.fish',
};

/**
 * Debian's own form; the changes are told in CHANGELOG.md, which lies beside it.
 *
 * @param {string} version
 */
function debianChangelog(version) {
  const date = new Date(Number(epoch()) * 1000).toUTCString().replace('GMT', '+0000');
  return `ipvstx (${version}) unstable; urgency=medium

  * See CHANGELOG.md.

 -- ipvstx maintainers <maintainers@ipvstx.example>  ${date}
`;
}

/**
 * What is read by people, shells and systemd.
 *
 * @param {string} tree
 * @param {string} version
 */
function putSurroundings(tree, version) {
  for (const name of readdirSync(join(root, 'man'))) {
    const [, section] = /\.(\d)$/.exec(name) ?? [];
    if (section === undefined) continue;
    put(join(tree, `usr/share/man/man${section}/${name}.gz`), zipped(readFileSync(join(root, 'man', name), 'utf8')));
  }
  for (const [shell, path] of Object.entries(completions)) {
    put(join(tree, path), output(process.execPath, [join(tree, home, 'dist/ipvstx.js'), 'completion', shell]));
  }
  const documents = join(tree, 'usr/share/doc/ipvstx');
  cpSync(join(root, 'examples'), join(documents, 'examples'), { recursive: true });
  put(join(documents, 'copyright'), readFileSync(join(root, 'src/packaging/debian/copyright')));
  put(join(documents, 'CHANGELOG.md.gz'), zipped(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')));
  put(join(documents, 'changelog.gz'), zipped(debianChangelog(version)));
  put(
    join(tree, 'usr/share/lintian/overrides/ipvstx'),
    readFileSync(join(root, 'src/packaging/debian/lintian-overrides')),
  );
  const units = join(root, 'src/packaging/systemd');
  for (const name of readdirSync(units)) put(join(tree, 'lib/systemd/system', name), readFileSync(join(units, name)));
  put(join(tree, 'etc/default/ipvstx'), readFileSync(join(root, 'src/packaging/debian/default')));
  put(join(tree, home, 'package.json'), `${JSON.stringify({ name: 'ipvstx', version }, undefined, 2)}\n`);
}

/**
 * What dpkg is told about the package.
 *
 * @param {string} tree
 * @param {string} version
 * @param {Processor} processor
 */
function putControl(tree, version, processor) {
  const files = filesBelow(tree);
  const bytes = files.reduce((sum, file) => sum + statSync(join(tree, file)).size, 0);
  const sums = files.map(
    (file) =>
      `${createHash('md5')
        .update(readFileSync(join(tree, file)))
        .digest('hex')}  ${file}\n`,
  );
  const own = join(root, 'src/packaging/debian');
  const control = readFileSync(join(own, 'control'), 'utf8')
    .replace('@version@', version)
    .replace('@architecture@', processors[processor].debian)
    .replace('@size@', String(Math.ceil(bytes / 1024)));
  put(join(tree, 'DEBIAN/control'), control);
  put(join(tree, 'DEBIAN/conffiles'), '/etc/default/ipvstx\n');
  put(join(tree, 'DEBIAN/md5sums'), sums.join(''));
  for (const script of ['postinst', 'prerm', 'postrm']) {
    put(join(tree, 'DEBIAN', script), readFileSync(join(own, script)), 0o755);
  }
}

/** Permissions that do not depend on who builds.
 *
 * @param {string} tree
 */
function settleModes(tree) {
  for (const entry of readdirSync(tree, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) continue;
    const isProgram = !entry.name.endsWith('.node') && (statSync(path).mode & 0o100) !== 0;
    const isOpen = entry.isDirectory() || isProgram;
    chmodSync(path, isOpen ? 0o755 : 0o644);
  }
}

/**
 * Makes the Debian package of a processor, and returns its path.
 *
 * @param {string} directory where it goes
 * @param {{ readonly processor?: Processor, readonly version?: string }} [options]
 */
export async function makeDebianPackage(directory, { processor = 'x64', version = ownVersion() } = {}) {
  const tree = mkdtempSync(join(tmpdir(), 'ipvstx-deb-'));
  try {
    chmodSync(tree, 0o755);
    await putProgram(tree, processor);
    putSurroundings(tree, version);
    settleModes(tree);
    putControl(tree, version, processor);
    mkdirSync(directory, { recursive: true });
    const path = join(directory, `ipvstx_${version}_${processors[processor].debian}.deb`);
    const env = { ...process.env, SOURCE_DATE_EPOCH: epoch() };
    // gzip: every dpkg reads it, and it takes seconds where xz takes minutes.
    output('dpkg-deb', ['--root-owner-group', '-Zgzip', '--build', tree, `${path}.new`], { env });
    renameSync(`${path}.new`, path);
    return path;
  } finally {
    rmSync(tree, { recursive: true });
  }
}

/**
 * Makes the package for npm, and returns its path. It brings what it needs along.
 *
 * @param {string} directory where it goes
 */
export async function makeNpmPackage(directory) {
  await bundle(program);
  mkdirSync(directory, { recursive: true });
  const [{ filename }] = JSON.parse(
    output('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', directory]),
  );
  return join(directory, filename);
}

function ownVersion() {
  /** @type {{ readonly version: string }} */
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return version;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const directory = join(root, 'packages');
  const processor = process.argv[2] ?? process.arch;
  if (!isProcessor(processor)) throw new Error(`there is no package for "${processor}"`);
  console.log(relative(root, await makeNpmPackage(directory)));
  console.log(relative(root, await makeDebianPackage(directory, { processor })));
  console.log(relative(root, await makeExecutable(directory, processor)));
}
