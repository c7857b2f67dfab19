/** Owns the proof that the tables are ipvsadm's: the matrix as its manual page has it, and the order of the slots. */

import { expect, test } from 'vitest';
import { type CommandName, commands, legalityOf, slotsOf } from '../../../../grammar/vocabulary/commands.ts';
import { entryByLong, entryByShort } from '../../../../grammar/vocabulary/entries.ts';
import { type Slot, options, slots } from '../../../../grammar/vocabulary/options.ts';

const signs = { required: '+', optional: 'o', exclusive: '1' } as const;

function signOf(command: CommandName, slot: Slot): string {
  const legality = legalityOf(command, slot);
  return legality === undefined ? '.' : signs[legality];
}

/** The commands of the matrix's columns, in its order. */
const columns = commands.map(({ name }) => name).filter((name) => name !== 'help' && name !== 'version');

test('the matrix of options and commands', () => {
  const rows = slots.map((slot) => {
    const cells = columns.map((command) => signOf(command, slot));
    return `${slot.padEnd(18)}${cells.join(' ')}`;
  });
  //                    A E D C L a e d Z = + - R S
  expect(rows).toEqual([
    'numeric           . . . . o . . . . . . . . o',
    'connection        . . . . 1 . . . . . . . . .',
    'service-address   + + + . 1 + + + o . . . . .',
    'scheduler         o o . . . . . . . . . . . .',
    'persistent        o o . . . . . . . . . . . .',
    'netmask           o o . . . . . . . . . . . .',
    'real-server       . . . . . + + + . . . . . .',
    'forwarding-method . . . . . o o . . . . . . .',
    'weight            . . . . . o o . . . . . . .',
    'u-threshold       . . . . . o o . . . . . . .',
    'l-threshold       . . . . . o o . . . . . . .',
    'mcast-interface   . . . . . . . . . . o . . .',
    'timeout           . . . . 1 . . . . . . . . .',
    'daemon            . . . . 1 . . . . . . . . .',
    'stats             . . . . o . . . . . . . . .',
    'rate              . . . . o . . . . . . . . .',
    'thresholds        . . . . o . . . . . . . . .',
    'persistent-conn   . . . . o . . . . . . . . .',
    'nosort            . . . . o . . . . . . . . .',
    'syncid            . . . . o . . . . . o o . .',
    'exact             . . . . o . . . . . . . . .',
    'ops               o o . . . . . . . . . . . .',
    'pe                o o . . . . . . . . . . . .',
    'sched-flags       o o . . . . . . . . . . . .',
    'mcast-group       . . . . . . . . . . o . . .',
    'mcast-port        . . . . . . . . . . o . . .',
    'mcast-ttl         . . . . . . . . . . o . . .',
    'sync-maxlen       . . . . . . . . . . o . . .',
    'tun-info          . . . . o . . . . . . . . .',
    'tun-type          . . . . . o o . . . . . . .',
    'tun-port          . . . . . o o . . . . . . .',
    'tun-nocsum        . . . . . o o . . . . . . .',
    'tun-csum          . . . . . o o . . . . . . .',
    'tun-remcsum       . . . . . o o . . . . . . .',
  ]);
});

test('every option has a slot of the matrix, but for --sort and -6', () => {
  expect(options.filter(({ slot }) => slot === undefined).map(({ long }) => long)).toEqual(['ipv6', 'sort']);
  expect(new Set(options.flatMap(({ slot }) => slot ?? []))).toEqual(new Set(slots));
});

test('no two entries have a name in common', () => {
  const letters = [...commands.flatMap(({ short }) => short), ...options.flatMap(({ short }) => short ?? [])];
  expect(entryByLong.size).toBe(commands.length + options.length);
  expect(entryByShort.size).toBe(letters.length);
});

test('a command takes no option that nobody knows', () => {
  const all: readonly CommandName[] = commands.map(({ name }) => name);
  for (const command of all) for (const slot of slotsOf(command).keys()) expect(slots).toContain(slot);
  expect(slotsOf('help').size + slotsOf('version').size + slotsOf('flush').size).toBe(0);
});
