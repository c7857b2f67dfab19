/** Owns what the program loads before it knows what to do: the parser and the big packages wait until they are needed. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle, program } from '../src/packaging/build.mjs';

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
  expect([...heavy, 'netlink/dist/raw.js'].filter((name) => loaded.has(name))).toEqual([]);
});

test.each(['src/cli/classic/main.ts', 'src/kernel/netlink-port.ts'])(
  'the ipvsadm front end loads no parser and none of the big packages: %s',
  (entryPoint) => {
    const loaded = loadedWith(entryPoint);
    expect(loaded).toContain('src/model');
    expect(heavy.filter((name) => loaded.has(name))).toEqual([]);
  },
);

test('the big packages are in the bundle, each in chunks that are loaded on demand', () => {
  const inputs = new Set(Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs).map(nameOf)));
  expect(heavy.filter((name) => !inputs.has(name))).toEqual([]);
});
