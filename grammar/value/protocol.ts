/** Owns the transport protocols of a virtual service. */

/**
 * TCP, UDP and SCTP are what IPVS schedules and what both languages can write. The kernel accepts any number in its
 * netlink interface, so a table that is read may hold another one: it is shown, compared and can be removed.
 */
export type Protocol = 'tcp' | 'udp' | 'sctp' | `protocol-${number}`;

/** IPPROTO_* (include/uapi/linux/in.h). */
const numbers = { tcp: 6, udp: 17, sctp: 132 } as const;

/** The protocol's number, 0..65535 (the netlink attribute is 16 bits wide). */
export function protocolNumber(protocol: Protocol): number {
  return protocol in numbers ? numbers[protocol as keyof typeof numbers] : Number(protocol.slice('protocol-'.length));
}

/** The protocol of a number. */
export function protocolFromNumber(number: number): Protocol {
  if (number === numbers.tcp) return 'tcp';
  if (number === numbers.udp) return 'udp';
  return number === numbers.sctp ? 'sctp' : `protocol-${number}`;
}
