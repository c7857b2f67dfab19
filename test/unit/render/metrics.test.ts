/** Owns the proof that a snapshot becomes the text format that Prometheus reads. */

import { expect, test } from 'vitest';
import { parseAddress } from '../../../grammar/value/address.ts';
import type { Counters, Snapshot } from '../../../src/model/activity.ts';
import { type Destination, destinationId } from '../../../src/model/destination.ts';
import { type Service, serviceId } from '../../../src/model/service.ts';
import { emptyTable } from '../../../src/model/table.ts';
import { renderMetrics } from '../../../src/render/metrics.ts';

const address = (text: string) => {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
};

const counters: Counters = {
  connections: 5n,
  inPackets: 24n,
  outPackets: 17n,
  inBytes: 18_446_744_073_709_551_615n,
  outBytes: 5924n,
  connectionRate: 0n,
  inPacketRate: 0n,
  outPacketRate: 0n,
  inByteRate: 0n,
  outByteRate: 0n,
};

const destination: Destination = {
  key: { address: address('10.0.0.11'), port: 8080 },
  settings: { forwarding: { method: 'masquerade' }, weight: 3, upperThreshold: 0, lowerThreshold: 0 },
  name: 'w"1\\',
};
const service: Service = {
  key: { kind: 'endpoint', protocol: 'tcp', address: address('192.0.2.10'), port: 80 },
  settings: { scheduler: 'rr', flags: 0, onePacket: false },
  destinations: new Map([[destinationId(destination.key), destination]]),
  name: 'web',
};
const snapshot: Snapshot = {
  table: {
    services: new Map([[serviceId(service.key), service]]),
    timeouts: { tcp: 900, tcpFin: 120, udp: 300 },
    daemons: { master: 'stopped', backup: 'stopped' },
  },
  activity: new Map([
    [
      serviceId(service.key),
      {
        counters,
        destinations: new Map([[destinationId(destination.key), { active: 2, inactive: 1, persistent: 0, counters }]]),
      },
    ],
  ]),
};

test('every known figure is there, with the whole 64 bits and escaped labels', () => {
  const text = renderMetrics(snapshot, { generation: 7, pending: false });
  expect(text).toContain('ipvstx_services 1\n');
  expect(text).toContain(
    'ipvstx_service_in_bytes_total{service="tcp 192.0.2.10 port 80",service_name="web"} 18446744073709551615\n',
  );
  expect(text).toContain(
    String.raw`ipvstx_destination_weight{service="tcp 192.0.2.10 port 80",service_name="web",destination="10.0.0.11 port 8080",destination_name="w\"1\\"} 3` +
      '\n',
  );
  expect(text).toContain('ipvstx_timeout_seconds{timeout="tcpFin"} 120\n');
  expect(text).toContain('ipvstx_sync_daemon_running{role="master"} 0\n');
  expect(text).toContain('ipvstx_transaction_pending 0\n');
  expect(text).not.toContain('drift');
});

test('every line is a comment or a sample, and each family is declared once in front of its samples', () => {
  const lines = renderMetrics(snapshot, { driftChanges: 2, appliedSeconds: 1_700_000_000 }).trimEnd().split('\n');
  const typeLine = /^# TYPE (\S+) (counter|gauge)$/;
  const sampleLine = /^([a-z_]+)(\{([a-z_]+="(\\.|[^"\\])*",?)+\})? \d+$/;
  const declared = lines.flatMap((line) => typeLine.exec(line)?.[1] ?? []);
  expect(new Set(declared).size).toBe(declared.length);
  expect(declared.length).toBeGreaterThan(15);
  const strays = lines.filter((line, index) => {
    if (line.startsWith('# ')) return false;
    const family = lines.slice(0, index).findLast((earlier) => typeLine.test(earlier));
    return sampleLine.exec(line)?.[1] !== typeLine.exec(family ?? '')?.[1];
  });
  expect(strays).toEqual([]);
});

test('of an unread counter nothing is said', () => {
  expect(renderMetrics({ table: emptyTable, activity: new Map() })).toBe(
    '# HELP ipvstx_services Virtual services\n# TYPE ipvstx_services gauge\nipvstx_services 0\n' +
      '# HELP ipvstx_destinations Destinations of all virtual services\n# TYPE ipvstx_destinations gauge\n' +
      'ipvstx_destinations 0\n',
  );
});
