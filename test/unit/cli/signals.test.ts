import { expect, it } from 'vitest';
import { hearSignals } from '../../../src/cli/signals.ts';

it('hears the first signal and lets it go again', () => {
  const before = process.listenerCount('SIGTERM');
  const signals = hearSignals();
  expect(signals.received()).toBeUndefined();
  expect(signals.aborted.aborted).toBe(false);
  process.emit('SIGTERM', 'SIGTERM');
  process.emit('SIGINT', 'SIGINT');
  expect(signals.received()).toBe('SIGTERM');
  expect(signals.aborted.aborted).toBe(true);
  signals.release();
  expect(process.listenerCount('SIGTERM')).toBe(before);
});
