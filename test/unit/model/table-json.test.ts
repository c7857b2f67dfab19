import { describe, expect, it } from 'vitest';
import { tableFromJson, tableToJson } from '../../../src/model/table-json.ts';

const service = {
  protocol: 'tcp',
  address: '192.0.2.1',
  port: 80,
  scheduler: 'wlc',
  destinations: [{ address: '10.0.0.1', port: 80, method: 'masquerade' }],
};

/** Why a document is no table. */
function refusal(document: unknown): string {
  try {
    tableFromJson(document);
  } catch (error) {
    return String(error);
  }
  throw new Error('the document was accepted');
}

const withService = (change: object): unknown => ({ format_version: 1, services: [{ ...service, ...change }] });

describe('tableFromJson', () => {
  it('fills in what ipvsadm fills in, too', () => {
    const table = tableFromJson(withService({}));
    expect(tableToJson(table)).toEqual({
      format_version: 1,
      timeouts: {},
      daemons: {},
      services: [
        {
          ...service,
          scheduler_flags: [],
          one_packet: false,
          destinations: [
            {
              address: '10.0.0.1',
              port: 80,
              method: 'masquerade',
              weight: 1,
              upper_threshold: 0,
              lower_threshold: 0,
            },
          ],
        },
      ],
    });
  });

  it('names the place of what it does not take', () => {
    expect(refusal([])).toBe('JsonMismatch: the document is no object');
    expect(refusal({})).toBe('JsonMismatch: format_version is missing');
    expect(refusal({ format_version: 2 })).toBe('JsonMismatch: format_version is 2, not 1');
    expect(refusal(withService({ port: 65_536 }))).toBe(
      'JsonMismatch: services[0].port is 65536, not a number from 0 to 65535',
    );
    expect(refusal(withService({ address: '192.0.2.01' }))).toContain('services[0].address is "192.0.2.01"');
    expect(refusal(withService({ scheduler: undefined, shceduler: 'rr' }))).toContain('services[0].scheduler is');
    expect(refusal(withService({ one_packt: true }))).toBe(
      'JsonMismatch: services[0].one_packt is not known; did you mean "one_packet"?',
    );
    expect(refusal(withService({ destinations: [{ ...service.destinations[0], method: 'tunnel' }] }))).toBe(
      'JsonMismatch: services[0].destinations[0].tunnel is missing',
    );
    expect(refusal(withService({ scheduler_flags: ['flag-4'] }))).toContain(
      'services[0].scheduler_flags[0] is "flag-4"',
    );
    expect(refusal({ format_version: 1, daemons: { master: 'on' } })).toContain('daemons.master is no object');
    expect(refusal({ format_version: 1, services: [service, service] })).toBe(
      'JsonMismatch: services[1] is a second "tcp 192.0.2.1 port 80"',
    );
  });
});
