/** Owns what each command of ipvsadm does to the kernel and prints. */

import { type KernelInfo, KernelFault, type ListingPort } from '../../apply/port.ts';
import type { Operation } from '../../model/operation.ts';
import { renderConnections } from '../../render/ipvsadm/connections.ts';
import { renderListing, versionLine } from '../../render/ipvsadm/listing.ts';
import { type Names, numericNames } from '../../render/ipvsadm/names.ts';
import { renderSave } from '../../render/ipvsadm/save.ts';
import { renderDaemons, renderTimeouts } from '../../render/ipvsadm/state.ts';
import { type Answer, done, listingFailed, printed, refused } from './answer.ts';
import type { ClassicCommand } from './command.ts';
import { kernelMessage } from './kernel-messages.ts';
import type { Surroundings } from './surroundings.ts';

/** A kernel that has answered, and how this run wants to see it. */
export interface Session {
  readonly kernel: ListingPort;
  readonly info: KernelInfo;
  readonly surroundings: Surroundings;
}

type Of<Kind extends ClassicCommand['kind']> = Extract<ClassicCommand, { readonly kind: Kind }>;

function rendered<Listing>(
  { surroundings }: Session,
  numeric: boolean,
  render: (names: Names) => Listing,
): Promise<Listing> {
  return numeric ? Promise.resolve(render(numericNames)) : surroundings.names.render(render);
}

async function execute({ kernel }: Session, operation: Operation): Promise<Answer> {
  const [refusal] = await kernel.execute([operation]);
  return refusal === undefined ? done : refused(kernelMessage(operation.kind, refusal.errno));
}

async function listTable(session: Session, command: Of<'list-table'>): Promise<Answer> {
  const { service, mode, exact, numeric, order } = command;
  const counters = mode === 'stats' || mode === 'rate';
  const services = await session.kernel.list({
    counters,
    ...(service === undefined ? { brief: mode === 'default' } : { service }),
  });
  if (service !== undefined && services.length === 0) return listingFailed(kernelMessage('get-service', 'ESRCH'));
  const listing = await rendered(session, numeric, (names) => renderListing(services, { mode, exact, order, names }));
  return printed(service === undefined ? [versionLine(session.info), ...listing] : listing);
}

async function listConnections(session: Session, { numeric, engines }: Of<'list-connections'>): Promise<Answer> {
  const { parseConnections } = await import('../../kernel/connection-table.ts');
  const text = await session.surroundings.readConnections().catch(() => undefined);
  if (text === undefined) return listingFailed('cannot open file /proc/net/ip_vs_conn');
  if (text === '') return listingFailed('unexpected input from /proc/net/ip_vs_conn');
  const connections = parseConnections(text);
  const listing = await rendered(session, numeric, (names) => renderConnections(connections, { engines, names }));
  return printed(Uint8Array.from(listing, (character) => character.charCodeAt(0)));
}

async function save(session: Session, { numeric, order }: Of<'save'>): Promise<Answer> {
  const services = await session.kernel.list({ brief: true });
  return printed(await rendered(session, numeric, (names) => renderSave(services, order, names)));
}

async function answer(session: Session, command: ClassicCommand): Promise<Answer> {
  const { kernel } = session;
  switch (command.kind) {
    case 'execute':
      return execute(session, command.operation);
    case 'list-table':
      return listTable(session, command);
    case 'list-connections':
      return listConnections(session, command);
    case 'list-timeouts':
      return printed(renderTimeouts((await kernel.dump({ parts: ['timeouts'] })).table.timeouts));
    case 'list-daemons':
      return printed(renderDaemons((await kernel.dump({ parts: ['daemons'] })).table.daemons));
    case 'save':
      return save(session, command);
    case 'restore':
    case 'help':
    case 'version':
      throw new Error(`'${command.kind}' is answered without this`);
  }
}

/** ipvsadm's words for a kernel that can't be used; what went wrong otherwise has words of its own. */
export function faultMessage({ kind, message }: KernelFault): string {
  if (kind === 'denied') return 'Permission denied (you must be root)';
  return kind === 'unavailable' ? 'Protocol not available' : message;
}

/** Carries a command out. A fault on the way ends a listing with 1 and everything else with 255. */
export async function carryOut(session: Session, command: ClassicCommand): Promise<Answer> {
  try {
    return await answer(session, command);
  } catch (error) {
    if (!(error instanceof KernelFault)) throw error;
    return command.kind === 'execute' ? refused(faultMessage(error)) : listingFailed(faultMessage(error));
  }
}
