/** Owns `ipvstx lock`. */

import { type Diagnostic, hasErrors } from '../../../grammar/text/diagnostic.ts';
import type { SourceText } from '../../../grammar/text/source-text.ts';
import { type Address, parseAddress } from '../../../grammar/value/address.ts';
import { defineCommand } from '../command.ts';
import { openDiskSources } from '../config-sources.ts';
import type { Context } from '../context.ts';
import type { ExitStatus } from '../exit.ts';
import { Failure, systemErrorText } from '../failure.ts';
import { readSource } from '../read-source.ts';
import { parseReference } from '../reference.ts';
import { writeText } from '../write-table.ts';

/** The host names of a configuration under each of its sites, and the mistakes that keep it from being read. */
async function hostsOf(
  source: SourceText,
  context: Context,
): Promise<{ hosts: ReadonlySet<string>; mistakes: readonly Diagnostic[] }> {
  const reader = await import('../../../grammar/parser/config-parser.ts');
  const { compileConfig } = await import('../../compile/config/compile-config.ts');
  const sources = openDiskSources(context.host);
  const defines = new Map(context.options.define);
  const plain = await compileConfig(source, reader, sources, { defines });
  const sited = await Promise.all(plain.sites.map((site) => compileConfig(source, reader, sources, { site, defines })));
  const all = sited.length === 0 ? [plain] : sited;
  // Hosts that are not in the lock file, or lines in it that are wrong, are what this command is for.
  const mistakes = all.flatMap(({ diagnostics }) =>
    diagnostics.filter(
      ({ code, severity }) => severity === 'error' && code !== 'unlocked-host' && code !== 'bad-lock-line',
    ),
  );
  return { hosts: new Set(all.flatMap(({ hosts }) => hosts)), mistakes };
}

async function addressesOf(host: string): Promise<readonly Address[]> {
  try {
    const { lookup } = await import('node:dns/promises');
    const found = await lookup(host, { all: true });
    return [...new Set(found.flatMap(({ address }) => parseAddress(address) ?? []))];
  } catch (error) {
    throw new Failure(
      'error',
      `can't find the address of "${host}": ${systemErrorText(error)}; nothing was written`,
      undefined,
      {
        cause: error,
      },
    );
  }
}

/** Looks up every host name of a configuration and writes its lock file; a name without an address is a failure. */
export async function lock(file: string, context: Context): Promise<ExitStatus> {
  const reference = parseReference(file, 'config');
  if (reference.kind !== 'file' || reference.path === '-') throw new Failure('usage', `"${file}" is no config file`);
  const source = await readSource(reference.path, context.host);
  const { hosts, mistakes } = await hostsOf(source, context);
  if (hasErrors(mistakes)) {
    await context.report(mistakes);
    return 'invalid';
  }
  const { lockFileOf, printLockFile } = await import('../../compile/config/hosts.ts');
  const found = await Promise.all(Array.from(hosts, async (host) => [host, await addressesOf(host)] as const));
  const lockFile = lockFileOf(source.name);
  await writeText(printLockFile(new Map(found)), lockFile, context);
  await context.note(`${lockFile}: ${found.length} host name${found.length === 1 ? '' : 's'}\n`);
  return 'done';
}

/** Its entry in the table of commands. */
export const lockCommand = defineCommand({
  name: 'lock',
  summary: 'look up the host names of a config file',
  description:
    'Looks up each resolve("name") of a config file and its includes, under all of its sites, and writes the addresses into FILE.lock beside it. Every other command reads that file and asks no name server, so a table means the same wherever and whenever it is applied. Keep the lock file in git.',
  positionals: { file: { count: 'one', summary: 'a config file' } },
  options: {},
  examples: [{ line: 'ipvstx lock edge.ipvs', does: 'write edge.ipvs.lock' }],
  run: (values, context) => lock(values.file, context),
});
