// Recompiles on every change and serves the pages with hot reload; run `quanlian up` beside it for the API.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bin, ensureBuilt, ensureInstalled, ROOT, requireNode } from './lib/project.mjs';

requireNode();
ensureInstalled();
ensureBuilt();
const watchers = [
  spawn(bin('tsgo'), ['-b', '--watch', '--preserveWatchOutput'], { cwd: ROOT, stdio: 'inherit' }),
  spawn(bin('vite'), ['dev'], { cwd: join(ROOT, 'packages/web'), stdio: 'inherit' }),
];
process.on('SIGINT', () => {
  for (const watcher of watchers) watcher.kill('SIGINT');
});
