/**
 * Owns the wire part of an apply by itself, from a ready plan:
 *
 *     batches execute RULES        the seconds of encoding, sending and reading the answers
 *     batches record RULES FILE    the same, and what was sent goes to FILE: each batch behind its length in bytes (u32)
 *     batches count RULES          the number of messages that write
 *     batches reads RULES FILE     what a reading of the table sends goes to FILE, in the same form
 *
 * The floor (floor.c) sends such a file again, with nothing else to do.
 */

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { parseRules } from '../../grammar/parser/parse-rules.ts';
import { batchesOf } from '../../src/apply/batches.ts';
import { compileRules } from '../../src/compile/rules/compile-rules.ts';
import { connect } from '../../src/kernel/client.ts';
import { portOf } from '../../src/kernel/netlink-port.ts';
import { type OpenSocket, openSocket } from '../../src/kernel/socket.ts';
import { planTables } from '../../src/plan/plan.ts';
import { sha256 } from '../../src/store/sha256.ts';

const [, , work, rulesFile = '', recording] = process.argv;
const { value: desired } = compileRules(parseRules({ name: rulesFile, text: readFileSync(rulesFile, 'utf8') }));
if (desired === undefined) throw new Error('the rules have a mistake');

let isRecording = false;
const recorded: OpenSocket = (handlers) => {
  const socket = openSocket(handlers);
  const send = (messages: Uint8Array): void => {
    if (isRecording && recording !== undefined) {
      appendFileSync(recording, new Uint8Array(new Uint32Array([messages.length]).buffer));
      appendFileSync(recording, messages);
    }
    socket.send(messages);
  };
  return { ...socket, send };
};

const port = portOf(await connect(recorded, 10_000));
if (recording !== undefined) writeFileSync(recording, '');
isRecording = work === 'reads';
const plan = planTables(await port.dump(), desired, { digest: sha256 });
isRecording = true;
const before = { seconds: performance.now() / 1000, messages: port.traffic.messages, sends: port.traffic.sends };
for (const batch of batchesOf(plan.steps, port.maxBatch)) {
  const refusals = await port.execute(batch.map(({ forward }) => forward));
  if (refusals.length > 0) throw new Error(`refused: ${refusals[0]?.errno}`);
}
const seconds = performance.now() / 1000 - before.seconds;
// Each send ends with a barrier, which writes nothing.
const messages = port.traffic.messages - before.messages - (port.traffic.sends - before.sends);
port.close();
process.stdout.write(`${work === 'count' ? messages : seconds}\n`);
