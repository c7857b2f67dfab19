/**
 * Owns the bundle: `dist/ipvstx.js`, the program's entry, and the chunks that it loads when a command needs them.
 *
 * Run as a program it builds; imported it lends `bundle` to the tests.
 */

import { execFile } from 'node:child_process';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { licensesFile, licensesOf } from './licenses.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where the bundle goes unless told otherwise. */
const distribution = join(root, 'dist');

/**
 * To import `node:process` opens the standard streams, so our own code gets the global object. Packages import single
 * functions of it.
 *
 * @type {import('esbuild').Plugin}
 */
const plainProcess = {
  name: 'plain-process',
  setup(build) {
    build.onResolve({ filter: /^node:process$/ }, ({ path, importer }) =>
      importer.includes('node_modules') ? undefined : { path, namespace: 'plain-process' },
    );
    build.onLoad({ filter: /^/, namespace: 'plain-process' }, () => ({
      contents: 'export default globalThis.process;',
    }));
  },
};

/**
 * Of yargs only the parser is used; that the rest may be left out, its package.json does not say.
 *
 * @type {import('esbuild').Plugin}
 */
const onlyWhatIsUsed = {
  name: 'only-what-is-used',
  setup(build) {
    build.onResolve({ filter: /platform-shims\/esm\.mjs$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path),
      sideEffects: false,
    }));
  },
};

/**
 * The ipvsadm front end is one file: scripts start it again and again, and each file to load takes its time.
 */
const frontEnd = { source: 'src/cli/classic/main.ts', output: 'ipvsadm.js' };

/** @type {import('esbuild').Plugin} */
const frontEndApart = {
  name: 'front-end-apart',
  setup(build) {
    build.onResolve({ filter: /\/classic\/main\.ts$/ }, ({ path }) => ({ path, namespace: 'front-end-apart' }));
    build.onLoad({ filter: /^/, namespace: 'front-end-apart' }, () => ({
      contents: `export const { runClassic } = require('../${frontEnd.output}');`,
    }));
  },
};

/** What all ways of bundling have in common. */
const settings = /** @type {const} */ ({
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
});

/** Of the package netlink only the compiled part stays a file of its own, which is not looked for beside our files. */
const netlinkInside = {
  alias: { 'node-gyp-build': join(root, 'src/packaging/binding.cjs') },
  define: { __dirname: '""' },
};

/** What stands for `import.meta.url`. */
const fileUrl = { 'import.meta.url': 'fileUrl' };

/**
 * A file as the program's loader takes it.
 *
 * @param {string} code CommonJS
 */
function asFunction(code) {
  return `(function (exports, require, module, fileUrl) {${code}\n})\n`;
}

/**
 * @param {string} directory
 */
async function bundleFrontEnd(directory) {
  const { build } = await import('esbuild');
  const { metafile, outputFiles } = await build({
    ...settings,
    entryPoints: [frontEnd.source],
    outfile: join(directory, frontEnd.output),
    format: 'cjs',
    minifyWhitespace: true,
    minifySyntax: true,
    // It loads modules without execa.
    external: ['execa'],
    ...netlinkInside,
    write: false,
  });
  for (const { path, text } of outputFiles) await writeFile(path, asFunction(text));
  return metafile;
}

/**
 * The file that is executed; it loads the others.
 *
 * @param {string} directory
 */
async function bundleEntry(directory) {
  const { build } = await import('esbuild');
  const outfile = join(directory, 'ipvstx.js');
  await build({ ...settings, entryPoints: ['src/packaging/entry.cjs'], outfile, format: 'cjs' });
  await chmod(outfile, 0o755);
}

/**
 * Bundles what starts the program as a single executable.
 *
 * @param {string} outfile
 */
export async function bundleExecutableStart(outfile) {
  const { build } = await import('esbuild');
  await build({ ...settings, entryPoints: ['src/packaging/executable.cjs'], outfile, format: 'cjs' });
}

/**
 * Bundles each entry point (name -> source file) into `directory`, with what they share and what they import
 * dynamically in chunks beside them, and returns esbuild's account of what went where.
 *
 * @param {Record<string, string>} entryPoints
 * @param {string} directory emptied first
 * @param {{ write?: false, external: string[], alias?: Record<string, string>, define?: Record<string, string>, banner?: { js: string } }} options
 */
async function bundleModules(entryPoints, directory, options) {
  const { build } = await import('esbuild');
  await rm(directory, { recursive: true, force: true });
  return build({
    ...settings,
    entryPoints,
    outdir: directory,
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    format: 'esm',
    plugins: [plainProcess, onlyWhatIsUsed, frontEndApart],
    ...options,
  });
}

/**
 * The program as a whole. esbuild splits ES modules only; the loader takes CommonJS, whose compiled code can be kept.
 *
 * @param {string} directory
 */
async function bundleProgram(directory) {
  const { transform } = await import('esbuild');
  const { metafile, outputFiles = [] } = await bundleModules(program, directory, {
    ...netlinkInside,
    external: [`../${frontEnd.output}`],
    write: false,
  });
  await mkdir(join(directory, 'chunks'), { recursive: true });
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      supported: { 'dynamic-import': false },
      define: fileUrl,
      logLevel: 'warning',
    });
    await writeFile(path, asFunction(code));
  }
  await bundleEntry(directory);
  const apart = await bundleFrontEnd(directory);
  await writeFile(join(directory, 'package.json'), '{ "type": "commonjs" }\n');
  const inputs = { ...metafile.inputs, ...apart.inputs };
  await writeFile(join(directory, licensesFile), licensesOf(Object.keys(inputs), root));
  const compiler = fileURLToPath(new URL('compile.mjs', import.meta.url));
  await promisify(execFile)(process.execPath, [compiler, directory]);
  return {
    inputs,
    outputs: { ...metafile.outputs, ...apart.outputs },
  };
}

/**
 * Bundles the program, or other entry points as ES modules.
 *
 * @param {Record<string, string>} entryPoints
 * @param {string} directory emptied first
 * @returns {Promise<import('esbuild').Metafile>}
 */
export async function bundle(entryPoints, directory = distribution) {
  if (entryPoints === program) return bundleProgram(directory);
  const banner = { js: 'const require = process.getBuiltinModule;' };
  const { metafile } = await bundleModules(entryPoints, directory, { external: ['netlink'], banner });
  await writeFile(join(directory, 'package.json'), '{ "type": "module" }\n');
  return metafile;
}

/** What the program is built from. */
export const program = { main: 'src/cli/main.ts' };

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle(program);
