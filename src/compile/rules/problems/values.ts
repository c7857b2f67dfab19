/** Owns what ipvsadm rejects as a value. */

import type { DiagnosticDefinition } from '../../../../grammar/text/diagnostic.ts';
import { quoted } from '../../../../grammar/text/quoted.ts';
import type { Range } from '../../../../grammar/value/limits.ts';

interface Written {
  readonly text: string;
}
interface Named {
  readonly name: string;
}

/** ipvsadm rejects these values; so does the compiler. */
export const values = {
  'repeated-option': {
    severity: 'error',
    message: ({ name }: Named) => `${name} is given more than once`,
    explanation:
      'Each option may be given once. The four kinds of service (-t, -u, --sctp-service, -f) count as one option, and so do the three forwarding methods (-g, -i, -m).',
  },
  'invalid-address': {
    severity: 'error',
    message: ({ text }: Written) => `${quoted(text)} is not an address with a port`,
    explanation:
      'An address is written as 192.0.2.1:80 or [2001:db8::1]:80. Digits alone, an empty port, a prefix length and a zone (%eth0) are rejected. IPv6 without brackets can not have a port, and with brackets must have one.',
  },
  'unknown-port-name': {
    severity: 'error',
    message: ({ text, protocol }: Written & { readonly protocol: string }) =>
      `${quoted(text)} is neither a port from 0 to 65535 nor the name of a ${protocol} port`,
    explanation:
      'A port is a decimal number from 0 to 65535, or a name from the table of services that is part of this program, so that a file means the same on every machine. Names belong to a protocol: http is known for tcp only.',
  },
  'port-name-before-service': {
    severity: 'error',
    message: ({ text }: Written) => `the port ${quoted(text)} is a name, and its protocol is not known yet`,
    explanation:
      'ipvsadm reads a line from left to right. Where -r stands in front of the service, the protocol is not known, and only a number can be a port.',
  },
  'unresolved-name': {
    severity: 'error',
    message: ({ text }: Written) => `the host name ${quoted(text)} has no IPv4 address`,
    explanation:
      'Host names are looked up when a rule file is read, as ipvsadm does, and IPv4 addresses only. Addresses do not depend on a name server being there at boot.',
  },
  'name-at-boot': {
    severity: 'error',
    message: ({ text }: Written) => `the host name ${quoted(text)} is not looked up at boot`,
    explanation:
      'While a machine comes up, a name server may not be reachable yet, or may answer with something else. A file for "restore --boot" has addresses; a configuration may have names that "ipvstx lock" has looked up.',
  },
  'invalid-mark': {
    severity: 'error',
    message: ({ text }: Written) => `${quoted(text)} is not a firewall mark from 1 to 4294967295`,
    explanation: 'A firewall mark is a decimal number. Masks (7/0xff) and hexadecimal numbers are rejected.',
  },
  'ipv6-before-mark': {
    severity: 'error',
    message: () => '-6 belongs behind the firewall mark it is for',
    explanation:
      '-6 makes the service of a firewall mark one of IPv6 packets. It must follow -f, and fits no other service.',
  },
  'invalid-number': {
    severity: 'error',
    message: ({ name, text, range }: Named & Written & { readonly range: Range }) =>
      `${name} takes a number from ${range.from} to ${range.to}, not ${quoted(text)}`,
    explanation: 'Numbers are decimal and whole. Units, hexadecimal digits and blanks behind them are rejected.',
  },
  'invalid-mask': {
    severity: 'error',
    message: ({ text }: Written) => `${quoted(text)} is not an IPv4 mask`,
    explanation:
      'The mask of an IPv4 service is a dotted quad such as 255.255.255.0. A prefix length (/24) is rejected.',
  },
  'invalid-prefix-length': {
    severity: 'error',
    message: ({ text }: Written) => `${quoted(text)} is not an IPv6 prefix length from 1 to 128`,
    explanation: 'The mask of an IPv6 service is a prefix length such as 64.',
  },
  'invalid-tunnel-type': {
    severity: 'error',
    message: ({ text }: Written) => `${quoted(text)} is not a type of tunnel`,
    explanation: 'The types are ipip, gue and gre, in lower case.',
  },
  'invalid-group': {
    severity: 'error',
    message: ({ text }: Written) => `${quoted(text)} is not a multicast address`,
    explanation: 'The group of a synchronisation daemon is an address of 224.0.0.0/4 or ff00::/8, not a name.',
  },
  'unknown-scheduler-flag': {
    severity: 'error',
    message: ({ text }: Written) => `${quoted(text)} is not a scheduler flag`,
    explanation:
      'The flags are sh-fallback, sh-port, mh-fallback, mh-port, flag-1, flag-2 and flag-3, separated by commas without blanks.',
  },
  'flag-of-other-scheduler': {
    severity: 'error',
    message: ({ text, scheduler }: Written & { readonly scheduler: string }) =>
      `the flag ${text} does not belong to the scheduler ${quoted(scheduler)}`,
    explanation: 'sh-fallback and sh-port belong to the scheduler sh, mh-fallback and mh-port to mh.',
  },
  'no-scheduler-flags': {
    severity: 'error',
    message: () => 'there are commas here and no flags between them',
    explanation: 'ipvsadm crashes when it reads such a list. Write at least one flag, or leave out -b.',
  },
  'invalid-role': {
    severity: 'error',
    message: ({ text }: Written) => `${quoted(text)} is neither master nor backup`,
    explanation: 'A synchronisation daemon is either the master, which sends, or the backup, which receives.',
  },
  'missing-timeouts': {
    severity: 'error',
    message: ({ count }: { readonly count: number }) => `--set has ${count} of its 3 timeouts`,
    explanation:
      '--set takes three numbers of seconds: for TCP, for TCP after a FIN, and for UDP. 0 keeps the present one.',
  },
  'single-dash': {
    severity: 'error',
    message: ({ text, letter, value }: Written & { readonly letter: string; readonly value: string }) =>
      `${text} is read as ${letter} with the value ${quoted(value)}`,
    explanation: 'Long names begin with two dashes. Behind a single one each letter is an option of its own.',
  },
  'unexpected-word': {
    severity: 'error',
    message: ({ text }: Written) => `${quoted(text)} belongs to no option`,
    explanation: 'Every word of a rule is an option or the value of the option in front of it.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;
