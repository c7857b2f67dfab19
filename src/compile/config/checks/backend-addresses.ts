/** Owns the check that backends have addresses that the kernel takes (kernel reference, 2.3). */

import type { Address } from '../../../../grammar/value/address.ts';
import { isDestinationAddress, unknownEnvironment } from '../../../simulate/environment.ts';
import { problem } from '../problems.ts';
import type { Member } from '../resolved.ts';
import type { Check } from './check.ts';

const isRefused = (address: Address): boolean => !isDestinationAddress(address, unknownEnvironment);

/** Reports addresses that are refused whatever the routes of the director are. */
export const checkBackendAddresses: Check = ({ pools, services }, report) => {
  const look = ({ addresses, span }: Member): void => {
    const address = addresses.ip.find(isRefused) ?? addresses.ip6.find(isRefused);
    if (address !== undefined) report(problem('refused-backend-address', { address }, { span }));
  };
  for (const { members } of pools) members.forEach(look);
  for (const { uses } of services) {
    for (const { pool, backends } of uses) if (pool === undefined) for (const { member } of backends) look(member);
  }
};
