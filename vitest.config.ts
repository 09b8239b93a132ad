import { defineConfig } from 'vitest/config';

const suites = {
  unit: ['packages/*/src/**/*.test.{ts,tsx}', 'demo/src/**/*.test.ts', 'test/suites/**/*.test.ts'],
  real: ['test/real/**/*.test.ts'],
  browser: ['test/browser/**/*.test.ts'],
};
const suite = (process.env['QUANLIAN_SUITE'] ?? 'unit') as keyof typeof suites;

export default defineConfig({
  test: {
    include: suites[suite],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: suite === 'unit' ? 60_000 : 900_000,
    hookTimeout: suite === 'unit' ? 60_000 : 900_000,
  },
});
