/** Owns `ipvstx list`. */

import { namesOf, withNames } from '../../compile/backends/names.ts';
import { listingToJson, renderListing } from '../../render/table-listing.ts';
import { defineCommand } from '../command.ts';
import { configOptions, loadNames } from '../configured-names.ts';
import type { Context } from '../context.ts';
import type { ExitStatus } from '../exit.ts';
import { kernelName } from '../kernel-name.ts';
import { withKernel } from '../kernel.ts';
import { jsonText, watch, watchOptions } from '../watch.ts';

interface ListInput {
  /** The configuration that names are from. */
  readonly config: string | undefined;
  readonly watching: boolean;
}

/** Prints the table of the kernel with its connections. */
export async function list({ config, watching }: ListInput, context: Context): Promise<ExitStatus> {
  const { layout, options, print } = context;
  const names = namesOf(await loadNames(config, context));
  const place = await kernelName(options);

  async function read(): Promise<string> {
    const [{ table, activity }, info] = await withKernel(context, async (port) => [
      await port.dump(),
      await port.info(),
    ]);
    const snapshot = { table: withNames(table, names), activity };
    if (!options.json) return renderListing(`IPVS ${info.version}, ${place}`, snapshot, layout);
    return jsonText(listingToJson(snapshot), watching);
  }

  await (watching ? watch(read, context) : print(await read()));
  return 'done';
}

/** Its entry in the table of commands. */
export const listCommand = defineCommand({
  name: 'list',
  summary: 'print the live table with its connections',
  description:
    'Prints services with their backends, sorted by address, and how many connections each backend has; with the names of a configuration, if one is given.',
  positionals: {},
  options: { ...configOptions, ...watchOptions },
  examples: [
    { line: 'ipvstx list --watch', does: 'what the kernel holds and who is connected, every 2 seconds' },
    { line: 'ipvstx list --json --netns blue', does: 'the same once for a program, in another network namespace' },
  ],
  run: ({ config, watch: watching }, context) => list({ config, watching }, context),
});
