/** Owns `ipvstx version`. */

import process from 'node:process';
import { defineCommand } from '../command.ts';
import { version } from '../version.ts';

/** Its entry in the table of commands. */
export const versionCommand = defineCommand({
  name: 'version',
  summary: 'print the version',
  description: 'Prints the version of the program; with --json also that of Node.js under it.',
  positionals: {},
  options: {},
  examples: [{ line: 'ipvstx version', does: 'print the version' }],
  run: async (_values, { options, print }) => {
    await print(options.json ? `${JSON.stringify({ version, node: process.version })}\n` : `ipvstx ${version}\n`);
    return 'done';
  },
});
