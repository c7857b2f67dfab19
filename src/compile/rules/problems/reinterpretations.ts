/** Owns what ipvsadm takes for something else than it seems, without a word. */

import type { DiagnosticDefinition } from '../../../../grammar/text/diagnostic.ts';
import { quoted } from '../../../../grammar/text/quoted.ts';

interface Written {
  readonly text: string;
}
interface Named {
  readonly name: string;
}

/** ipvsadm does something else than the line seems to say, and says nothing. The compiler does the same and warns. */
export const reinterpretations = {
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
