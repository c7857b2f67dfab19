/** Owns what ipvsadm rejects in what is said together. */

import type { DiagnosticDefinition } from '../../../../grammar/text/diagnostic.ts';

interface Written {
  readonly text: string;
}
interface Named {
  readonly name: string;
}

/** ipvsadm rejects these combinations; so does the compiler. */
export const combinations = {
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
