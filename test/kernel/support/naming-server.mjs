/** Owns the real server of the test networks: says on which address it was reached, then echoes. */

import { createServer } from 'node:net';
import process from 'node:process';

const server = createServer((socket) => {
  // Connections are cut under us on purpose.
  socket.on('error', () => socket.destroy());
  socket.write(`${socket.localAddress?.replace(/^::ffff:/, '')}\n`);
  socket.pipe(socket);
});
server.listen({ port: Number(process.argv[2]), host: '::', backlog: 1024 }, () => process.send?.('listening'));
