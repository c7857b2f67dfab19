/**
 * Owns the clients of the traffic tests: connections that talk all the time, and ones that are opened all the time.
 *
 *     busy-client.mjs SERVICE SERVER CONNECTIONS
 *
 * SERVICE is behind IPVS. SERVER is a real server, reached without it: what its connections suffer is the machine's doing.
 * It says when all connections are open. `mark` starts the figures anew; `report` is answered with them; `open` begins to
 * open further ones, one after the other; `hurry` leaves no pause between an answer and the next question;
 * `end` resets all of them.
 */

import { once } from 'node:events';
import { connect } from 'node:net';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';

const [service = '', server = '', count = '0'] = process.argv.slice(2);

/** Milliseconds between an answer and the next question. */
let interval = 500;

/** A connection that asks again as soon as it was answered, until it is lost. */
class Talk {
  /** Milliseconds: the longest wait for an answer since the last mark. */
  #longest = 0;
  /** When the question was sent that waits for its answer. */
  #since = performance.now();
  lost = '';
  backend = '';
  /** @type {import('node:net').Socket | undefined} */
  socket;

  /** @param {string} address */
  async open(address) {
    const [host = '', port = ''] = address.split(' ');
    const socket = connect(Number(port), host).setEncoding('utf8');
    const end = (/** @type {string} */ reason) => {
      this.lost ||= reason;
    };
    socket.on('error', (error) => end('code' in error ? String(error.code) : error.message));
    socket.on('close', () => end('closed'));
    this.socket = socket;
    const [greeting] = await once(socket, 'data');
    this.backend = String(greeting).trim();
    const ask = () => {
      this.#since = performance.now();
      socket.write('.');
    };
    socket.on('data', () => {
      this.#longest = this.waited();
      this.#since = Number.POSITIVE_INFINITY;
      setTimeout(ask, interval);
    });
    ask();
  }

  mark() {
    this.#longest = 0;
    this.#since = Math.max(this.#since, performance.now());
  }

  waited() {
    return Math.max(this.#longest, performance.now() - this.#since);
  }
}

const talks = Array.from({ length: Number(count) }, () => new Talk());
const control = Array.from({ length: Math.ceil(Number(count) / 10) }, () => new Talk());

/** What became of the connections that were opened since the last mark: their ends, counted. */
let opened = /** @type {Record<string, number>} */ ({});

async function openAllTheTime() {
  const [host = '', port = ''] = service.split(' ');
  for (;;) {
    const socket = connect(Number(port), host);
    const end = await Promise.race([
      once(socket, 'data').then(() => 'answered'),
      once(socket, 'close').then(() => 'closed'),
    ]).catch((error) => ('code' in error ? String(error.code) : error.message));
    opened[end] = (opened[end] ?? 0) + 1;
    socket.destroy();
    await pause(10);
  }
}

process.on('message', (wish) => {
  if (wish === 'open') void openAllTheTime();
  if (wish === 'hurry') interval = 0;
  if (wish === 'end') for (const { socket } of talks) socket?.resetAndDestroy();
  if (wish !== 'report') {
    for (const talk of [...talks, ...control]) talk.mark();
    opened = {};
    return;
  }
  const longest = (/** @type {readonly Talk[]} */ of) => Math.round(Math.max(0, ...of.map((talk) => talk.waited())));
  process.send?.({
    lost: talks.filter((talk) => talk.lost !== '').length,
    backends: talks.map((talk) => talk.backend),
    stalled: longest(talks.filter((talk) => talk.lost === '')),
    control: longest(control),
    opened,
  });
});

await Promise.all([...talks.map((talk) => talk.open(service)), ...control.map((talk) => talk.open(server))]);
process.send?.('talking');
