import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The tests that boot kernels of their own, from outside; `test/kernel/run.mjs` starts them with this file. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/boot/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
