/** Owns the process that opens a kernel port in the namespace that it is started in, for the tests outside. */

import { openNetlink } from '../../../src/kernel/netlink-port.ts';
import { servePort } from '../../../src/kernel/remote-port.ts';

await servePort(openNetlink);
