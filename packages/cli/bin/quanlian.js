#!/usr/bin/env node
import { existsSync } from 'node:fs';
import module from 'node:module';

const entry = new URL('../dist/main.js', import.meta.url);
if (!existsSync(entry)) {
  process.stderr.write(
    'quanlian is not built yet. Run `npm run build` (or `npm run up`) in the project folder first.\n',
  );
  process.exit(1);
}
// Newer versions of Node.js keep what they compiled; older ones do not have the function.
module.enableCompileCache?.();
await import(entry.href);
