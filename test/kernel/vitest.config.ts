import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The tests that run inside the test kernel; `test/kernel/run.mjs` boots it and starts vitest there with this file. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/kernel/**/*.test.ts'],
    // One processor, and a process costs a second to start there, several where others want the machine, too.
    pool: 'threads',
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
