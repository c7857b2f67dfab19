/** Owns requests to IPVS: each operation and each question as one message. */

import type { Operation } from '../model/operation.ts';
import type { ServiceKey } from '../model/service.ts';
import { beginAttribute, endAttribute, writeAttribute } from './attribute.ts';
import type { ByteWriter } from './bytes.ts';
import { beginRequest, endRequest, messageFlags, messageTypes } from './message.ts';
import { commandRows, commands, timeoutAttributes } from './tables/command.ts';
import { controllerAttributes, getFamilyCommand, ipvsFamilyName } from './tables/controller.ts';
import { daemonRoleToAttributes, daemonToAttributes } from './tables/daemon.ts';
import { writeDestination, writeDestinationKey } from './tables/destination.ts';
import { writeService, writeServiceKey } from './tables/service.ts';

/** What the kernel can be asked; it changes nothing. Those that say so are answered by lists of many messages. */
export type Question =
  /** List: every service. */
  | { readonly kind: 'list-services' }
  /** One service. */
  | { readonly kind: 'get-service'; readonly service: ServiceKey }
  /** List: the destinations of one service, the newest first. A service that does not exist has none. */
  | { readonly kind: 'list-destinations'; readonly service: ServiceKey }
  /** List: the daemons that run, the master first. */
  | { readonly kind: 'list-daemons' }
  /** The three timeouts. */
  | { readonly kind: 'get-timeouts' }
  /** The version of IPVS. */
  | { readonly kind: 'get-info' };

/** One message. An operation asks for no acknowledgement: only a refusal is answered. */
export type Request = Operation | Question;

type RequestOf<Kind extends Request['kind']> = Extract<Request, { readonly kind: Kind }>;

/** How one kind of request is written. */
interface Form<Kind extends Request['kind']> {
  readonly command: number;
  /** It asks for all objects. */
  readonly dump?: true;
  /** Writes its attributes. */
  readonly write: (writer: ByteWriter, request: RequestOf<Kind>) => void;
}

const nothing = (): void => undefined;

function writeKey(writer: ByteWriter, { service }: { readonly service: ServiceKey }): void {
  const start = beginAttribute(writer, commandRows.service);
  writeServiceKey(writer, service);
  endAttribute(writer, start);
}

const writeWholeService: Form<'new-service' | 'set-service'>['write'] = (writer, { service, settings }) => {
  const start = beginAttribute(writer, commandRows.service);
  writeService(writer, service, settings);
  endAttribute(writer, start);
};

const writeWholeDestination: Form<'new-destination' | 'set-destination'>['write'] = (writer, request) => {
  writeKey(writer, request);
  const start = beginAttribute(writer, commandRows.destination);
  writeDestination(writer, request.destination, request.settings);
  endAttribute(writer, start);
};

const forms: { readonly [Kind in Request['kind']]: Form<Kind> } = {
  'new-service': { command: commands.newService, write: writeWholeService },
  'set-service': { command: commands.setService, write: writeWholeService },
  'delete-service': { command: commands.deleteService, write: writeKey },
  'new-destination': { command: commands.newDestination, write: writeWholeDestination },
  'set-destination': { command: commands.setDestination, write: writeWholeDestination },
  'delete-destination': {
    command: commands.deleteDestination,
    write: (writer, request) => {
      writeKey(writer, request);
      const start = beginAttribute(writer, commandRows.destination);
      writeDestinationKey(writer, request.destination);
      endAttribute(writer, start);
    },
  },
  'set-timeouts': {
    command: commands.setConfig,
    write: (writer, { timeouts }) => timeoutAttributes.write(writer, timeouts),
  },
  'start-daemon': {
    command: commands.newDaemon,
    write: (writer, { daemon }) => writeAttribute(writer, commandRows.daemon, daemonToAttributes(daemon)),
  },
  'stop-daemon': {
    command: commands.deleteDaemon,
    write: (writer, { role }) => writeAttribute(writer, commandRows.daemon, daemonRoleToAttributes(role)),
  },
  zero: {
    command: commands.zero,
    write: (writer, { service }) => (service === undefined ? undefined : writeKey(writer, { service })),
  },
  flush: { command: commands.flush, write: nothing },
  'list-services': { command: commands.getService, dump: true, write: nothing },
  'get-service': { command: commands.getService, write: writeKey },
  'list-destinations': { command: commands.getDestination, dump: true, write: writeKey },
  'list-daemons': { command: commands.getDaemon, dump: true, write: nothing },
  'get-timeouts': { command: commands.getConfig, write: nothing },
  'get-info': { command: commands.getInfo, write: nothing },
};

/** Writes a request to the family IPVS, whose id the controller has told. */
export function writeIpvsRequest(writer: ByteWriter, family: number, sequence: number, request: Request): void {
  // A form is looked up by the kind of the request that it is given: the pair always fits.
  const { command, dump, write } = forms[request.kind] as Form<Request['kind']>;
  const flags = dump === true ? messageFlags.dump : 0;
  const start = beginRequest(writer, { family, command, flags, sequence });
  write(writer, request);
  endRequest(writer, start);
}

/** Writes the question for the id of the family IPVS. */
export function writeFamilyRequest(writer: ByteWriter, sequence: number): void {
  const start = beginRequest(writer, { family: messageTypes.controller, command: getFamilyCommand, sequence });
  controllerAttributes.write(writer, { name: ipvsFamilyName });
  endRequest(writer, start);
}
