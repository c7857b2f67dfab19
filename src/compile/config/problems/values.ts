/** Owns what can be wrong with values in their places. */

import { quoted } from '../../../../grammar/text/quoted.ts';
import { formatDuration } from '../../../../grammar/value/duration.ts';
import type { Range } from '../../../../grammar/value/limits.ts';

interface Named {
  readonly name: string;
}
interface Most {
  readonly most: number | bigint;
}

const some = (what: readonly string[]): string => what.join(', ');

/** Values in their places. */
export const values = {
  'wrong-type': {
    severity: 'error',
    message: ({ expected, found }: { readonly expected: string; readonly found: string }) =>
      `expected ${expected}, found ${found}`,
    explanation:
      'Values have types, and a variable brings the type of its value along: an address can not be a weight, and a set can not stand where one value is wanted.',
  },
  'out-of-range': {
    severity: 'error',
    message: ({ text, range }: { readonly text: string; readonly range: Range }) =>
      `${text} is not from ${range.from} to ${range.to}`,
    explanation:
      'The ranges are those of ipvsadm and the kernel; values outside of them are refused or, worse, taken for others.',
  },
  'duration-out-of-range': {
    severity: 'error',
    message: ({ text, range }: { readonly text: string; readonly range: Range }) =>
      `${text} is not from ${formatDuration(range.from)} to ${formatDuration(range.to)}`,
    explanation:
      'Times last from one second to 31 days, as in ipvsadm. To leave a timeout as it is, leave out its line.',
  },
  'bad-mask': {
    severity: 'error',
    message: ({ text, expected }: { readonly text: string; readonly expected: string }) =>
      `${quoted(text)} is not ${expected}`,
    explanation:
      'Persistence takes all clients of one network as one. `mask` is for IPv4 listeners: a prefix length from 0 to 32, or four octets with any pattern of bits. `mask6` is for IPv6 listeners: a prefix length from 1 to 128.',
  },
  'unknown-port': {
    severity: 'error',
    message: ({ name, protocols }: Named & { readonly protocols: readonly string[] }) =>
      `${quoted(name)} is not the name of a port of ${some(protocols)}`,
    explanation:
      'A port is a number from 0 to 65535 or a name from the table of services that is part of this program, so that a file means the same on every machine. Names belong to a protocol: http is known for tcp only.',
  },
  'bad-port-range': {
    severity: 'error',
    message: ({ text }: { readonly text: string }) => `${quoted(text)} is not a range of ports`,
    explanation: 'A range of ports runs upwards and ends at 65535 or before: `8000-8010`.',
  },
  'range-too-large': {
    severity: 'error',
    message: ({ text, most }: Most & { readonly text: string }) => `${quoted(text)} has more than ${most} addresses`,
    explanation:
      'A range or a prefix stands for each of its addresses. Ranges are limited, so that a slip (a /0) is an answer and not the end of the memory.',
  },
  'too-many-listeners': {
    severity: 'error',
    message: ({ count, most }: Most & { readonly count: number }) =>
      `${count} listeners in one line are more than ${most}`,
    explanation:
      'A line stands for each of its addresses with each of its ports, and each of them is a virtual service in the kernel. For all ports of an address there is port 0, and for anything else firewall marks.',
  },
  'table-too-large': {
    severity: 'error',
    message: ({ most }: Most) => `the configuration comes to more than ${most} services and backends`,
    explanation:
      'Ranges, sets, services and pools multiply. The size of the table is limited, so that a slip is an answer and not the end of the memory.',
  },
  'unknown-kernel-name': {
    severity: 'error',
    message: ({ noun, name }: Named & { readonly noun: string }) => `the kernel has no ${noun} ${quoted(name)}`,
    explanation:
      'The schedulers of the kernel are rr, wrr, lc, wlc, lblc, lblcr, dh, sh, sed, nq, fo, ovf, mh, twos and none; its one persistence engine is sip. Other modules may bring others: a name in double quotes is taken as it is.',
  },
  'name-too-long': {
    severity: 'error',
    message: ({ noun, longest }: { readonly noun: string; readonly longest: number }) =>
      `the name of a ${noun} has at most ${longest} characters`,
    explanation:
      'The kernel keeps the names of schedulers and interfaces in 16 bytes, those of persistence engines in 17, one of them for the end.',
  },
  'unknown-flag': {
    severity: 'error',
    message: ({ word }: { readonly word: string }) => `${quoted(word)} is not a flag of a scheduler`,
    explanation:
      'A service has three flags for its scheduler: flag-1, flag-2 and flag-3. sh and mh call the first two sh-fallback, sh-port, mh-fallback and mh-port.',
  },
  'foreign-flag': {
    severity: 'error',
    message: ({
      word,
      owner,
      scheduler,
    }: {
      readonly word: string;
      readonly owner: string;
      readonly scheduler: string;
    }) => `${quoted(word)} is a flag of ${quoted(owner)}, and the scheduler is ${quoted(scheduler)}`,
    explanation:
      'The flags with a name belong to the scheduler of that name. Under another one the same bit means something else or nothing.',
  },
  'remcsum-with-gre': {
    severity: 'error',
    message: () => 'a GRE tunnel has no remote checksum',
    explanation: 'Remote checksum offload exists for GUE only.',
  },
  'not-multicast': {
    severity: 'error',
    message: ({ address }: { readonly address: string }) => `${address} is not a multicast address`,
    explanation:
      'Synchronisation daemons talk to a multicast group: 224.0.0.0/4 or ff00::/8. The kernel refuses any other address.',
  },
  'sync-without-interface': {
    severity: 'error',
    message: ({ role }: { readonly role: string }) => `sync ${role} names no interface`,
    explanation:
      'A synchronisation daemon sends to or listens on one network interface. ipvsadm takes eth0 if none is named; a configuration has to name it.',
  },
} as const;
