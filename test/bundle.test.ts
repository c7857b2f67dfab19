/** Owns what the program loads before it knows what to do: the parser and the big packages wait until they are needed. */

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle, program } from '../src/packaging/build.mjs';
import { root } from '../src/packaging/setup.mjs';

let directory: string;
let metafile: Metafile;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ipvstx-bundle-'));
  metafile = await bundle(program, directory);
});

afterAll(() => rm(directory, { recursive: true, force: true }));

/** The output that a source file became the entry of. */
function outputOf(entryPoint: string): string {
  const output = Object.keys(metafile.outputs).find((path) => metafile.outputs[path]?.entryPoint === entryPoint);
  if (output === undefined) throw new Error(`nothing imports ${entryPoint} dynamically`);
  return output;
}

/** The packages and folders of the source that are loaded together with an output, before it does anything. */
function loadedWith(entryPoint: string): ReadonlySet<string> {
  const outputs = new Set([outputOf(entryPoint)]);
  const loaded = new Set<string>();
  // A set that is walked while it grows is walked to its last member.
  for (const output of outputs) {
    const { imports, inputs } = metafile.outputs[output] ?? { imports: [], inputs: {} };
    for (const { path, kind, external } of imports) {
      if (kind !== 'import-statement') continue;
      if (external === true) loaded.add(path);
      else outputs.add(path);
    }
    for (const input of Object.keys(inputs)) loaded.add(nameOf(input));
  }
  return loaded;
}

/** `execa` for a file of that package, `src/plan` for a file of ours. */
function nameOf(input: string): string {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input) ?? [];
  return name ?? input.split('/').slice(0, 2).join('/');
}

/** What costs more to load than to use, for a command that has no need of it. */
const heavy = ['chevrotain', 'grammar/parser', 'yargs-parser', 'execa', 'diff'];

test('the entry loads nothing that only a command needs', () => {
  const loaded = loadedWith('src/cli/main.ts');
  expect([...heavy, 'netlink'].filter((name) => loaded.has(name))).toEqual([]);
});

test.each(['src/cli/classic/main.ts', 'src/kernel/netlink-port.ts'])(
  'the ipvsadm front end loads no parser and none of the big packages: %s',
  (entryPoint) => {
    const loaded = loadedWith(entryPoint);
    expect(loaded).toContain('src/model');
    expect(heavy.filter((name) => loaded.has(name))).toEqual([]);
  },
);

/** Runs a command in a process of its own: the packages and folders that it has loaded at its end, and what of Node.js. */
function loadedBy(line: string): { readonly loaded: ReadonlySet<string>; readonly builtins: ReadonlySet<string> } {
  const loader = join(import.meta.dirname, '../src/packaging/loader.cjs');
  const script = `
    const { filesIn, loaderOf } = require(${JSON.stringify(loader)});
    const loader = loaderOf(filesIn(${JSON.stringify(directory)}), require);
    loader.load('main.js').main('ipvstx', ${JSON.stringify(line.split(' '))}).then((status) => {
      const files = Array.from(loader.compiled(), ([path]) => path);
      const builtins = process.moduleLoadList.filter((name) => name.startsWith('NativeModule '));
      require('node:fs').writeSync(3, JSON.stringify({ status, files, builtins }));
    });
  `;
  const { output } = spawnSync(process.execPath, ['-e', script], {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
  });
  const { status, files, builtins } = JSON.parse(output[3] ?? '') as {
    readonly status: number;
    readonly files: readonly string[];
    readonly builtins: readonly string[];
  };
  expect(status).toBe(0);
  const names = new Set(files.map((path) => basename(path, '.compiled')));
  const outputs = Object.entries(metafile.outputs).filter(([path]) => names.has(basename(path)));
  return {
    loaded: new Set(outputs.flatMap(([, { inputs }]) => Object.keys(inputs).map(nameOf))),
    builtins: new Set(builtins.map((name) => name.slice('NativeModule '.length))),
  };
}

/** What of Node.js brings a dozen other modules along. */
const dear = [
  'child_process',
  'crypto',
  'dns/promises',
  'internal/fs/promises',
  'perf_hooks',
  'readline',
  'stream',
  'timers/promises',
];

