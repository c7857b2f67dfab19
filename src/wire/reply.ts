/** Owns what IPVS answers: each reply as a piece of the model. A reply without a key is undefined; no kernel sends one. */

import type { Family } from '../../grammar/value/family.ts';
import type { LiveDestination, LiveService } from '../model/activity.ts';
import type { Daemon } from '../model/daemon.ts';
import type { Timeouts } from '../model/timeouts.ts';
import { type Message, readAttributes } from './message.ts';
import { commandAttributes, countedCommandAttributes, timeoutAttributes } from './tables/command.ts';
import { controllerAttributes } from './tables/controller.ts';
import { countersToModel } from './tables/counters.ts';
import { daemonToModel } from './tables/daemon.ts';
import { destinationActivity, destinationToModel } from './tables/destination.ts';
import { infoAttributes, infoToModel } from './tables/info.ts';
import { serviceToModel } from './tables/service.ts';

/** A service without its destinations, which are asked for by its key. */
export type ServiceReply = Omit<LiveService, 'destinations'>;

/** A reply to GET_SERVICE; with counters only if they are wanted, as they take longer than all the rest. */
export function readService(message: Message, counted: boolean): ServiceReply | undefined {
  const { service = {} } = readAttributes(message, commandTable(counted));
  const model = serviceToModel(service);
  if (model === undefined) return undefined;
  const counters = countersToModel(service);
  return counters === undefined ? model : { ...model, counters };
}

/** A reply to GET_DEST, which does not say to which service it belongs. */
export function readDestination(
  message: Message,
  serviceFamily: Family,
  counted: boolean,
): LiveDestination | undefined {
  const { destination = {} } = readAttributes(message, commandTable(counted));
  const model = destinationToModel(destination, serviceFamily);
  return model && { destination: model, activity: destinationActivity(destination) };
}

/** A reply to GET_DAEMON. */
export function readDaemon(message: Message): Daemon | undefined {
  const { daemon = {} } = readAttributes(message, commandAttributes);
  return daemonToModel(daemon);
}

/** The reply to GET_CONFIG; a kernel without a protocol leaves its timeout out. */
export function readTimeouts(message: Message): Timeouts {
  return readAttributes(message, timeoutAttributes);
}

/** The reply to GET_INFO. */
export function readInfo(message: Message): ReturnType<typeof infoToModel> {
  return infoToModel(readAttributes(message, infoAttributes));
}

/** The id in the controller's answer to GETFAMILY. */
export function readFamilyId(message: Message): number | undefined {
  return readAttributes(message, controllerAttributes).id;
}

/** The table without counters skips them as attributes that it does not know. */
function commandTable(counted: boolean): typeof countedCommandAttributes {
  return counted ? countedCommandAttributes : commandAttributes;
}
