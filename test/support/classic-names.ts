/** Owns the names of the machine on which the golden listings of ipvsadm were made. */

import { fileURLToPath } from 'node:url';
import { parseAddress } from '../../grammar/value/address.ts';
import { type NameService, openNames } from '../../src/cli/classic/names.ts';

/** Its services file, `localhost`, and no other host. */
export function goldenNames(): NameService {
  return openNames({
    services: fileURLToPath(new URL('../golden/ipvsadm/services', import.meta.url)),
    hostAddress: async (name) => (name === 'localhost' ? parseAddress('127.0.0.1') : undefined),
    hostNames: async () => new Map(),
  });
}
