/** Owns the list of checks: what the kernel would refuse, and what nobody can have meant. */

import { checkBackendAddresses } from './backend-addresses.ts';
import { checkCrossFamily } from './cross-family.ts';
import { checkForwardingPorts } from './forwarding-ports.ts';
import { checkListeners } from './listeners.ts';
import { checkMeshSize } from './mesh-size.ts';
import { checkOnePacket } from './one-packet.ts';
import { checkThresholds } from './thresholds.ts';
import { checkZeroPorts } from './zero-ports.ts';
import type { Check } from './check.ts';

/** In the order in which they look; the diagnostics are sorted by place afterwards. */
export const checks: readonly Check[] = [
  checkListeners,
  checkZeroPorts,
  checkOnePacket,
  checkMeshSize,
  checkForwardingPorts,
  checkCrossFamily,
  checkBackendAddresses,
  checkThresholds,
];
