/** Owns the proof that what is written on the wire is what is read from it. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { daemonRoles } from '../../src/model/daemon.ts';
import type { Destination } from '../../src/model/destination.ts';
import { serviceFamily } from '../../src/model/service.ts';
import type { AttributeType, ValueOf } from '../../src/wire/attribute.ts';
import { ByteWriter, viewBytes } from '../../src/wire/bytes.ts';
import { readAttributes, readMessages } from '../../src/wire/message.ts';
import { type Request, writeIpvsRequest } from '../../src/wire/request.ts';
import { commandAttributes, countedCommandAttributes, timeoutAttributes } from '../../src/wire/tables/command.ts';
import { countersToModel } from '../../src/wire/tables/counters.ts';
import { daemonToAttributes, daemonToModel } from '../../src/wire/tables/daemon.ts';
import { destinationToModel } from '../../src/wire/tables/destination.ts';
import { serviceToModel } from '../../src/wire/tables/service.ts';
import { table } from '../support/arbitrary.ts';

/** What comes back from the wire, in either byte order. */
function roundTrip<Values>(type: AttributeType<Values>, values: Values, littleEndian: boolean): Values {
  const writer = new ByteWriter(16, littleEndian);
  type.write(writer, values);
  const bytes = writer.written().slice();
  return type.read(viewBytes(bytes, littleEndian), 0, bytes.length);
}

const runs = { seed: 20_260_102, numRuns: 200 };
const tables = fc.tuple(table('read'), fc.boolean());

/** The attributes of a request as they come back from the wire. */
function requestRoundTrip(request: Request, littleEndian: boolean): ValueOf<typeof commandAttributes> {
  const writer = new ByteWriter(16, littleEndian);
  writeIpvsRequest(writer, 28, 1, request);
  const headers = 20;
  return commandAttributes.read(viewBytes(writer.written().slice(), littleEndian), headers, writer.length - headers);
}

/** As the kernel is told and tells it, without what belongs to files. */
function bare({ key, settings }: Destination): Destination {
  return { key, settings };
}

test('services come back with their keys and settings', () => {
  fc.assert(
    fc.property(tables, ([{ services }, littleEndian]) => {
      for (const { key, settings } of services.values()) {
        const { service = {} } = requestRoundTrip({ kind: 'new-service', service: key, settings }, littleEndian);
        expect(serviceToModel(service)).toEqual({ key, settings });
      }
    }),
    runs,
  );
});

test('the key of a service alone says which it is', () => {
  fc.assert(
    fc.property(tables, ([{ services }, littleEndian]) => {
      for (const { key } of services.values()) {
        const { service = {} } = requestRoundTrip({ kind: 'delete-service', service: key }, littleEndian);
        expect(serviceToModel(service)?.key).toEqual(key);
      }
    }),
    runs,
  );
});

test('destinations come back, those of the other family too', () => {
  fc.assert(
    fc.property(tables, ([{ services }, littleEndian]) => {
      for (const { key, destinations } of services.values()) {
        for (const written of destinations.values()) {
          const request = { service: key, destination: written.key, settings: written.settings };
          const { destination = {} } = requestRoundTrip({ kind: 'new-destination', ...request }, littleEndian);
          expect(destinationToModel(destination, serviceFamily(key))).toEqual(bare(written));
        }
      }
    }),
    runs,
  );
});

test('daemons and timeouts come back', () => {
  fc.assert(
    fc.property(tables, ([{ daemons, timeouts }, littleEndian]) => {
      for (const role of daemonRoles) {
        const daemon = daemons[role];
        if (daemon === undefined || daemon === 'stopped') continue;
        const { daemon: read = {} } = roundTrip(
          commandAttributes,
          { daemon: daemonToAttributes(daemon) },
          littleEndian,
        );
        expect(daemonToModel(read)).toEqual({ role, settings: daemon.settings });
      }
      const { origin: _origin, ...values } = timeouts;
      expect(roundTrip(timeoutAttributes, values, littleEndian)).toEqual(values);
    }),
    runs,
  );
});

const names = [
  'connections',
  'inPackets',
  'outPackets',
  'inBytes',
  'outBytes',
  'connectionRate',
  'inPacketRate',
  'outPacketRate',
  'inByteRate',
  'outByteRate',
] as const;

test('counters come back, the 64-bit ones where there are both', () => {
  const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  const u32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  const wide = fc.record(Object.fromEntries(names.map((name) => [name, u64])));
  const narrow = fc.record(
    Object.fromEntries(names.map((name) => [name, name === 'inBytes' || name === 'outBytes' ? u64 : u32])),
  );
  fc.assert(
    fc.property(wide, narrow, fc.boolean(), (wideCounters, counters, littleEndian) => {
      const read = (values: object) =>
        countersToModel(roundTrip(countedCommandAttributes, { service: values }, littleEndian).service ?? {});
      expect(read({ counters, wideCounters })).toEqual(wideCounters);
      const widened = Object.fromEntries(Object.entries(counters).map(([name, value]) => [name, BigInt(value)]));
      expect(read({ counters })).toEqual(widened);
      expect(read({})).toBeUndefined();
    }),
    runs,
  );
});

test('no byte makes a reader fail, wherever it is', () => {
  const corruptions = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(table('read'), corruptions, ({ services }, corruptions) => {
      const writer = new ByteWriter(256);
      for (const { key: service, settings, destinations } of services.values()) {
        writeIpvsRequest(writer, 28, 1, { kind: 'new-service', service, settings });
        for (const { key: destination, settings } of destinations.values()) {
          writeIpvsRequest(writer, 28, 1, { kind: 'new-destination', service, destination, settings });
        }
      }
      const bytes = writer.written();
      for (const [place, value] of corruptions) bytes[place % bytes.length] = value;
      for (const message of readMessages(bytes)) {
        const { service = {}, destination = {} } = readAttributes(message, countedCommandAttributes);
        expect(() => [serviceToModel(service), destinationToModel(destination, 'ip')]).not.toThrow();
      }
    }),
    runs,
  );
});
