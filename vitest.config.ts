import { defineConfig } from 'vitest/config';

const suites = {
  unit: ['packages/*/src/**/*.test.{ts,tsx}', 'demo/src/**/*.test.ts', 'test/suites/**/*.test.ts'],
  // What the engine promises, at length: random queries, crashes, readers beside a load.
  engine: ['packages/engine/src/proof/**/*.test.ts', 'test/engine/**/*.test.ts'],
  real: ['test/real/**/*.test.ts'],
  browser: ['test/browser/**/*.test.ts'],
  // Real programs of others against the running server; Python and its package index are needed.
  clients: ['test/clients/**/*.test.ts'],
  // Every reader on damaged files for as long as QUANLIAN_FUZZ_SECONDS says, 10 when it says nothing.
  fuzz: ['test/fuzz/**/*.test.ts'],
  // What stands on the work database, once more on a PostgreSQL of the operator's.
  postgres: [
    'packages/server/src/{identity,work}/**/*.test.ts',
    'packages/server/src/links/governance/**/*.test.ts',
    'packages/server/src/replay/**/*.test.ts',
    'test/postgres/**/*.test.ts',
  ],
};
const suite = (process.env['QUANLIAN_SUITE'] ?? 'unit') as keyof typeof suites;

export default defineConfig({
  test: {
    include: suites[suite],
    exclude: ['**/node_modules/**', ...(suite === 'engine' ? [] : ['packages/engine/src/proof/**'])],
    globalSetup: [
      'scripts/lib/machine.mjs',
      ...(suite === 'postgres' ? ['test/postgres/cluster.ts'] : []),
      ...(suite === 'browser' ? ['test/browser/program.ts'] : []),
    ],
    setupFiles: ['test/seed.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: suite === 'unit' ? 180_000 : suite === 'fuzz' ? 3_600_000 : 900_000,
    hookTimeout: suite === 'unit' ? 180_000 : 900_000,
  },
});
