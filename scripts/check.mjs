// Types, lint, architecture, dead code, licences: everything that needs no running program.
import { bin, ensureInstalled, requireNode, run, say } from './lib/project.mjs';

requireNode();
ensureInstalled();
const checks = [
  ['types', bin('tsgo'), ['-b']],
  ['module', process.execPath, ['scripts/build-machine.mjs']],
  ['lint', bin('biome'), ['check', '.']],
  ['architecture', 'npm', ['run', '--silent', 'arch']],
  ['dead code', bin('knip'), []],
  ['generated client', process.execPath, ['scripts/generate-client.mjs', '--check']],
  ['licences', process.execPath, ['scripts/licences.mjs']],
];
const failed = checks.filter(([name, command, args]) => {
  say(`--- ${name}`);
  return run(command, args) !== 0;
});
if (failed.length > 0) {
  say(`check failed: ${failed.map(([name]) => name).join(', ')}`);
  process.exit(1);
}
say('check passed');
