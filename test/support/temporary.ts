/** Owns directories for tests, which are removed behind them. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty directory for the running test. */
export async function temporaryDirectory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'ipvstx-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}
