/** Owns what the kernel would refuse, and what nobody can have meant. */

import { quoted } from '../../../../grammar/text/quoted.ts';

interface Named {
  readonly name: string;
}
interface Most {
  readonly most: number | bigint;
}

/** What the kernel would refuse or nobody can have meant. */
export const meaning = {
  'service-without-listener': {
    severity: 'error',
    message: ({ name }: Named) => `service ${quoted(name)} listens nowhere`,
    explanation: 'A service needs at least one of `tcp`, `udp`, `sctp` and `mark`.',
  },
  'listener-declared-twice': {
    severity: 'error',
    message: ({ id }: { readonly id: string }) => `${id} is declared twice`,
    explanation:
      'The kernel knows a virtual service by its protocol, address and port, or by its mark and family. After all variables, sets and ranges have been written out, each may be there once.',
  },
  'backend-declared-twice': {
    severity: 'error',
    message: ({ id }: { readonly id: string }) => `backend ${id} is declared twice in one service`,
    explanation:
      'The kernel knows a backend by its address and port. After all pools, variables and ranges have been written out, each may be in a service once.',
  },
  'port-0-not-persistent': {
    severity: 'error',
    message: () => 'a service on port 0 needs persistence',
    explanation:
      'Port 0 takes the connections of every port, and it is persistence that keeps those of one client together. Without it the kernel takes the service and schedules nothing.',
  },
  'one-packet-of-connections': {
    severity: 'error',
    message: ({ protocol }: { readonly protocol: string }) => `one-packet is for udp and marks, not for ${protocol}`,
    explanation:
      'One-packet scheduling forgets a client after each datagram, which is of no use to a protocol with connections. The kernel ignores it there, and ipvsadm refuses it.',
  },
  'too-many-for-mh': {
    severity: 'error',
    message: ({ count, most }: Most & { readonly count: number }) =>
      `scheduler mh takes at most ${most} backends, not ${count}`,
    explanation:
      'The hash table of mh has 4093 places unless the kernel was built with a larger one, and refuses to begin with more backends than places.',
  },
  'port-without-masquerading': {
    severity: 'error',
    message: ({ method, port }: { readonly method: string; readonly port: number }) =>
      `${method === 'direct' ? 'direct routing' : 'a tunnel'} keeps the port of the listener, ${port}`,
    explanation:
      'Only masquerading can change the port of a packet. Direct routing and tunnels deliver it as it came, so a backend has the port of its listener there, and another one would be silently replaced by ipvsadm. The port of a pool counts for its masquerading members, and is an error if there are none.',
  },
  'cross-family-without-tunnel': {
    severity: 'error',
    message: () => 'only a tunnel can lead to a backend of the other address family',
    explanation:
      'An IPv4 packet reaches an IPv6 backend inside of an IPv6 packet, and the other way round. The kernel refuses such backends under masquerading and direct routing.',
  },
  'cross-family-with-daemon': {
    severity: 'error',
    message: () => 'the kernel refuses backends of the other address family while a synchronisation daemon runs',
    explanation:
      'The messages of the synchronisation daemons have one address family for a connection, so the kernel allows either them or backends of the other family, in a whole network namespace.',
  },
  'refused-backend-address': {
    severity: 'error',
    message: ({ address }: { readonly address: string }) => `${address} can't be a backend`,
    explanation:
      'A backend is one machine: the kernel refuses the unspecified address, multicast and broadcast addresses, and IPv4 addresses written as IPv6.',
  },
  'lower-threshold-too-high': {
    severity: 'error',
    message: ({ lower, upper }: { readonly lower: number; readonly upper: number }) =>
      upper === 0
        ? `a lower threshold of ${lower} needs an upper one`
        : `the lower threshold ${lower} is above the upper one, ${upper}`,
    explanation:
      'A backend with as many connections as its upper threshold gets no new ones until it has fewer than the lower one. The kernel refuses a lower threshold above the upper one, or without one.',
  },
  'no-words': {
    severity: 'error',
    message: ({ name, reason }: { readonly name: string; readonly reason: string }) =>
      `${name} can not be written as a configuration: ${reason}`,
    explanation:
      'The kernel takes more than the config language can say: other protocols, forwarding methods and types of tunnel, a service of all ports without persistence, direct routing to another port. Another program has set this. The JSON form of a table can say it.',
  },
} as const;
