import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      // The command line and the files are tested as a user runs them, in their own process, from dist/.
      exclude: [
        'src/host/**',
        'src/cli/**',
        'src/node.ts',
        'src/from-files.ts',
        'src/*/index.ts',
        'src/kernels/simd/assembly/**',
      ],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 90, statements: 90, functions: 90, branches: 85 },
    },
  },
});
