/** Owns what works and is probably not meant. */

import { quoted } from '../../../../grammar/text/quoted.ts';
import { formatDuration } from '../../../../grammar/value/duration.ts';
import { type Family, familyNames } from '../../../../grammar/value/family.ts';

interface Named {
  readonly name: string;
}

const some = (what: readonly string[]): string => what.join(', ');

/** What works and is probably not meant. */
export const doubts = {
  'empty-set': {
    severity: 'warning',
    message: () => 'this set is empty, so nothing is made of this line',
    explanation:
      'A set that is empty at one site may be meant. A line of members, addresses, ports or marks with it adds nothing.',
  },
  'service-without-backends': {
    severity: 'warning',
    message: ({ name }: Named) => `service ${quoted(name)} has no backends`,
    explanation: 'A service without backends refuses every client.',
  },
  'all-weights-0': {
    severity: 'warning',
    message: ({ name, family }: Named & { readonly family: Family | undefined }) =>
      `every ${family === undefined ? '' : `${familyNames[family]} `}backend of service ${quoted(name)} has weight 0`,
    explanation: 'A backend of weight 0 takes no new connections, so this service refuses every new client.',
  },
  'members-skipped': {
    severity: 'warning',
    message: ({
      family,
      names,
      all,
    }: {
      readonly family: string;
      readonly names: readonly string[];
      readonly all: boolean;
    }) =>
      `${all ? 'no backend of this line has an' : 'some backends of this line have no'} ${family} address: ${some(names)}`,
    explanation:
      'An IPv4 listener takes the IPv4 address of each member, an IPv6 listener its IPv6 address. A member without one is left out there. Give it an address of that family, or, if it is a tunnel, `cross-family`.',
  },
  'drain-refuses-clients': {
    severity: 'warning',
    message: ({ scheduler, service }: { readonly scheduler: string; readonly service: string }) =>
      `under ${scheduler} without fallback, clients of a drained backend of service ${quoted(service)} are refused`,
    explanation:
      'sh, mh and dh deal a client to one backend by its address. If that backend has weight 0, they refuse the client, where other schedulers choose the next one. sh and mh do so as well with their flags sh-fallback and mh-fallback; dh has none.',
  },
  'persistence-shorter-than-tcp': {
    severity: 'warning',
    message: ({ persistence, tcp }: { readonly persistence: number; readonly tcp: number }) =>
      `persistence of ${formatDuration(persistence)} is shorter than the tcp timeout, ${formatDuration(tcp)}`,
    explanation:
      'An idle TCP connection keeps the template of its client alive, so clients stay with a backend for the timeout of TCP rather than for the time that is written here, and draining takes as long. Make the persistence at least as long, or the timeout shorter.',
  },
  'backend-in-several-pools': {
    severity: 'warning',
    message: ({ address, from }: { readonly address: string; readonly from: string }) =>
      `${address} is in this service already, and again from ${from}`,
    explanation:
      'One machine twice in a service gets two shares of its clients, and has to be drained twice. That is right for two programs on two ports, and a slip otherwise.',
  },
  'unused-pool': {
    severity: 'warning',
    message: ({ name }: Named) => `no service uses pool ${quoted(name)}`,
    explanation: 'A pool that no service uses has no effect. Its backends are not in the table.',
  },
  'unused-profile': {
    severity: 'warning',
    message: ({ name }: Named) => `no service uses profile ${quoted(name)}`,
    explanation: 'A profile takes effect in services that say `use NAME`.',
  },
  'unused-define': {
    severity: 'warning',
    message: ({ name }: Named) => `nothing uses variable ${quoted(name)}`,
    explanation:
      'A variable that nothing uses is often a misspelt one, above all on the command line, where `-D` would change nothing.',
  },
  'shadowing-name': {
    severity: 'warning',
    message: ({ name, port }: Named & { readonly port: number }) =>
      `service ${quoted(name)} does not listen on port ${port}, which is called so`,
    explanation:
      'The name of a well-known port is taken for that port by whoever reads it in a plan or types it in a command.',
  },
  'unsaid-forwarding': {
    severity: 'note',
    message: ({ name }: Named) =>
      `backends of service ${quoted(name)} are reached by direct routing, because nobody says otherwise`,
    explanation:
      'Where no forwarding method is written, direct routing holds, as in ipvsadm. It works only if the backends share a network with the director and own the address of the service. Write it, so that the next reader knows that it is meant.',
  },
  'unknown-allowance': {
    severity: 'warning',
    message: ({ code }: { readonly code: string }) => `there is no warning ${quoted(code)} to allow`,
    explanation:
      '`# ipvstx: allow CODE` silences a warning or a note on its own line or on the line below. Errors can not be silenced.',
  },
} as const;
