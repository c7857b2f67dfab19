/** Owns the numeric ranges of ipvsadm 1.31 and the kernel (ipvsadm reference, 1.4; kernel reference, 2). */

/** An inclusive range of integers. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Seconds that a persistence template or a timeout may last: 31 days (ipvsadm's MAX_TIMEOUT). */
export const persistenceSeconds: Range = { from: 1, to: 2_678_400 };
/** `--set`: 0 keeps the present value. */
export const timeoutSeconds: Range = { from: 0, to: 2_678_400 };
/** What `-p` means without a number. The manual page of ipvsadm says 300; the program does 360. */
export const defaultPersistenceSeconds = 360;
export const ports: Range = { from: 0, to: 65_535 };
export const tunnelPorts: Range = { from: 1, to: 65_535 };
/** Firewall marks are unsigned 32-bit numbers in host order; 0 means "none" and can't name a service. */
export const marks: Range = { from: 1, to: 4_294_967_295 };
/** The kernel reads weights as signed 32-bit numbers; upstream's ipvsadm stops at 65535, Debian's does not. */
export const weights: Range = { from: 0, to: 2_147_483_647 };
export const thresholds: Range = { from: 0, to: 2_147_483_647 };
export const syncIds: Range = { from: 0, to: 255 };
export const multicastPorts: Range = { from: 1, to: 65_535 };
export const multicastTtls: Range = { from: 1, to: 255 };
/** Bytes of one synchronisation message. */
export const syncMessageBytes: Range = { from: 1, to: 65_507 };
/** Characters of a scheduler's name (IP_VS_SCHEDNAME_MAXLEN - 1), a persistence engine's and an interface's. */
export const schedulerNameLength = 15;
export const engineNameLength = 16;
export const interfaceNameLength = 15;

/** Whether `value` is an integer inside `range`. */
export function within(value: number, range: Range): boolean {
  return Number.isInteger(value) && value >= range.from && value <= range.to;
}
