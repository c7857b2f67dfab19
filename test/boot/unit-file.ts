/** Owns the reading of a systemd unit, as far as a boot without systemd needs it. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A command of a unit. */
export interface UnitCommand {
  readonly command: string;
  /** `-`: it may fail. */
  readonly mayFail: boolean;
  /** `+`: with all privileges, outside of the sandbox. */
  readonly privileged: boolean;
}

/** What a unit does when it is started. */
export interface Unit {
  readonly start: readonly UnitCommand[];
  readonly reload: readonly UnitCommand[];
  /** Names such as CAP_NET_ADMIN. */
  readonly capabilities: readonly string[];
  /** Every setting that is there, by name. */
  readonly settings: ReadonlyMap<string, readonly string[]>;
}

/** Where the units are. */
export const unitDirectory = fileURLToPath(new URL('../../src/packaging/systemd/', import.meta.url));

function commandOf(text: string, environment: ReadonlyMap<string, string>): UnitCommand {
  const [, prefix = '', command = ''] = /^([-+@:!]*)(.*)$/.exec(text) ?? [];
  return {
    command: command.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => environment.get(name) ?? ''),
    mayFail: prefix.includes('-'),
    privileged: prefix.includes('+'),
  };
}

/** Reads a unit of the project. */
export function readUnit(name: string): Unit {
  const settings = new Map<string, string[]>();
  for (const line of readFileSync(`${unitDirectory}${name}`, 'utf8').split('\n')) {
    const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) settings.set(key, [...(settings.get(key) ?? []), value]);
  }
  const all = (key: string): readonly string[] => settings.get(key) ?? [];
  const environment = new Map(
    all('Environment').map((each): [string, string] => {
      const [variable = '', value = ''] = each.split('=');
      return [variable, value];
    }),
  );
  const commands = (key: string) => all(key).map((text) => commandOf(text, environment));
  return {
    start: [...commands('ExecStartPre'), ...commands('ExecStart')],
    reload: commands('ExecReload'),
    capabilities: all('CapabilityBoundingSet').flatMap((names) => names.split(' ')),
    settings,
  };
}
