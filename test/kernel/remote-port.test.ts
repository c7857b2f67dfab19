/** Owns the proof that a port in another process is a port like any other. */

import { expect, test } from 'vitest';
import type { Operation } from '../../src/model/operation.ts';
import { namespace } from './support/namespace.ts';

test('a kernel port in a namespace sees what ipvsadm wrote, and answers refusals and reads alike', async () => {
  const [director, other] = [await namespace(), await namespace()];
  const [port, otherPort] = [await director.port(), await other.port()];
  await director.ipvsadm(['-A', '-t', '192.0.2.1:80', '-s', 'rr']);
  const { table } = await port.dump();
  expect([...table.services.keys()]).toEqual(['tcp 192.0.2.1 port 80']);
  expect((await otherPort.dump()).table.services.size).toBe(0);

  const [service] = table.services.values();
  if (service === undefined) throw new Error('no service');
  const again: Operation = { kind: 'new-service', service: service.key, settings: service.settings };
  const remove: Operation = { kind: 'delete-service', service: service.key };
  const refusals = await port.execute([again, remove, remove]);
  expect(refusals).toEqual([
    { operation: again, errno: 'EEXIST' },
    { operation: remove, errno: 'ESRCH' },
  ]);
  expect((await director.ipvsadm(['-S', '-n'])).stdout).toBe('');
});
