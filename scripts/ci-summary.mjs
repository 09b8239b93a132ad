// Adds up the suites' reports; fails on a failed step and, where the data is at hand, on a skipped test.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './lib/project.mjs';

const folder = join(ROOT, 'test-results');
const failedSteps = process.argv.slice(2);
const reports = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ suite: name.slice(0, -5), ...JSON.parse(readFileSync(join(folder, name), 'utf8')) }));

const passed = reports.reduce((sum, report) => sum + report.numPassedTests, 0);
const failed = reports.reduce((sum, report) => sum + report.numFailedTests, 0);
const wrongSkips = reports.filter(
  ({ suite, numPendingTests }) => suite === 'real' && process.env['QUANLIAN_REAL_DATA'] && numPendingTests > 0,
);
const problems = [
  ...failedSteps.map((name) => `step failed: ${name}`),
  ...wrongSkips.map(({ suite, numPendingTests }) => `${numPendingTests} skipped in ${suite} although its data is here`),
];
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`${passed} passed, ${failed + problems.length} failed\n`);
process.exit(failed + problems.length === 0 ? 0 : 1);
