/** Owns the check that only datagrams are scheduled one by one (ipvsadm reference, 1.1). */

import { quoted } from '../../../../grammar/text/quoted.ts';
import { problem } from '../problems.ts';
import type { Check } from './check.ts';

/** Reports `one-packet` on services of connections. */
export const checkOnePacket: Check = ({ services }, report) => {
  for (const { name, listeners, choices } of services) {
    const { onePacket } = choices;
    const stream = listeners.find(({ key }) => key.kind === 'endpoint' && key.protocol !== 'udp');
    if (onePacket?.value !== true || stream?.key.kind !== 'endpoint') continue;
    const related = [{ message: `service ${quoted(name.value)} listens here`, span: stream.span }];
    report(problem('one-packet-of-connections', { protocol: stream.key.protocol }, { span: onePacket.span, related }));
  }
};
