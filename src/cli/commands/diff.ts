/** Owns `ipvstx diff`. */

import { defineCommand } from '../command.ts';
import { sourceOptions, sourceSummary } from '../source-options.ts';
import { plan, planFormats } from './plan.ts';

/** Its entry in the table of commands: a plan between any two tables. */
export const diffCommand = defineCommand({
  name: 'diff',
  summary: 'compare two tables',
  description: 'Prints what leads from one table to another, as "plan" does. It writes nothing.',
  positionals: {
    before: { count: 'one', summary: sourceSummary },
    after: { count: 'one', summary: 'the same' },
  },
  options: {
    format: { kind: 'choice', choices: planFormats, summary: 'how to print the difference (default: text)' },
    'exit-code': { kind: 'flag', summary: 'end with 2 if there are differences' },
    ...sourceOptions,
  },
  examples: [
    { line: 'ipvstx diff old.rules new.rules', does: 'what one file changes of another' },
    { line: 'ipvstx diff --exit-code live site.rules', does: 'for a script: 0 if the live table is as in the file' },
  ],
  run: (values, context) =>
    plan(
      {
        source: values.after,
        from: values.before,
        language: values['input-format'],
        format: values.format ?? (context.options.json ? 'json' : 'text'),
        detailedExitcode: values['exit-code'],
      },
      context,
    ),
});
