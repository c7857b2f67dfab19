/** Owns the two address families that IPVS knows. */

/** AF_INET and AF_INET6 (include/linux/socket.h), by the names of the config language's `mark N ip|ip6`. */
export type Family = 'ip' | 'ip6';
