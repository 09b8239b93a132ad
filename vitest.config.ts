import { defineConfig } from 'vitest/config';

const suites = {
  unit: ['packages/*/src/**/*.test.{ts,tsx}', 'demo/src/**/*.test.ts', 'test/suites/**/*.test.ts'],
  real: ['test/real/**/*.test.ts'],
  browser: ['test/browser/**/*.test.ts'],
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
    ...(suite === 'postgres' ? { globalSetup: ['test/postgres/cluster.ts'] } : {}),
    ...(suite === 'browser' ? { globalSetup: ['test/browser/program.ts'] } : {}),
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: suite === 'unit' ? 60_000 : 900_000,
    hookTimeout: suite === 'unit' ? 60_000 : 900_000,
  },
});
