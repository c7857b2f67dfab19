import { expect, test } from 'vitest';
import { openMemory } from '../../../src/kernel/memory.ts';
import { loopbackEnvironment } from '../../../src/simulate/environment.ts';
import { goldenNames } from '../../support/classic-names.ts';
import { classicRows, transcriptOf, wordsOf } from '../../support/classic-rows.ts';
import { runIpvsadm } from '../../support/classic-run.ts';

/** The kernel of the answers was built without that scheduler. */
const environment = {
  ...loopbackEnvironment,
  hasScheduler: (name: string) => name !== 'twos' && loopbackEnvironment.hasScheduler(name),
};

test.each(classicRows)('$name', async ({ rules, calls, transcript }) => {
  const memory = await openMemory({ environment });
  const names = goldenNames();
  const kernel = () => Promise.resolve(memory);
  await runIpvsadm(['-R'], { kernel, input: rules });
  let answered = '';
  for (const call of calls) answered += transcriptOf(call, await runIpvsadm(wordsOf(call), { kernel, names }));
  expect(answered).toBe(transcript);
});
