import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Everything that needs no kernel. The tests on a real kernel run inside it: test/kernel/vitest.config.ts. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.ts'],
    exclude: ['test/kernel/**', 'test/boot/**'],
    // Some start processes, and a machine may be busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
