import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import type { Effect } from '../../../src/apply/effect.ts';
import type { Step } from '../../../src/plan/step.ts';
import { createContext } from '../../../src/cli/context.ts';
import { noOptions } from '../../../src/cli/global-options.ts';
import { showProgress } from '../../../src/cli/progress.ts';

const step: Step = {
  phase: 'removed-services',
  forward: { kind: 'delete-service', service: { kind: 'mark', family: 'ip', mark: 7 } },
  undo: [],
  because: { kind: 'stop-daemon', before: { role: 'master', settings: { interface: 'lo', syncId: 0 } } },
};
const read: Effect = { kind: 'read', purpose: 'verify' };
const execute = (done: number, total: number): Effect => {
  return { kind: 'execute', purpose: 'apply', batch: [step, step], done, total };
};

/** What is written while effects go by, one each `seconds`. */
function watch(effects: readonly Effect[], terminal: object, options: object = {}, seconds = 0): string {
  let text = '';
  const stderr = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString();
      done();
    },
  });
  const host = {
    stdin: process.stdin,
    stdout: stderr,
    stderr: Object.assign(stderr, terminal),
    env: {},
    directory: '/',
  };
  let now = 0;
  const progress = showProgress(createContext(host, { ...noOptions, ...options }), () => (now += 1000 * seconds));
  for (const effect of effects) progress(effect);
  return text;
}

const long = [execute(0, 6), execute(2, 6), execute(4, 6), read];

it('counts in one line of a terminal and clears it', () => {
  expect(watch(long, { isTTY: true })).toBe(
    '\r\u001B[Kapplying: 0 of 6 operations\r\u001B[Kapplying: 2 of 6 operations\r\u001B[Kapplying: 4 of 6 operations\r\u001B[K',
  );
});

it('adds a line to a log only now and then', () => {
  expect(watch(long, {})).toBe('');
  expect(watch(long, {}, {}, 3)).toBe('applying: 2 of 6 operations\n');
});

it('is silent about what takes one batch, and if it is told to be', () => {
  expect(watch([execute(0, 2), read], { isTTY: true })).toBe('');
  expect(watch(long, { isTTY: true }, { quiet: true })).toBe('');
});

it('names every operation if it is asked to', () => {
  expect(watch([execute(0, 2)], {}, { verbose: true })).toBe('remove service mark 7 ip\nremove service mark 7 ip\n');
});
