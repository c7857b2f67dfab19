/** Owns the reading of `-b`. */

import { didYouMean } from '../../../grammar/text/did-you-mean.ts';
import type { Span } from '../../../grammar/text/span.ts';
import { type SchedulerFlags, flagWords, schedulerFlagWords } from '../../../grammar/value/scheduler-flags.ts';
import { defaultScheduler } from '../../../grammar/value/schedulers.ts';
import type { LineContext } from './context.ts';
import { problem } from './problems.ts';
import type { Said } from './said.ts';

/** Bytes of the list of `-b` that ipvsadm looks at. */
const longestFlagList = 127;

/** What ipvsadm -S has left out behind `-b`: it has no name for the third flag beside the own ones of a scheduler. */
function savedFlags(scheduler: string, span: Span, context: LineContext): SchedulerFlags {
  const isNamed = schedulerFlagWords.some((flag) => flag.scheduler === scheduler);
  const flags = isNamed ? 0x20 : 0;
  const meaning = flagWords(flags, scheduler).join(',');
  const suggestion = meaning === '' ? 'leave out -b' : `write -b ${meaning}`;
  context.report(problem('flags-without-value', { meaning: meaning || 'no flags' }, { span, suggestion }));
  return flags;
}

/** The flags of a service, which have to wait for its scheduler. */
export function readFlags(said: Said, context: LineContext): SchedulerFlags {
  const { flags: word, scheduler = defaultScheduler } = said;
  if (word === undefined) return 0;
  const { span } = word;
  if (said.given.get('sched-flags')?.value === undefined) return savedFlags(scheduler, span, context);
  if (/^,+$/.test(word.text)) {
    context.report(problem('no-scheduler-flags', undefined, { span, suggestion: 'leave out -b' }));
  }
  if (word.text.length > longestFlagList) context.report(problem('cut-flags', undefined, { span }));
  let flags = 0;
  for (const text of word.text.slice(0, longestFlagList).split(',')) {
    if (text === '') continue;
    const flag = schedulerFlagWords.find((known) => known.word === text);
    if (flag === undefined) {
      const words = schedulerFlagWords.map(({ word }) => word);
      const details = { span, ...didYouMean(text, words) };
      context.report(problem('unknown-scheduler-flag', { text }, details));
    } else if (flag.scheduler !== undefined && flag.scheduler !== scheduler) {
      const suggestion = `${said.scheduler === undefined ? 'add' : 'write'} -s ${flag.scheduler}`;
      context.report(problem('flag-of-other-scheduler', { text, scheduler }, { span, suggestion }));
    } else flags |= flag.bit;
  }
  return flags;
}
