/** Owns requests to IPVS: each operation and each question as one message. */

import type { Operation } from '../model/operation.ts';
import type { ServiceKey } from '../model/service.ts';
import type { ByteWriter } from './bytes.ts';
import { messageFlags, messageTypes, writeRequest } from './message.ts';
import { type CommandAttributes, commandAttributes, commands } from './tables/command.ts';
import { controllerAttributes, getFamilyCommand, ipvsFamilyName } from './tables/controller.ts';
import { daemonRoleToAttributes, daemonToAttributes } from './tables/daemon.ts';
import { destinationKeyToAttributes, destinationToAttributes } from './tables/destination.ts';
import { serviceKeyToAttributes, serviceToAttributes } from './tables/service.ts';

/** A command with what it says. */
export interface Request {
  readonly command: number;
  readonly attributes: CommandAttributes;
  /** Asks for all objects, which come in many messages. */
  readonly dump?: true;
}

/** The request that executes an operation. It asks for no acknowledgement: only a refusal is answered. */
export function requestOf(operation: Operation): Request {
  switch (operation.kind) {
    case 'new-service':
    case 'set-service':
      return {
        command: operation.kind === 'new-service' ? commands.newService : commands.setService,
        attributes: { service: serviceToAttributes(operation.service, operation.settings) },
      };
    case 'delete-service':
      return { command: commands.deleteService, attributes: { service: serviceKeyToAttributes(operation.service) } };
    case 'new-destination':
    case 'set-destination':
      return {
        command: operation.kind === 'new-destination' ? commands.newDestination : commands.setDestination,
        attributes: {
          service: serviceKeyToAttributes(operation.service),
          destination: destinationToAttributes(operation.destination, operation.settings),
        },
      };
    case 'delete-destination':
      return {
        command: commands.deleteDestination,
        attributes: {
          service: serviceKeyToAttributes(operation.service),
          destination: destinationKeyToAttributes(operation.destination),
        },
      };
    case 'set-timeouts':
      return { command: commands.setConfig, attributes: operation.timeouts };
    case 'start-daemon':
      return { command: commands.newDaemon, attributes: { daemon: daemonToAttributes(operation.daemon) } };
    case 'stop-daemon':
      return { command: commands.deleteDaemon, attributes: { daemon: daemonRoleToAttributes(operation.role) } };
    case 'zero':
      return { command: commands.zero, attributes: serviceOf(operation.service) };
    case 'flush':
      return { command: commands.flush, attributes: {} };
  }
}

/** Every service, or the one with this key. Its destinations are a question of their own. */
export function requestServices(service?: ServiceKey): Request {
  if (service === undefined) return { command: commands.getService, attributes: {}, dump: true };
  return { command: commands.getService, attributes: serviceOf(service) };
}

/** The destinations of one service, the newest first. A service that does not exist has none. */
export function requestDestinations(service: ServiceKey): Request {
  return { command: commands.getDestination, attributes: serviceOf(service), dump: true };
}

/** The daemons that run, the master first. */
export const daemonsRequest: Request = { command: commands.getDaemon, attributes: {}, dump: true };

/** The three timeouts. */
export const timeoutsRequest: Request = { command: commands.getConfig, attributes: {} };

/** The version of IPVS. */
export const infoRequest: Request = { command: commands.getInfo, attributes: {} };

/** Writes a request to the family IPVS, whose id the controller has told. */
export function writeIpvsRequest(writer: ByteWriter, family: number, sequence: number, request: Request): void {
  const flags = request.dump === true ? messageFlags.dump : 0;
  writeRequest(writer, { family, command: request.command, flags, sequence }, () =>
    commandAttributes.write(writer, request.attributes),
  );
}

/** Writes the question for the id of the family IPVS. */
export function writeFamilyRequest(writer: ByteWriter, sequence: number): void {
  writeRequest(writer, { family: messageTypes.controller, command: getFamilyCommand, sequence }, () =>
    controllerAttributes.write(writer, { name: ipvsFamilyName }),
  );
}

function serviceOf(service: ServiceKey | undefined): CommandAttributes {
  return service === undefined ? {} : { service: serviceKeyToAttributes(service) };
}
