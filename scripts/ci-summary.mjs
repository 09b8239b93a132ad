// Adds up the suites' reports; fails on a failed step and, where the data is at hand, on a skipped test.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from './lib/project.mjs';

/** The beginning of a message: enough to know what was wrong, not a page of differences. */
const beginning = (message) => (message ?? '').slice(0, 1500);

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
// The reports are far above in the log: whoever sees only its end still reads which test failed, and of what.
for (const { suite, testResults } of reports) {
  for (const file of testResults.filter(({ status }) => status === 'failed')) {
    const broken = file.assertionResults.filter(({ status }) => status === 'failed');
    process.stdout.write(`failed in ${suite}: ${relative(ROOT, file.name)}\n`);
    if (broken.length === 0) process.stdout.write(`  ${beginning(file.message)}\n`);
    for (const test of broken) {
      process.stdout.write(`  ${test.fullName}\n    ${test.failureMessages.map(beginning).join('\n    ')}\n`);
    }
  }
}
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`${passed} passed, ${failed + problems.length} failed\n`);
process.exit(failed + problems.length === 0 ? 0 : 1);
