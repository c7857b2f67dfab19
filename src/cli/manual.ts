/** Owns the generated parts of ipvstx(8) and ipvstx-ipvsadm(8), out of the program's tables. */

import { roffHeading, roffList, roffParagraph } from '../render/manual.ts';
import type { HelpEntry } from '../render/help.ts';
import { type ClassicDifference, classicDifferences } from './classic/differences.ts';
import type { Command } from './command.ts';
import { commands } from './commands/table.ts';
import { diagnosticDefinitions } from './diagnostic-registries.ts';
import { globalOptions } from './global-options.ts';
import { exitEntries, optionEntries, usageOf } from './help.ts';

function commandPart(command: Command): string {
  const examples = command.examples.map(({ line, does }): HelpEntry => [line, does]);
  return [
    roffHeading(usageOf(command).replace(/^ipvstx /, '')),
    roffParagraph(command.description),
    roffList(optionEntries(command.options)),
    roffParagraph(examples.length === 1 ? 'Example:' : 'Examples:'),
    roffList(examples),
  ].join('');
}

/** The generated part of ipvstx-ipvsadm(8): every deliberate difference, by the name that its test has. */
export function classicManualParts(): Readonly<Record<string, string>> {
  const differences = Object.entries<ClassicDifference>(classicDifferences);
  return {
    differences: differences
      .map(
        ([name, { there, here }]) =>
          roffHeading(name) +
          roffList([
            ['ipvsadm 1.31', there],
            ['ipvstx', here],
          ]),
      )
      .join(''),
  };
}

/** Every generated part of ipvstx(8) by its name. */
export async function manualParts(): Promise<Readonly<Record<string, string>>> {
  const definitions = Object.entries(await diagnosticDefinitions()).sort(([left], [right]) => (left < right ? -1 : 1));
  const diagnostics = definitions.map(([code, { severity, explanation }]): HelpEntry => [
    `${code} (${severity})`,
    explanation,
  ]);
  return {
    commands: commands.map(commandPart).join(''),
    'global-options': roffList(optionEntries(globalOptions)),
    'exit-codes': roffList(exitEntries()),
    diagnostics: roffList(diagnostics),
  };
}
