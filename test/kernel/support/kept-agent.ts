/**
 * Owns a process that runs a kept transaction in its namespace, and is its own guardian:
 *
 *     kept-agent run STATE-DIRECTORY DESIRED MILLISECONDS    waits so long for a confirmation; prints how it ended
 *     kept-agent guardian STATE-DIRECTORY
 */

import process from 'node:process';
import { openNetlink } from '../../../src/kernel/netlink-port.ts';
import { tableFromJson } from '../../../src/model/table-json.ts';
import { serveGuardian } from '../../../src/store/guardian.ts';
import { runKept } from '../../../src/store/kept-run.ts';
import { presentPlace } from '../../../src/store/place.ts';
import { sha256 } from '../../../src/store/sha256.ts';

const [node = '', path = '', role = '', stateDirectory = '', desired = '', timeout = ''] = process.argv;
const place = await presentPlace();

if (role === 'guardian') await serveGuardian({ stateDirectory, place, user: 'root', openPort: openNetlink });
else {
  let signal: string | undefined;
  process.on('SIGHUP', (name) => (signal = name));
  const port = await openNetlink();
  const result = await runKept({
    stateDirectory,
    place,
    command: 'kept-agent',
    transaction: {
      port,
      desired: tableFromJson(JSON.parse(desired)),
      digest: sha256,
      limits: { allowEmpty: true },
      interruption: () => signal,
    },
    provenance: { source: 'test', user: 'root' },
    confirm: { timeout: Number(timeout), guardian: [node, path, 'guardian', stateDirectory] },
  });
  port.close();
  process.stdout.write(`${result.kind}\n`);
}
