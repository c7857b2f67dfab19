/** Owns `ipvstx drain`. */

import { parseDuration } from '../../../grammar/value/duration.ts';
import { backendOptions, backendRequest, backendSummary } from '../backend-options.ts';
import { type BackendRequest, changeWeight } from '../change-weight.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import type { ExitStatus } from '../exit.ts';
import { withKernel } from '../kernel.ts';
import { waitUntilDrained } from '../wait-drained.ts';

interface DrainInput extends BackendRequest {
  /** Seconds to wait for the last connection; absent: not at all. */
  readonly deadline?: number;
}

/** Seconds to wait unless somebody says how long. */
const defaultDeadline = 300;

/** Gives a backend weight 0, and waits for its last connection if that is wanted. */
export async function drain({ deadline, ...request }: DrainInput, context: Context): Promise<ExitStatus> {
  const { backend, dryRun } = request;
  const source = `drain ${backend}`;
  const { status, places } = await changeWeight({ ...request, source, weigh: async () => () => 0 }, context);
  if (status !== 'done' || deadline === undefined || dryRun) return status;
  return withKernel(context, (port) => waitUntilDrained(port, { backend, places, deadline }, context));
}

/** Its entry in the table of commands. */
export const drainCommand = defineCommand({
  name: 'drain',
  summary: 'send one backend no new connections, and wait until it has none',
  description:
    'Sets the weight of a backend to 0 in each live service that has it: connections that exist go on, and new ones go elsewhere. It warns where they do not: sh and mh without fallback and dh refuse clients, and persistent services send known clients to the backend unless net.ipv4.vs.expire_quiescent_template is set. With --wait it ends when there are no connections and no persistence templates left, or with 11 at the deadline.',
  positionals: { backend: { count: 'one', summary: backendSummary } },
  options: {
    ...backendOptions,
    wait: { kind: 'flag', summary: 'wait for the last connection, 5 minutes at most unless --deadline says otherwise' },
    deadline: {
      kind: 'value',
      placeholder: 'TIME',
      parse: parseDuration,
      expects: 'seconds, or a time such as 5m or 1h30m',
      summary: 'wait for the last connection, this long at most',
    },
  },
  examples: [
    { line: 'ipvstx drain 10.0.1.11', does: 'in all services, on all ports' },
    {
      line: 'ipvstx drain 10.0.1.11:8080 --yes --deadline 10m && reboot-it',
      does: 'when nobody is connected any more',
    },
  ],
  run: (values, context) => {
    const deadline = values.deadline ?? (values.wait ? defaultDeadline : undefined);
    return drain({ ...backendRequest(values), ...(deadline === undefined ? {} : { deadline }) }, context);
  },
});
