/** Owns what other kernels answer: older ones leave attributes out, and a table may hold what this program never writes. */

import { describe, expect, test } from 'vitest';
import type { LiveDestination, LiveService } from '../../../src/model/activity.ts';
import { destinationId } from '../../../src/model/destination.ts';
import { serviceId } from '../../../src/model/service.ts';
import type { RawAddress } from '../../../src/wire/attribute-types.ts';
import { infoToModel } from '../../../src/wire/tables/info.ts';
import { daemonToModel } from '../../../src/wire/tables/daemon.ts';
import { destinationActivity, destinationToModel } from '../../../src/wire/tables/destination.ts';
import { serviceToModel } from '../../../src/wire/tables/service.ts';
import { assembleSnapshot, isTorn } from '../../../src/wire/snapshot.ts';
import { real, scheduled, tcp, weighted } from '../../support/operation.ts';

/** An attribute's bytes, with others of the message around them. */
function raw(...octets: readonly number[]): RawAddress {
  return { bytes: Uint8Array.of(0xff, ...octets, 0xff), offset: 1, length: octets.length };
}

const address = raw(10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
const addressV6 = raw(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

describe('a destination', () => {
  const key = { address, port: 80 };
  const forwardingOf = (attributes: Parameters<typeof destinationToModel>[0]) =>
    destinationToModel({ ...key, ...attributes }, 'ip')?.settings.forwarding;

  test('has the family of its service if none is said (before Linux 3.18) or it is 0', () => {
    expect(destinationToModel({ address: addressV6, port: 80 }, 'ip6')?.key).toEqual(real('2001:db8::1'));
    expect(destinationToModel({ address: addressV6, port: 80, family: 0 }, 'ip6')?.key).toEqual(real('2001:db8::1'));
    expect(destinationToModel(key, 'ip')?.key).toEqual(real('10.0.0.1'));
    expect(destinationToModel({ ...key, family: 2 }, 'ip6')?.key).toEqual(real('10.0.0.1'));
  });

  test('may have a method without a name; only three bits of it count', () => {
    expect(forwardingOf({ method: 5 })).toEqual({ method: 'method-5' });
    expect(forwardingOf({ method: 0x103 })).toEqual({ method: 'direct' });
    expect(forwardingOf({ method: 1 })).toEqual({ method: 'local' });
  });

  test('without a tunnel has none, whatever is said about one', () => {
    expect(forwardingOf({ method: 0, tunnelType: 1, tunnelPort: 6080 })).toEqual({ method: 'masquerade' });
  });

  test('before Linux 5.2 tunnels in IPIP', () => {
    expect(forwardingOf({ method: 2 })).toEqual({ method: 'tunnel', tunnel: { type: 'ipip' } });
  });

  test('keeps types and flags of tunnels that have no name', () => {
    const tunnelOf = (tunnelType: number, tunnelPort: number, tunnelFlags: number) =>
      forwardingOf({ method: 2, tunnelType, tunnelPort, tunnelFlags });
    const tunnel = (value: object) => ({ method: 'tunnel', tunnel: value });
    expect(tunnelOf(1, 6080, 2)).toEqual(tunnel({ type: 'gue', port: 6080, checksum: 'remote' }));
    expect(tunnelOf(1, 6080, 3)).toEqual(tunnel({ type: 'type-1', port: 6080, flags: 3 }));
    expect(tunnelOf(2, 6080, 1)).toEqual(tunnel({ type: 'gre', checksum: 'plain' }));
    expect(tunnelOf(0, 6080, 1)).toEqual(tunnel({ type: 'ipip' }));
    expect(tunnelOf(9, 1, 0xffff)).toEqual(tunnel({ type: 'type-9', port: 1, flags: 0xffff }));
  });

  test('without a key is none', () => {
    expect(destinationToModel({ port: 80 }, 'ip')).toBeUndefined();
    expect(destinationToModel({ address }, 'ip')).toBeUndefined();
  });

  test('has connections, and counters only if there are any', () => {
    expect(destinationActivity({ active: 1, inactive: 2, persistent: 3 })).toEqual({
      active: 1,
      inactive: 2,
      persistent: 3,
    });
    expect(destinationActivity({ counters: { connections: 7 } }).counters).toMatchObject({
      connections: 7n,
      inBytes: 0n,
    });
  });
});

describe('a service', () => {
  const key = { family: 2, protocol: 6, address, port: 80, scheduler: 'rr' };

  test('has only the flags that are known; HASHED is not one', () => {
    const { settings } = serviceToModel({ ...key, flags: { flags: 0x1f_ffbe, mask: 0xffff_ffff } }) ?? {};
    expect(settings).toEqual({ scheduler: 'rr', flags: 0x38, onePacket: true });
  });

  test('without persistence has no timeout and mask, whatever is kept of them', () => {
    const kept = { timeout: 300, netmask: { mask: raw(255, 255, 255, 0), prefix: 0xff_ffff } };
    expect(serviceToModel({ ...key, ...kept, flags: { flags: 2, mask: 0 } })?.settings).toEqual(scheduled());
    expect(serviceToModel({ ...key, ...kept, flags: { flags: 3, mask: 0 } })?.settings.persistence).toEqual({
      timeout: 300,
      mask: '255.255.255.0',
    });
  });

  test('may have any protocol', () => {
    expect(serviceToModel({ ...key, protocol: 999 })?.key).toEqual({ ...tcp('10.0.0.1'), protocol: 'protocol-999' });
  });

  test('without a key is none', () => {
    expect(serviceToModel({ ...key, family: 7 })).toBeUndefined();
    expect(serviceToModel({ family: 2, scheduler: 'rr' })).toBeUndefined();
  });
});

test('a daemon before Linux 4.3 says less', () => {
  expect(daemonToModel({ state: 1, interface: 'eth0', syncId: 3 })).toEqual({
    role: 'master',
    settings: { interface: 'eth0', syncId: 3 },
  });
  expect(daemonToModel({ state: 3, interface: 'eth0', syncId: 3 })).toBeUndefined();
});

test('the version of IPVS is three numbers', () => {
  expect(infoToModel({ version: 0x01_02_0a, connectionTableSize: 4096 })).toEqual({
    version: '1.2.10',
    connectionTableSize: 4096,
  });
});

describe('a snapshot', () => {
  const [first, second] = [tcp('192.0.2.1'), tcp('192.0.2.2')];
  const service = (key: typeof first, destinations: readonly LiveDestination[] = []): LiveService => {
    return { key, settings: scheduled(), destinations };
  };
  const reply = (address: string, active: number) => ({
    destination: { key: real(address), settings: weighted() },
    activity: { active, inactive: 0, persistent: 0 },
  });
  const rest = { timeouts: {}, daemons: {} };

  test('has services in the order of the kernel, and the oldest destination of each first', () => {
    const services = [service(second, [reply('10.0.0.2', 2), reply('10.0.0.1', 1)]), service(first)];
    const { table, activity } = assembleSnapshot({ services, ...rest }) ?? {};
    expect([...(table?.services.keys() ?? [])]).toEqual([serviceId(second), serviceId(first)]);
    const ids = [real('10.0.0.1'), real('10.0.0.2')].map(destinationId);
    expect([...(table?.services.get(serviceId(second))?.destinations.keys() ?? [])]).toEqual(ids);
    const connections = [...(activity?.get(serviceId(second))?.destinations ?? [])];
    expect(connections.map(([id, { active }]) => [id, active])).toEqual(ids.map((id, index) => [id, index + 1]));
  });

  test('is none if something came twice', () => {
    const twice = [reply('10.0.0.1', 0), reply('10.0.0.2', 0), reply('10.0.0.1', 0)];
    expect(assembleSnapshot({ services: [service(first, twice)], ...rest })).toBeUndefined();
    const services = [first, second, first].map((key) => service(key));
    expect(assembleSnapshot({ services, ...rest })).toBeUndefined();
    expect(isTorn(services)).toBe(true);
    expect(isTorn([service(second), service(first, twice)])).toBe(true);
    expect(isTorn([service(first, twice.slice(1)), service(second, twice.slice(1))])).toBe(false);
  });
});
