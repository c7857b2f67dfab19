/** Owns the key and the settings of a real server as a rule gives them, and what ipvsadm asks of them together. */

import { familyOf } from '../../../grammar/value/address.ts';
import { familyNames } from '../../../grammar/value/family.ts';
import type { DestinationKey, DestinationSettings, Forwarding, Tunnel } from '../../model/destination.ts';
import { type ServiceKey, serviceFamily } from '../../model/service.ts';
import type { LineContext } from './context.ts';
import { endpointText } from './endpoints.ts';
import { checkTunnel } from './legality.ts';
import { problem } from './problems.ts';
import type { Said } from './said.ts';

function tunnelOf({ tunnelType: type = 'ipip', tunnelPort: port = 0, checksum = 'none' }: Said): Tunnel {
  if (type === 'gue') return { type, port, checksum };
  return type === 'gre' ? { type, checksum } : { type };
}

/** Whether `-r` stood in front of the service, and so took no port from it. */
function isBeforeService({ given }: Said): boolean {
  const [...written] = given.keys();
  return written.indexOf('real-server') < written.indexOf('service-address');
}

/**
 * The key that -a and -e use. Direct routing and tunnels leave packets as they are, which reach the real server at the
 * port of the service: ipvsadm takes that port whatever was written (its reference, 1.6).
 */
export function effectiveServer(
  said: Said,
  service: ServiceKey,
  server: DestinationKey,
  context: LineContext,
): DestinationKey {
  const span = said.given.get('real-server')?.value?.span;
  if (service.kind === 'mark' || service.port === server.port || span === undefined) return server;
  if (said.method === 'masquerade') {
    if (server.port === 0 && isBeforeService(said)) {
      const suggestion = 'write the service in front of -r';
      context.report(problem('server-before-service', undefined, { span, suggestion }));
    }
    return server;
  }
  if (server.port !== 0) {
    const suggestion = `write ${endpointText(server.address, service.port)}, or use -m to change the port`;
    context.report(problem('ignored-server-port', { port: server.port, used: service.port }, { span, suggestion }));
  }
  return { ...server, port: service.port };
}

/** The whole of a real server's settings: what -a and -e do not name has its default. */
export function readDestinationSettings(
  said: Said,
  service: ServiceKey,
  server: DestinationKey,
  context: LineContext,
): DestinationSettings {
  const { method = 'direct', weight = 1, upperThreshold = 0, lowerThreshold = 0 } = said;
  const span = said.given.get('real-server')?.value?.span;
  const families = [familyOf(server.address), serviceFamily(service)] as const;
  if (families[0] !== families[1] && method !== 'tunnel' && span !== undefined) {
    const parts = { server: familyNames[families[0]], service: familyNames[families[1]] };
    context.report(problem('mixed-families', parts, { span, suggestion: 'use a tunnel (-i)' }));
  }
  checkTunnel(said, context);
  const forwarding: Forwarding = method === 'tunnel' ? { method, tunnel: tunnelOf(said) } : { method };
  return { forwarding, weight, upperThreshold, lowerThreshold };
}
