/** Owns the proof that port names mean what the services file of a Debian system says, each for its own protocol. */

import { expect, test } from 'vitest';
import { portNames, portOfName } from '../../../../grammar/value/port-names.ts';

test.each([
  ['http', 'tcp', 80],
  ['www', 'tcp', 80],
  ['http', 'udp', undefined],
  ['HTTP', 'tcp', undefined],
  ['domain', 'tcp', 53],
  ['domain', 'udp', 53],
  ['amqp', 'sctp', 5672],
  ['dicom', 'tcp', 104],
  ['sip', 'protocol-50', undefined],
  ['', 'tcp', undefined],
] as const)('%s of %s is %s', (name, protocol, port) => {
  expect(portOfName(name, protocol)).toBe(port);
});

test('every name of a protocol has a port', () => {
  for (const protocol of ['tcp', 'udp', 'sctp'] as const) {
    for (const name of portNames(protocol)) {
      expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(portOfName(name, protocol)).toBeGreaterThan(0);
    }
  }
  expect(portNames('sctp')).toEqual(['amqp']);
});
