/** Owns the check that backends have addresses that the kernel takes (kernel reference, 2.3). */

import type { Address } from '../../../../grammar/value/address.ts';
import { isDestinationAddress, unknownEnvironment } from '../../../simulate/environment.ts';
import { problem } from '../problems.ts';
import type { Check } from './check.ts';

const isRefused = (address: Address): boolean => !isDestinationAddress(address, unknownEnvironment);

/** Reports addresses that are refused whatever the routes of the director are. */
export const checkBackendAddresses: Check = ({ services }, report) => {
  const seen = new Set<object>();
  for (const { backends } of services) {
    for (const { member } of backends) {
      if (seen.has(member)) continue;
      seen.add(member);
      const address = member.addresses.ip.find(isRefused) ?? member.addresses.ip6.find(isRefused);
      if (address !== undefined) report(problem('refused-backend-address', { address }, { span: member.span }));
    }
  }
};
