/** Owns what can be wrong with the meaning of a rule: its values, its options together, and what the kernel refuses. */

import { type DiagnosticDefinition, problemsOf } from '../../../grammar/text/diagnostic.ts';
import { quoted } from '../../../grammar/text/quoted.ts';
import type { Range } from '../../../grammar/value/limits.ts';

interface Written {
  readonly text: string;
}
interface Named {
  readonly name: string;
}

/** ipvsadm rejects these values; so does the compiler. */
const values = {
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

/** ipvsadm rejects these combinations; so does the compiler. */
const combinations = {
  'not-a-rule': {
    severity: 'error',
    message: ({ text }: Written) => `${text} is no rule`,
    explanation:
      'A rule file describes a table. Commands that print or read one (-L, -S, -R, -h, -v) have no place in it.',
  },
  'missing-option': {
    severity: 'error',
    message: ({ name, subject }: Named & { readonly subject: string }) => `${subject} needs ${name}`,
    explanation: 'This option must be given here.',
  },
  'illegal-option': {
    severity: 'error',
    message: ({ name, subject }: Named & { readonly subject: string }) => `${subject} does not take ${name}`,
    explanation:
      'The option has no meaning here. Settings of a service (-s, -p, -M, -o, -b, --pe) belong to -A and -E, those of a real server (-g, -i, -m, -w, -x, -y, --tun-…) to -a and -e.',
  },
  'exclusive-options': {
    severity: 'error',
    message: ({ name, other }: Named & { readonly other: string }) => `${name} and ${other} exclude each other`,
    explanation: 'At most one of these options may be given.',
  },
  'missing-port': {
    severity: 'error',
    message: () => 'a service without a port must be persistent',
    explanation:
      'Port 0 means all ports, which works for persistent services only (-p): otherwise connections of one client would go to different servers.',
  },
  'one-packet-not-udp': {
    severity: 'error',
    message: () => 'one-packet scheduling is for UDP and firewall marks only',
    explanation: 'With -o each packet is scheduled on its own, which makes sense without connections only.',
  },
  'mixed-families': {
    severity: 'error',
    message: ({ server, service }: { readonly server: string; readonly service: string }) =>
      `the real server is ${server} and the service ${service}`,
    explanation: 'Only a tunnel (-i) leads from a service of one address family to a real server of the other one.',
  },
  'tunnel-without-ipip': {
    severity: 'error',
    message: ({ name }: Named) => `${name} is for tunnels, and this real server is not one`,
    explanation: 'The options that begin with --tun- need the forwarding method -i.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;

/** The kernel refuses these operations; the table is compiled by the kernel's rules. */
const refusals = {
  'duplicate-service': {
    severity: 'error',
    message: ({ name }: Named) => `the service ${name} exists already`,
    explanation: 'A service is added once. To change its settings, edit the line that adds it, or use -E.',
  },
  'no-such-service': {
    severity: 'error',
    message: ({ name }: Named) => `there is no service ${name}`,
    explanation:
      'A service must be added (-A) by an earlier line before it is edited, deleted or given real servers. Protocol, address and port (or mark and family) must be the same.',
  },
  'duplicate-server': {
    severity: 'error',
    message: ({ name }: Named) => `the service has the real server ${name} already`,
    explanation: 'Address and port identify a real server in its service; forwarding method and weight do not.',
  },
  'no-such-server': {
    severity: 'error',
    message: ({ name }: Named) => `the service has no real server ${name}`,
    explanation:
      'A real server must be added (-a) by an earlier line before it is edited or deleted. With -g, which is also what holds if no method is given, and -i, -e takes the port of the service whatever -r says.',
  },
  'refused-address': {
    severity: 'error',
    message: ({ name }: Named) => `the kernel does not take ${name} for a real server`,
    explanation:
      'A real server needs a unicast address: not 0.0.0.0, ::, a broadcast or multicast address, nor an IPv4 address in IPv6 form.',
  },
  'lower-above-upper': {
    severity: 'error',
    message: ({ lower, upper }: { readonly lower: number; readonly upper: number }) =>
      `the lower threshold ${lower} is above the upper one, ${upper}`,
    explanation:
      'A real server gets no new connections from the upper threshold (-x) on until it is below the lower one (-y). So -y needs an -x that is not smaller. 0, which holds if -x is not given, means no threshold.',
  },
  'unknown-scheduler': {
    severity: 'error',
    message: ({ name }: Named) => `the kernel has no scheduler ${quoted(name)}`,
    explanation: 'The kernel looks for a module ip_vs_NAME. Names are lower case.',
  },
  'unknown-engine': {
    severity: 'error',
    message: ({ name }: Named) => `the kernel has no persistence engine ${quoted(name)}`,
    explanation: 'The kernel looks for a module ip_vs_pe_NAME. The only engine in its own tree is sip.',
  },
  'daemon-with-mixed-families': {
    severity: 'error',
    message: () => 'a real server of another address family than its service excludes synchronisation daemons',
    explanation:
      'The kernel runs a synchronisation daemon only while every real server has the address family of its service, and takes no such server while one runs.',
  },
  'duplicate-daemon': {
    severity: 'error',
    message: ({ name }: Named) => `the ${name} daemon runs already`,
    explanation: 'There is one master and one backup daemon. To change its settings, edit the line that starts it.',
  },
  'daemon-not-running': {
    severity: 'error',
    message: ({ name }: Named) => `the ${name} daemon does not run`,
    explanation: 'An earlier line stops this daemon already.',
  },
  'no-such-interface': {
    severity: 'error',
    message: ({ name }: Named) => `there is no network interface ${quoted(name)}`,
    explanation: 'A synchronisation daemon needs an interface that exists and is up.',
  },
  'unreachable-group': {
    severity: 'error',
    message: ({ name }: Named) => `the interface ${quoted(name)} does not reach the multicast group`,
    explanation:
      'The master daemon sends to its group when it starts: the interface must be up, and have a multicast route of the address family of the group. lo has none for IPv6.',
  },
  'refused-by-kernel': {
    severity: 'error',
    message: ({ errno }: { readonly errno: string }) => `the kernel refuses this with ${errno}`,
    explanation: 'The kernel has no further explanation for this errno.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;

/** ipvsadm does something else than the line seems to say, and says nothing. The compiler does the same and warns. */
const reinterpretations = {
  'negative-mark': {
    severity: 'warning',
    message: ({ text, mark }: Written & { readonly mark: number }) => `the mark ${text} is read as ${mark}`,
    explanation:
      'ipvsadm 1.31 writes marks from 2147483648 on as negative numbers when it saves, and rejects them when it restores. 2^32 is added.',
  },
  'flags-without-value': {
    severity: 'warning',
    message: ({ meaning }: { readonly meaning: string }) => `-b without a value is read as ${meaning}`,
    explanation:
      'ipvsadm -S of version 1.31 writes -b without a value for a service with scheduler sh or mh of which only flag-3 is set, and can not read it again. It is read as flag-3 for these two schedulers, and as no flags for others.',
  },
  'prefix-as-mask': {
    severity: 'warning',
    message: ({ text, mask }: Written & { readonly mask: string }) => `-M ${text} is the mask ${mask}`,
    explanation:
      'For IPv4 services -M is an address-like mask: a plain number fills it from the right. -M 24 groups clients by bits 3 and 4 of their last octet, which nobody wants.',
  },
  'unusual-address': {
    severity: 'warning',
    message: ({ text, address }: Written & { readonly address: string }) => `${quoted(text)} is read as ${address}`,
    explanation:
      'As in C, an IPv4 address may have fewer than four parts, octal parts (with a leading 0) and hexadecimal ones (0x). This one is read so.',
  },
  'lost-port': {
    severity: 'warning',
    message: ({ text }: Written) => `the port ${quoted(text)} is lost`,
    explanation:
      'ipvsadm knows brackets for IPv6 only. Around anything else it drops the brackets and the port behind them.',
  },
  'ignored-server-port': {
    severity: 'warning',
    message: ({ port, used }: { readonly port: number; readonly used: number }) =>
      `the port ${port} is ignored: ${used} is used`,
    explanation:
      'Direct routing (-g, and what holds if no method is given) and tunnels (-i) leave packets unchanged, so that the real server is reached at the port of the service. Only -m can change the port.',
  },
  'server-before-service': {
    severity: 'warning',
    message: () => 'the port of the real server is 0, as the service is not known yet',
    explanation:
      'A real server without a port takes that of the service, but ipvsadm reads a line from left to right: where -r stands in front of the service, the port is 0.',
  },
  'lost-mask': {
    severity: 'warning',
    message: ({ text }: Written) => `the mask ${quoted(text)} is lost`,
    explanation:
      'An IPv6 service resets the mask to 128. ipvsadm reads a line from left to right, so -M must stand behind the service (and behind -6).',
  },
  'unused-mask': {
    severity: 'warning',
    message: () => '-M has no effect without -p',
    explanation: 'The mask says which clients share one persistent assignment; without persistence there is none.',
  },
  'prefix-with-rest': {
    severity: 'warning',
    message: ({ text, prefix }: Written & { readonly prefix: number }) => `${quoted(text)} is read as ${prefix}`,
    explanation: 'ipvsadm reads the digits of an IPv6 prefix length as a 32-bit number and ignores what follows them.',
  },
  'cut-name': {
    severity: 'warning',
    message: ({ text, name }: Written & Named) => `${quoted(text)} is cut to ${quoted(name)}`,
    explanation: 'Names of schedulers and interfaces have 15 characters at most, those of persistence engines 16.',
  },
  'cut-flags': {
    severity: 'warning',
    message: () => 'only the first 127 characters of these flags are read',
    explanation: 'ipvsadm ignores the rest. Each flag is needed only once.',
  },
  'resolved-name': {
    severity: 'warning',
    message: ({ text, address }: Written & { readonly address: string }) =>
      `the name ${quoted(text)} is ${address} now`,
    explanation:
      'A host name may mean another address tomorrow, and none at boot. A file with addresses always means the same.',
  },
  'name-not-resolved': {
    severity: 'warning',
    message: ({ text }: Written) => `the host name ${quoted(text)} is not looked up here`,
    explanation:
      'A check needs no network. Whether the name has an IPv4 address shows when the file is used; a file with addresses always means the same.',
  },
  'resetting-edit': {
    severity: 'warning',
    message: ({ changes }: { readonly changes: readonly string[] }) => `this edit also resets ${changes.join(', ')}`,
    explanation:
      '-E and -e replace all settings: what they do not name gets its default, not its present value. For -e that includes the forwarding method, which becomes direct routing.',
  },
  'unknown-scheduler-name': {
    severity: 'warning',
    message: ({ name }: Named) => `${quoted(name)} is none of the known schedulers`,
    explanation:
      'Modules may add schedulers, so only the kernel can tell. It refuses the service if it does not know it.',
  },
  'unknown-engine-name': {
    severity: 'warning',
    message: ({ name }: Named) => `${quoted(name)} is none of the known persistence engines`,
    explanation: 'Modules may add persistence engines, so only the kernel can tell. The kernel has sip.',
  },
  'zero-without-effect': {
    severity: 'warning',
    message: () => '-Z changes nothing in a table',
    explanation: 'A table has no counters. Counters are set to zero with ipvsadm -Z, not by a rule file.',
  },
  'unknown-rule-allowance': {
    severity: 'warning',
    message: ({ code }: { readonly code: string }) => `there is no warning ${quoted(code)} of rules to allow`,
    explanation:
      'The comment `# ipvstx: allow CODE` silences a warning on its own line or on the line below. Errors can not be silenced.',
  },
  'unused-option': {
    severity: 'warning',
    message: ({ name }: Named) => `${name} has no effect here`,
    explanation: 'ipvsadm accepts this option here and ignores it.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;

/** A table that the rules language can not express. */
const inexpressible = {
  inexpressible: {
    severity: 'error',
    message: ({ name, reason }: Named & { readonly reason: string }) =>
      `${name} can not be written as a rule: ${reason}`,
    explanation:
      'The kernel takes more than ipvsadm can say: other protocols, forwarding methods and types of tunnel, a service of all ports without persistence, one-packet scheduling of TCP, direct routing to another port. Another program has set this.',
  },
  'lost-initial': {
    severity: 'warning',
    message: ({ name }: Named) => `that the weight of ${name} is an initial one can not be written as a rule`,
    explanation: 'Rules have no word for a weight that only counts when the real server is created.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;

/** Every problem of this layer, by code. */
export const ruleMeaningProblems = { ...values, ...combinations, ...refusals, ...reinterpretations, ...inexpressible };

/** Reports one of them. */
export const problem = problemsOf(ruleMeaningProblems);
