// From a fresh clone to a running server: installs, builds, then hands over to `quanlian up`.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ALLOCATION } from './lib/allocation.mjs';
import { ensureBuilt, ensureInstalled, ROOT, requireNode } from './lib/project.mjs';

requireNode();
ensureInstalled();
ensureBuilt();

const server = spawn(process.execPath, [join(ROOT, 'packages/cli/bin/quanlian.js'), 'up', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, ...ALLOCATION },
});
// The server gets Ctrl-C from the terminal too and closes its files; this script only waits for it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 1));
