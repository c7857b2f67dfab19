/**
 * Owns the bundle: `dist/ipvstx.js`, the program's entry, and the chunks that it loads when a command needs them.
 *
 * Run as a program it builds; imported it lends `bundle` to the tests.
 */

import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

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
 * The ipvsadm front end is one CommonJS file: scripts start it again and again, and each file to load takes its time.
 * It is required, since to import such a file Node first loads a WebAssembly program that finds its exports.
 */
const frontEnd = { source: 'src/cli/classic/main.ts', output: 'ipvsadm.cjs' };

/** @type {import('esbuild').Plugin} */
const frontEndApart = {
  name: 'front-end-apart',
  setup(build) {
    build.onResolve({ filter: /\/classic\/main\.ts$/ }, ({ path }) => ({ path, namespace: 'front-end-apart' }));
    build.onLoad({ filter: /^/, namespace: 'front-end-apart' }, () => ({
      contents: `
        import { createRequire } from 'node:module';
        export const { runClassic } = createRequire(import.meta.url)('../${frontEnd.output}');`,
    }));
  },
};

/** What both ways of bundling have in common. */
const settings = /** @type {const} */ ({
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
});

/**
 * @param {string} directory
 */
async function bundleFrontEnd(directory) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    ...settings,
    entryPoints: [frontEnd.source],
    outfile: join(directory, frontEnd.output),
    format: 'cjs',
    minifyWhitespace: true,
    minifySyntax: true,
    // It loads modules without execa.
    external: ['netlink', 'execa'],
  });
  return metafile;
}

/**
 * Bundles each entry point (name -> source file) into `directory`, with what they share and what they import
 * dynamically in chunks beside them, and returns esbuild's account of what went where.
 *
 * @param {Record<string, string>} entryPoints
 * @param {string} directory emptied first
 */
export async function bundle(entryPoints, directory = distribution) {
  const { build } = await import('esbuild');
  await rm(directory, { recursive: true, force: true });
  const { metafile } = await build({
    ...settings,
    entryPoints,
    outdir: directory,
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    format: 'esm',
    // It looks for its compiled part beside its own files.
    external: ['netlink'],
    // execa's CommonJS parts call require(), for Node's own modules, and an ES module has none.
    banner: { js: 'const require = process.getBuiltinModule;' },
    plugins: [plainProcess, onlyWhatIsUsed, frontEndApart],
  });
  for (const name of Object.keys(entryPoints)) await chmod(join(directory, `${name}.js`), 0o755);
  if (!Object.values(entryPoints).includes(program.ipvstx)) return metafile;
  const frontEnd = await bundleFrontEnd(directory);
  return {
    inputs: { ...metafile.inputs, ...frontEnd.inputs },
    outputs: { ...metafile.outputs, ...frontEnd.outputs },
  };
}

/** What the program is built from. */
export const program = { ipvstx: 'src/cli/main.ts' };

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle(program);
