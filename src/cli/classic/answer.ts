/** Owns how one command of ipvsadm ended. */

/** What is to be written, and the exit status. */
export interface Answer {
  readonly status: number;
  /** For standard output: text, a long one in pieces, or bytes that nobody can vouch for. */
  readonly output?: string | readonly string[] | Uint8Array;
  /** For standard error, without the line feed at its end. */
  readonly complaint?: string;
  /** Whether `-R` reads on behind it. */
  readonly goesOn: boolean;
}

/** It was done. */
export const done: Answer = { status: 0, goesOn: true };

/** It was done, and this is the result. */
export function printed(output: NonNullable<Answer['output']>): Answer {
  return { ...done, output };
}

/** A listing failed: ipvsadm ends with 1 on the spot, also inside of `-R`. */
export function listingFailed(complaint: string): Answer {
  return { status: 1, complaint, goesOn: false };
}

/** The kernel refused: 255, and `-R` goes on. */
export function refused(complaint: string): Answer {
  return { status: 255, complaint, goesOn: true };
}

/** A usage error ends the program with 2, also inside of `-R`. */
export function misused(complaint: string): Answer {
  return { status: 2, complaint, goesOn: false };
}
