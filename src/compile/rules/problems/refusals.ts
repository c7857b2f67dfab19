/** Owns what the kernel refuses. */

import type { DiagnosticDefinition } from '../../../../grammar/text/diagnostic.ts';
import { quoted } from '../../../../grammar/text/quoted.ts';

interface Named {
  readonly name: string;
}

/** The kernel refuses these operations; the table is compiled by the kernel's rules. */
export const refusals = {
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
