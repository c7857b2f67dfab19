/** Owns `ipvstx connections`. */

import { namesOf } from '../../compile/backends/names.ts';
import { type Choice, byBackend, byClient, byService } from '../../compile/connections/choose.ts';
import { type Connection, compareConnections } from '../../model/connection.ts';
import type { Table } from '../../model/table.ts';
import { connectionsToJson, renderConnectionListing } from '../../render/connection-listing.ts';
import { defineCommand } from '../command.ts';
import { configOptions, loadNames } from '../configured-names.ts';
import type { Context } from '../context.ts';
import type { ExitStatus } from '../exit.ts';
import { Failure, systemErrorText } from '../failure.ts';
import { kernelName } from '../kernel-name.ts';
import { kernelFailure } from '../kernel.ts';
import type { OptionValues, Options } from '../option.ts';
import { jsonText, watch, watchOptions } from '../watch.ts';

const anyWord = {
  kind: 'value',
  placeholder: 'WORD',
  parse: (text: string) => (text === '' ? undefined : text),
} as const;

const choiceOptions = {
  service: {
    ...anyWord,
    placeholder: 'SERVICE',
    summary: "only of this service: ADDRESS[:PORT], 'tcp ADDRESS port N', 'mark N', or a name with --config",
  },
  backend: {
    ...anyWord,
    placeholder: 'BACKEND',
    summary: 'only to this backend: ADDRESS[:PORT], a range or prefix, or a name with --config',
  },
  client: { ...anyWord, placeholder: 'CLIENT', summary: 'only of this client: ADDRESS[:PORT], a range or a prefix' },
} as const satisfies Options;

const options = { ...choiceOptions, ...configOptions, ...watchOptions } as const;

/** The entries of the kernel's table; a memory kernel has none. */
async function readConnections({ options }: Context): Promise<readonly Connection[]> {
  if (options.kernel?.kind === 'memory') return [];
  const { connectionTablePath, parseConnections, readConnectionTable } =
    await import('../../kernel/connection-table.ts');
  try {
    return parseConnections(await readConnectionTable());
  } catch (error) {
    const message = `can't read ${connectionTablePath}: ${systemErrorText(error)}`;
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw isMissing ? kernelFailure({ kind: 'unavailable', message }) : new Failure('error', message);
  }
}

/** All that a connection has to be to be listed; rejects with a usage {@link Failure}. */
function choicesOf(values: OptionValues<typeof options>, named: Table): readonly Choice[] {
  const readers = { service: byService, backend: byBackend, client: byClient };
  return (['service', 'backend', 'client'] as const).flatMap((option) => {
    const word = values[option];
    if (word === undefined) return [];
    const choice = readers[option](word, named);
    if (choice !== undefined) return choice;
    const help =
      option === 'client' || values.config !== undefined ? undefined : 'names come from a configuration: --config FILE';
    throw new Failure('usage', `option "--${option}" can't be "${word}": it is no address`, help);
  });
}

/** Prints the chosen connections. */
export async function connections(values: OptionValues<typeof options>, context: Context): Promise<ExitStatus> {
  const named = await loadNames(values.config, context);
  const choices = choicesOf(values, named);
  const names = namesOf(named);
  const place = await kernelName(context.options);

  async function read(): Promise<string> {
    const all = await readConnections(context);
    const chosen = all.filter((each) => choices.every((choice) => choice(each))).sort(compareConnections);
    if (!context.options.json) return renderConnectionListing(place, chosen, names, context.layout);
    return jsonText(connectionsToJson(chosen, names), values.watch);
  }

  await (values.watch ? watch(read, context) : context.print(await read()));
  return 'done';
}

/** Its entry in the table of commands. */
export const connectionsCommand = defineCommand({
  name: 'connections',
  summary: 'print the connections that go through services now',
  description:
    'Prints the entries of the connection table, sorted by service, backend and client, with the time after which each ends unless there is traffic. A template keeps a client of a persistent service with its backend. Connections of a marked service are shown at the address that they went to: the kernel does not tell their mark.',
  positionals: {},
  options,
  examples: [
    { line: 'ipvstx connections --backend 10.0.1.11', does: 'who is connected to one machine' },
    { line: 'ipvstx connections --client 198.51.100.0/24 --json', does: 'those of a network, for a program' },
  ],
  run: (values, context) => connections(values, context),
});
