/** Owns the three per-service flag bits that a scheduler may give a meaning to. */

/** IP_VS_SVC_F_SCHED1..3 (include/uapi/linux/ip_vs.h) as a bit set: 0x08, 0x10, 0x20. */
export type SchedulerFlags = number;

/** All three bits. */
export const schedulerFlagBits = 0x38;

/** A flag's word, its bit, and the one scheduler that it may be written with (any, if absent). */
interface SchedulerFlagWord {
  readonly word: string;
  readonly bit: number;
  readonly scheduler?: string;
}

/** Every word that `-b` and `flags { }` take, in ipvsadm's order (ipvsadm reference, 1.6). */
export const schedulerFlagWords: readonly SchedulerFlagWord[] = [
  { word: 'sh-fallback', bit: 0x08, scheduler: 'sh' },
  { word: 'sh-port', bit: 0x10, scheduler: 'sh' },
  { word: 'mh-fallback', bit: 0x08, scheduler: 'mh' },
  { word: 'mh-port', bit: 0x10, scheduler: 'mh' },
  { word: 'flag-1', bit: 0x08 },
  { word: 'flag-2', bit: 0x10 },
  { word: 'flag-3', bit: 0x20 },
];

/** The words for a bit set: the scheduler's own names where it has them, so that nothing is lost (`flag-3` on sh, too). */
export function flagWords(flags: SchedulerFlags, scheduler: string): readonly string[] {
  const own = schedulerFlagWords.filter((flag) => flag.scheduler === scheduler);
  const named = own.reduce((bits, { bit }) => bits | bit, 0);
  const plain = schedulerFlagWords.filter((flag) => flag.scheduler === undefined && (flag.bit & named) === 0);
  return [...own, ...plain].filter(({ bit }) => (flags & bit) !== 0).map(({ word }) => word);
}
