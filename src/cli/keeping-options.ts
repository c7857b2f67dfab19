/** Owns the options of every command that writes to the kernel: what has to be true before, and behind, the first write. */

import { parseDuration } from '../../grammar/value/duration.ts';
import type { OptionValues, Options } from './option.ts';

/** Milliseconds of `90`, `90s` or `1h30m`; 0 is none. */
function parseMilliseconds(text: string): number | undefined {
  const seconds = parseDuration(text);
  return seconds === undefined || seconds === 0 ? undefined : 1000 * seconds;
}

const duration = {
  placeholder: 'DURATION',
  parse: parseMilliseconds,
  expects: 'a duration such as 90s or 5m',
} as const;

/** Who else writes, and whether the kernel is asked first. */
export const lockOptions = {
  'lock-timeout': { kind: 'value', ...duration, summary: 'how long to wait for another run (default: not at all)' },
  'no-rehearse': { kind: 'flag', summary: 'do not try the plan in an empty network namespace first' },
} as const satisfies Options;

/** What decides, once all is written and verified, whether it stays. */
export const confirmOptions = {
  'confirm-within': {
    kind: 'value',
    ...duration,
    summary: 'roll back unless "ipvstx confirm" comes in time, even if this terminal or process is gone',
  },
  'check-command': {
    kind: 'value',
    placeholder: 'COMMAND',
    parse: (text: string) => (text.trim() === '' ? undefined : text),
    expects: 'a command',
    summary: 'roll back unless this ends with 0; it is started without a shell',
  },
  'check-timeout': { kind: 'value', ...duration, summary: 'how long the check command may take (default: 60s)' },
} as const satisfies Options;

const defaultCheckTimeout = 60_000;

/** How a run is kept. Times are in milliseconds. */
export interface Keeping {
  readonly lockTimeout?: number;
  /** Absent: the plan is rehearsed where that is possible. */
  readonly rehearse?: false | 'unless-empty';
  /** Roll back what a crash left, instead of refusing to run behind it. */
  readonly recoverFirst?: boolean;
  readonly confirmWithin?: number;
  readonly check?: { readonly command: string; readonly timeout: number };
}

/** What the options ask for. */
export function keepingOf(
  values: OptionValues<typeof lockOptions> & Partial<OptionValues<typeof confirmOptions>>,
): Keeping {
  const { 'lock-timeout': lockTimeout, 'confirm-within': confirmWithin, 'check-command': command } = values;
  return {
    ...(lockTimeout === undefined ? {} : { lockTimeout }),
    ...(values['no-rehearse'] ? { rehearse: false } : {}),
    ...(confirmWithin === undefined ? {} : { confirmWithin }),
    ...(command === undefined ? {} : { check: { command, timeout: values['check-timeout'] ?? defaultCheckTimeout } }),
  };
}
