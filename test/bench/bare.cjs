/**
 * Owns the least that any program can take that is made with Node.js and npm netlink: `bare.cjs write:FILE read:FILE ...`
 * sends the messages that batches.ts has recorded and passes over the answers. It reads, compares and keeps nothing.
 */
'use strict';

const { readFileSync } = require('node:fs');
const { RawNetlinkSocket } = require('netlink/dist/raw.js');

/** The kernel allows one list a socket; this is how many the program itself has at a time. */
const sockets = 4;

/**
 * What was sent at a time.
 *
 * @param {string} path
 */
function recordsOf(path) {
  const bytes = readFileSync(path);
  /** @type {Buffer[]} */
  const records = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32LE(at);
    records.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return records;
}

/** ERROR (also an acknowledgement) and DONE: one of them ends every answer. */
const last = new Set([2, 3]);

/** @param {Buffer} datagram */
function endsAnswer(datagram) {
  for (let at = 0; at + 16 <= datagram.length; at += (datagram.readUInt32LE(at) + 3) & ~3) {
    if (last.has(datagram.readUInt16LE(at + 4))) return true;
  }
  return false;
}

/**
 * Sends what is left of the records, one behind the answer to the other.
 *
 * @param {Iterator<Buffer>} records
 * @returns {Promise<void>}
 */
function replay(records) {
  const sizes = { recvBufferSize: 0, sendBufferSize: 0, msgBufferSize: 0 };
  const socket = new RawNetlinkSocket(16, { messagePeeking: true, ...sizes });
  return new Promise((resolve) => {
    const next = () => {
      const { done, value } = records.next();
      if (done !== true) return socket.send(value, {}, () => undefined);
      socket.close();
      return resolve();
    };
    socket.on('message', (datagram) => {
      if (endsAnswer(datagram)) setImmediate(next);
    });
    next();
  });
}

async function main() {
  for (const word of process.argv.slice(2)) {
    const [work, path = ''] = word.split(':');
    const records = recordsOf(path).values();
    await Promise.all(Array.from({ length: work === 'read' ? sockets : 1 }, () => replay(records)));
  }
}

void main();
