/** Owns the role and the settings of a synchronisation daemon as a rule gives them. */

import type { CommandUse } from '../../../grammar/ast/rules.ts';
import { didYouMean } from '../../../grammar/text/did-you-mean.ts';
import { type DaemonRole, type DaemonSettings, daemonRoles } from '../../model/daemon.ts';
import type { LineContext } from './context.ts';
import { problem } from './problems.ts';
import type { Said } from './said.ts';

/** The word behind --start-daemon or --stop-daemon. */
export function readRole({ value }: CommandUse, context: LineContext): DaemonRole | undefined {
  const role = daemonRoles.find((known) => known === value?.text);
  if (role === undefined && value !== undefined) {
    const { text, span } = value;
    const details = { span, ...didYouMean(text, daemonRoles) };
    context.report(problem('invalid-role', { text }, details));
  }
  return role;
}

/** What the daemon is started with. ipvsadm's defaults are an interface and an id; the others are the kernel's. */
export function daemonSettings(said: Said): DaemonSettings {
  const { group, multicastPort: port, ttl, maxLength } = said;
  return {
    interface: said.interface ?? 'eth0',
    syncId: said.syncId ?? 0,
    ...(group === undefined ? {} : { group }),
    ...(port === undefined ? {} : { port }),
    ...(ttl === undefined ? {} : { ttl }),
    ...(maxLength === undefined ? {} : { maxLength }),
  };
}
