/** Owns the two address families that IPVS knows. */

/** AF_INET and AF_INET6 (include/linux/socket.h), by the names of the config language's `mark N ip|ip6`. */
export type Family = 'ip' | 'ip6';

/** What people call them. */
export const familyNames: Readonly<Record<Family, string>> = { ip: 'IPv4', ip6: 'IPv6' };
