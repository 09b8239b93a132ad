// Installs and builds what is missing, then runs one suite: unit (default), real, fuzz or browser.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, ensureBuilt, ensureInstalled, requireNode, resultsFolder, run, say } from './lib/project.mjs';

requireNode();
const [suite = 'unit', ...filters] = process.argv.slice(2);
ensureInstalled();
ensureBuilt();

const report = join(resultsFolder(), `${suite}.json`);
const code = run(
  bin('vitest'),
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters],
  { env: { QUANLIAN_SUITE: suite } },
);

const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
const skipped = testResults.flatMap((file) =>
  file.assertionResults
    .filter((test) => test.status === 'skipped' || test.status === 'pending')
    .map((test) => test.fullName),
);
if (skipped.length > 0) {
  say('\nSkipped (a test whose name says what it needs did not find it):');
  for (const name of skipped) say(`  - ${name}`);
}
say(`${suite}: ${numPassedTests} passed, ${numFailedTests} failed, ${skipped.length} skipped`);
process.exit(code);
