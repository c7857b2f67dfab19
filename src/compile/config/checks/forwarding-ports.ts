/** Owns the check that nobody asks for a port that the forwarding method can't give. */

import { quoted } from '../../../../grammar/text/quoted.ts';
import { forwardingOf } from '../expand.ts';
import { portNumber } from '../ports.ts';
import { problem } from '../problems.ts';
import type { Report } from '../report.ts';
import type { Backend, Listener, Use } from '../resolved.ts';
import type { Check } from './check.ts';

/** Direct routing and tunnels deliver packets as they are, with the port that the client chose. */
const keepsPort = (backend: Backend): boolean => forwardingOf(backend).method !== 'masquerade';

/** One listener of each protocol and port: a range of addresses makes many that are alike. */
function distinctPorts(listeners: readonly Listener[]): readonly Listener[] {
  const distinct = new Map<string, Listener>();
  for (const listener of listeners) {
    const { key } = listener;
    distinct.set(key.kind === 'mark' ? 'mark' : `${key.protocol} ${key.port}`, listener);
  }
  return [...distinct.values()];
}

/** The port of a member itself is meant for that member, so it is wrong if it can't be had. */
function checkMember(backend: Backend, name: string, listeners: readonly Listener[], report: Report): void {
  const { port } = backend.member.choices;
  if (port === undefined || !keepsPort(backend)) return;
  for (const { key, span } of listeners) {
    if (key.kind === 'mark' || portNumber(port.value, key.protocol) === key.port) continue;
    const related = [{ message: `service ${quoted(name)} listens on port ${key.port} here`, span }];
    const parts = { method: forwardingOf(backend).method, port: key.port };
    report(problem('port-without-masquerading', parts, { span: port.span, related }));
    return;
  }
}

/** The port of a pool is meant for its masquerading members, so it is wrong if there are none. */
function checkUse({ choices, pool, backends, span }: Use, listeners: readonly Listener[], report: Report): void {
  const { port } = choices;
  const [first] = backends;
  if (port === undefined || pool === undefined || first === undefined || !backends.every(keepsPort)) return;
  for (const { key } of listeners) {
    if (key.kind === 'mark' || portNumber(port.value, key.protocol) === key.port) continue;
    const { forwarding } = first.choices;
    const why = {
      message: forwarding === undefined ? 'unsaid, it is direct routing' : 'said here',
      span: forwarding?.span ?? span,
    };
    const parts = { method: forwardingOf(first).method, port: key.port };
    report(problem('port-without-masquerading', parts, { span: port.span, related: [why] }));
    return;
  }
}

/** Reports ports other than the listener's where the method keeps it. Services of a mark may name any. */
export const checkForwardingPorts: Check = ({ services }, report) => {
  for (const { name, listeners, backends, uses } of services) {
    const distinct = distinctPorts(listeners);
    for (const backend of backends) checkMember(backend, name.value, distinct, report);
    for (const use of uses) checkUse(use, distinct, report);
  }
};
