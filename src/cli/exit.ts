/** Owns the exit codes: one meaning each over all commands. The manual and `ipvstx help` print this table. */

/** What an exit code tells a script. */
interface ExitEntry {
  readonly code: number;
  readonly meaning: string;
}

/** Every way a command ends. The ipvsadm front end keeps ipvsadm's own codes instead. */
export const exitStatuses = {
  done: { code: 0, meaning: 'done, or nothing to do' },
  error: { code: 1, meaning: 'error (input, output, netlink, internal); nothing was changed' },
  differences: {
    code: 2,
    meaning: 'differences exist; only if asked for (plan --detailed-exitcode, diff --exit-code, fmt --check, drift)',
  },
  invalid: { code: 3, meaning: 'the input is invalid' },
  stale: { code: 4, meaning: 'the plan is stale or was used already' },
  busy: { code: 5, meaning: 'the lock is held, or a transaction is pending' },
  refused: { code: 6, meaning: 'refused by a guard before the first write' },
  'rolled-back': { code: 7, meaning: 'the apply failed; it was rolled back and the rollback verified' },
  residue: { code: 8, meaning: 'the apply failed and its rollback is incomplete; what is left is printed' },
  unconfirmed: { code: 9, meaning: 'not confirmed in time; rolled back' },
  unavailable: { code: 10, meaning: 'no ip_vs in the kernel, or no permission to use it' },
  undrained: { code: 11, meaning: 'drained, but connections were left at the deadline' },
  usage: { code: 64, meaning: 'wrong usage of a command' },
} as const satisfies Readonly<Record<string, ExitEntry>>;

/** The name of an exit code: what a command returns. */
export type ExitStatus = keyof typeof exitStatuses;

/** The number of a status. */
export function exitCode(status: ExitStatus): number {
  return exitStatuses[status].code;
}
