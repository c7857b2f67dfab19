/** Owns the proof of what a compilation depends on beside its text: a base, a machine, and names. */

import { describe, expect, test } from 'vitest';
import { parseRules } from '../../../../grammar/parser/parse-rules.ts';
import { textOf } from '../../../../grammar/text/span.ts';
import { type RulesContext, compileRules } from '../../../../src/compile/rules/compile-rules.ts';
import { rulesFromTable } from '../../../../src/compile/rules/from-table.ts';
import type { Table } from '../../../../src/model/table.ts';
import { unknownEnvironment } from '../../../../src/simulate/environment.ts';
import { addressOf } from '../../../support/arbitrary.ts';

function compile(text: string, context: RulesContext = {}) {
  const { value, diagnostics, neededNames } = compileRules(parseRules({ name: 'x.rules', text }), context);
  if (value === undefined) throw new Error('there is always a table');
  const { value: rules = [] } = rulesFromTable(value, { stoppedDaemons: true });
  return {
    table: value,
    rules,
    codes: diagnostics.map(({ code }) => code),
    diagnostics,
    neededNames: [...neededNames],
  };
}

function tableOf(text: string): Table {
  return compile(text).table;
}

describe('the base', () => {
  const base = tableOf('-A -t 192.0.2.1:80 -s wrr\n-a -t 192.0.2.1:80 -r 10.0.0.1 -m -w 5\n--set 1 2 3');

  test('is what the first rule meets', () => {
    expect(compile('-e -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 6\n--set 0 0 9', { base }).rules).toEqual([
      '--set 1 2 9',
      '-A -t 192.0.2.1:80 -s wrr',
      '-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 6',
    ]);
  });

  test('is left as it is', () => {
    compile('-C\n--set 7 7 7', { base });
    expect([...base.services.keys()]).toEqual(['tcp 192.0.2.1 port 80']);
    expect(base.timeouts).toMatchObject({ tcp: 1, tcpFin: 2, udp: 3 });
  });

  test('may be the kernel’s, where nothing has a source', () => {
    const { key, settings } = [...base.services.values()][0] ?? {};
    if (key === undefined || settings === undefined) throw new Error('the base has a service');
    const live: Table = { ...base, services: new Map([['x' as never, { key, settings, destinations: new Map() }]]) };
    const [diagnostic] = compile('-A -t 192.0.2.1:81 -s rr\n-A -t 192.0.2.1:81', { base: live }).diagnostics;
    expect(diagnostic).toMatchObject({ code: 'duplicate-service' });
  });
});

describe('daemons', () => {
  test('that nobody speaks of may be stopped, once', () => {
    const { table, codes } = compile('--stop-daemon master\n--stop-daemon master');
    expect(table.daemons).toEqual({ master: 'stopped' });
    expect(codes).toEqual(['daemon-not-running']);
  });

  test('that are known to be stopped may not', () => {
    const base: Table = { ...tableOf(''), daemons: { master: 'stopped' } };
    expect(compile('--stop-daemon master', { base }).codes).toEqual(['daemon-not-running']);
  });

  test('may be stopped and started anew', () => {
    const { table, codes } = compile('--stop-daemon backup\n--start-daemon backup --syncid 7');
    expect(codes).toEqual([]);
    expect(table.daemons).toMatchObject({ backup: { role: 'backup', settings: { interface: 'eth0', syncId: 7 } } });
  });
});

describe('the machine', () => {
  test('if known, decides about schedulers, engines and interfaces', () => {
    const environment = {
      ...unknownEnvironment,
      hasScheduler: (name: string) => name === 'rr',
      hasEngine: () => false,
      interfaceOf: () => undefined,
    };
    const text = '-A -f 1 -s wlc\n-A -f 2 -s rr\n-A -f 3 -s rr --pe sip\n--start-daemon master';
    expect(compile(text, { environment }).codes).toEqual(['unknown-scheduler', 'unknown-engine', 'no-such-interface']);
  });

  test('if unknown, has whatever is asked for, with a warning for what no kernel has', () => {
    const { codes, rules } = compile('-A -f 1 -s maglev --pe http');
    expect(codes).toEqual(['unknown-scheduler-name', 'unknown-engine-name']);
    expect(rules).toEqual(['-A -f 1 -s maglev --pe http']);
  });
});

describe('names', () => {
  const text = '-A -t vip.example:http -s rr\n-a -t vip.example:80 -r web1.example:8080 -m\n-A -f 1 -p -M mask.example';

  test('are asked for, all at once', () => {
    const { neededNames, codes, rules } = compile(text);
    expect(neededNames).toEqual(['vip.example', 'web1.example', 'mask.example']);
    expect(codes).toEqual(['unresolved-name', 'unresolved-name', 'unresolved-name']);
    expect(rules).toEqual([]);
  });

  test('become addresses, with a warning each', () => {
    const addresses = new Map([
      ['vip.example', addressOf('192.0.2.1')],
      ['web1.example', addressOf('10.0.0.1')],
      ['mask.example', addressOf('255.255.0.0')],
    ]);
    const { codes, rules, diagnostics } = compile(text, { names: { host: (name) => addresses.get(name) } });
    expect(new Set(codes)).toEqual(new Set(['resolved-name']));
    expect(diagnostics.map(({ suggestion }) => suggestion)).toEqual([
      'write 192.0.2.1:http',
      'write 192.0.2.1:80',
      'write 10.0.0.1:8080',
      'write 255.255.0.0',
    ]);
    expect(rules).toEqual([
      '-A -t 192.0.2.1:80 -s rr',
      '-a -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 1',
      '-A -f 1 -s wlc -p 360 -M 255.255.0.0',
    ]);
  });

  test('with an IPv6 address only have none, as for ipvsadm', () => {
    const names = { host: () => addressOf('2001:db8::1') };
    expect(compile('-A -t vip.example:80', { names }).codes).toEqual(['unresolved-name']);
  });

  test.each([
    '192.0.2.1.5:80',
    '1.2.3.256:80',
    '-dash:80',
    'a_b!:80',
    ':80',
    '[]:80',
    'x/24:80',
    `${'x'.repeat(254)}:80`,
  ])('nobody is asked about %s', (address) => {
    const { neededNames, codes } = compile(`-A -t ${address}`);
    expect({ neededNames, codes }).toEqual({ neededNames: [], codes: ['invalid-address'] });
  });
});

test('services and real servers know the rule that made them', () => {
  const { table } = compile('# one\n-A -t 192.0.2.1:80 -s rr # two\nipvsadm -a -t 192.0.2.1:80 -r 10.0.0.1 -m');
  const [service] = table.services.values();
  const [destination] = service?.destinations.values() ?? [];
  expect(service?.origin && textOf(service.origin)).toBe('-A -t 192.0.2.1:80 -s rr');
  expect(destination?.origin && textOf(destination.origin)).toBe('-a -t 192.0.2.1:80 -r 10.0.0.1 -m');
});

test('one run reports the mistakes of all rules, and of all options of a rule', () => {
  const { codes } = compile('-A -t 80 -p 0 -s rr -b nothing\n-A --schedular\n-a -t 192.0.2.1:80 -r 10.0.0.1 -w x -x y');
  expect(codes).toEqual([
    'invalid-address',
    'invalid-number',
    'unknown-ipvsadm-option',
    'invalid-number',
    'invalid-number',
  ]);
});
