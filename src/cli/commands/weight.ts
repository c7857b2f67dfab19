/** Owns `ipvstx weight`. */

import { backendOptions, backendRequest, backendSummary, parseWeight } from '../backend-options.ts';
import { changeWeight } from '../change-weight.ts';
import { defineCommand } from '../command.ts';

/** Its entry in the table of commands. */
export const weightCommand = defineCommand({
  name: 'weight',
  summary: 'set the weight of one backend in all of its services',
  description:
    'Changes the weight of a backend in each live service that has it, as one transaction that is planned, verified and undone like an apply. Nothing else of the table is touched; if another program changes the table meanwhile, nothing is written.',
  positionals: {
    backend: { count: 'one', summary: backendSummary },
    weight: { count: 'one', summary: '0 to 2147483647; 0 takes no new connections' },
  },
  options: backendOptions,
  examples: [
    { line: 'ipvstx weight 10.0.1.11:8080 50', does: 'look at the plan, then agree or not' },
    { line: 'ipvstx weight web1 50 --config site.ipvs --yes', does: 'by the name in a configuration, unattended' },
  ],
  run: async (values, context) => {
    const weight = parseWeight(values.weight);
    const source = `weight ${values.backend} ${weight}`;
    const { status } = await changeWeight(
      { ...backendRequest(values), source, weigh: async () => () => weight },
      context,
    );
    return status;
  },
});
