/** Owns the commands of IPVS and the attributes at the top of their messages (IPVS_CMD_*, IPVS_CMD_ATTR_*). */

import { attributeTable } from '../attribute.ts';
import { u32 } from '../attribute-types.ts';
import { daemonAttributes } from './daemon.ts';
import { countedDestinationAttributes, destinationAttributes } from './destination.ts';
import { countedServiceAttributes, serviceAttributes } from './service.ts';

/** The commands by their numbers; 14, SET_INFO, exists only as the command of a reply. */
export const commands = {
  newService: 1,
  setService: 2,
  deleteService: 3,
  getService: 4,
  newDestination: 5,
  setDestination: 6,
  deleteDestination: 7,
  getDestination: 8,
  newDaemon: 9,
  deleteDaemon: 10,
  getDaemon: 11,
  setConfig: 12,
  getConfig: 13,
  getInfo: 15,
  zero: 16,
  flush: 17,
} as const;

/** Seconds. */
const timeoutRows = {
  tcp: [4, u32],
  tcpFin: [5, u32],
  udp: [6, u32],
} as const;

/** The part of the attributes that the reply to GET_CONFIG has. */
export const timeoutAttributes = attributeTable(timeoutRows);

/** What messages have at their top. */
export const commandRows = {
  service: [1, serviceAttributes],
  destination: [2, destinationAttributes],
  daemon: [3, daemonAttributes],
  ...timeoutRows,
} as const;

/** What is read if counters are of no interest. */
export const commandAttributes = attributeTable(commandRows);

/** What is read with counters. */
export const countedCommandAttributes = attributeTable({
  ...commandRows,
  service: [1, countedServiceAttributes],
  destination: [2, countedDestinationAttributes],
});