/** What each way through the program needs of what is dear to load; all else would be waited for in vain. */
test.each<[line: string, packages: readonly string[], builtins: readonly string[]]>([
  ['version', [], []],
  ['ipvsadm -v', [], []],
  ['check table.rules', ['yargs-parser'], []],
  ['plan table.rules --kernel memory', ['yargs-parser'], ['crypto', 'stream']],
  ['plan table.rules --kernel memory --format unified', ['yargs-parser', 'diff'], ['crypto', 'stream']],
  ['check table.ipvs', ['yargs-parser', 'chevrotain', 'grammar/parser'], []],
  [
    'restore table.rules --kernel memory:kernel.json',
    ['yargs-parser'],
    ['crypto', 'stream', 'child_process', 'internal/fs/promises'],
  ],
])('what is dear and loaded by: %s', (line, packages, builtins) => {
  writeFileSync(join(directory, 'table.rules'), '-A -t 192.0.2.1:80 -s wlc\n-a -t 192.0.2.1:80 -r 10.0.0.1 -m\n');
  writeFileSync(join(directory, 'table.ipvs'), 'service a {\n  tcp 192.0.2.1 port 80\n  backend 10.0.0.1\n}\n');
  const seen = loadedBy(line);
  expect(heavy.filter((name) => seen.loaded.has(name)).toSorted()).toEqual(packages.toSorted());
  expect(dear.filter((name) => seen.builtins.has(name)).toSorted()).toEqual(builtins.toSorted());
});

test('the big packages are in the bundle, each in chunks that are loaded on demand', () => {
  const inputs = new Set(Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs).map(nameOf)));
  expect(heavy.filter((name) => !inputs.has(name))).toEqual([]);
});

test('the terms of every package in the bundle are beside it, the same ones once', () => {
  const text = readFileSync(join(directory, 'licenses.txt'), 'utf8');
  const paths = Object.keys(metafile.inputs).filter((input) => input.includes('node_modules/'));
  const names = new Set(paths.map(nameOf));
  expect(names.size).toBeGreaterThan(heavy.length);
  expect([...names].filter((name) => !new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm').test(text))).toEqual([]);
  expect(text).toContain('Redistributions in binary form must reproduce the above copyright');
  expect(text.match(/^chevrotain .*\n\nApache License$/gm)).toHaveLength(1);
  expect(text.match(/^@chevrotain\/gast .*\n\n/gm)).toBeNull();
});

/** What a command that needs the kernel says, and its status, where the package netlink has its compiled part at `place`. */
async function runWith(
  place: string | undefined,
  ...words: readonly string[]
): Promise<{ stderr: string; status: number | null }> {
  const home = await mkdtemp(join(tmpdir(), 'ipvstx-binding-'));
  try {
    await cp(directory, join(home, 'dist'), { recursive: true });
    const shipped = `node_modules/netlink/prebuilds/linux-${process.arch}/node.napi.node`;
    if (place !== undefined) await cp(join(root, shipped), join(home, 'node_modules/netlink', place));
    const { stderr, status } = spawnSync(process.execPath, [join(home, 'dist/ipvstx.js'), ...words], {
      encoding: 'utf8',
    });
    return { stderr, status };
  } finally {
    await rm(home, { recursive: true });
  }
}

test.each([`prebuilds/linux-${process.arch}/node.napi.node`, 'build/Release/netlink_binding.node'])(
  'the compiled part of netlink is found: %s',
  async (place) => {
    // What may be missing is IPVS, or the right to use it.
    expect((await runWith(place, 'save')).stderr).toMatch(/^$|^ipvstx: (the kernel has no IPVS|CAP_NET_ADMIN)/);
  },
);

test('where it is not, that is said, and nothing else is blamed', async () => {
  const why = `the netlink binding can not be loaded: Cannot find module 'netlink/prebuilds/linux-${process.arch}/node.napi.node'\n`;
  expect(await runWith(undefined, 'save')).toEqual({ status: 1, stderr: `ipvstx: ${why}` });
  expect(await runWith(undefined, 'ipvsadm', '-L')).toEqual({ status: 2, stderr: `Can't initialize ipvs: ${why}` });
});
