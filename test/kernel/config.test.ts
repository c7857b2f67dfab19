/** Owns the proof that a configuration without an error is a table that the kernel takes, and that it comes back as one. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runTransaction } from '../../src/apply/run.ts';
import type { CompiledConfig } from '../../src/compile/config/compile-config.ts';
import { configFromTable } from '../../src/compile/config/from-table.ts';
import type { Table } from '../../src/model/table.ts';
import { diffTables } from '../../src/plan/diff.ts';
import { compileFiles } from '../support/config-files.ts';
import { digest } from '../support/digest.ts';
import { namespace } from './support/namespace.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Compiles a file with those below its folder, for the interface and the scheduler that this kernel has. */
function compile(path: string, site?: string): Promise<CompiledConfig> {
  const folder = join(root, path.slice(0, path.lastIndexOf('/')));
  const read = (name: string): string =>
    readFileSync(join(folder, name), 'utf8')
      .replaceAll(/(interface|SYNC_IF =) [\w.]+/g, '$1 lo')
      .replaceAll('"private"', 'rr')
      // The loopback interface has no IPv6 multicast route.
      .replaceAll('group ff02::81', 'group 239.0.0.81');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.ipvs(\.lock)?$/.test(name),
  );
  const files = Object.fromEntries(names.map((name) => [name, read(name)]));
  const main = path.slice(path.lastIndexOf('/') + 1);
  const lock = files[`${main}.lock`];
  return compileFiles(
    { ...files, 'main.ipvs': files[main] ?? '', ...(lock !== undefined && { 'main.ipvs.lock': lock }) },
    site === undefined ? {} : { site },
  );
}

/** Each service with its backends in their order. */
function orderOf({ services }: Table): readonly string[] {
  return Array.from(services, ([id, { destinations }]) => [id, ...destinations.keys()].join(' ')).toSorted();
}

/** A file, and the site that is chosen, if it has any. */
interface Source {
  readonly path: string;
  readonly site?: string;
}

const sources: readonly Source[] = [
  ...readdirSync(join(root, 'examples/tour'))
    .filter((name) => name.endsWith('.ipvs'))
    .map((name) => ({ path: `examples/tour/${name}` })),
  { path: 'examples/two-sites/edge.ipvs', site: 'fra1' },
  { path: 'test/golden/config/everything/main.ipvs' },
  { path: 'test/golden/config/families/main.ipvs' },
  { path: 'test/golden/config/precedence/main.ipvs', site: 'fra1' },
  { path: 'test/golden/config/two-sites/main.ipvs', site: 'fra1' },
];

test.each(sources)('$path', async ({ path, site }) => {
  const { value: desired } = await compile(path, site);
  if (desired === undefined) throw new Error('it has a mistake');
  const port = await (await namespace()).port();
  expect(await runTransaction({ port, desired, digest })).toMatchObject({ kind: 'applied' });
  const { table: live } = await port.dump();
  expect(diffTables(live, desired)).toEqual([]);

  // Backends stay in the order in which the file has them, on the way back as well.
  expect(orderOf(live)).toEqual(orderOf(desired));
  const { value: text = '', diagnostics } = configFromTable(live, { stoppedDaemons: false });
  expect(diagnostics).toEqual([]);
  const again = await compileFiles({ 'main.ipvs': text });
  expect(again.value && diffTables(live, again.value)).toEqual([]);
  expect(again.value && orderOf(again.value)).toEqual(orderOf(live));
});
