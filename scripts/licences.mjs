// Every installed package must be under a licence that lets an Apache-2.0 project ship or use it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, say } from './lib/project.mjs';

const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
  'Zlib',
]);

/** Packages whose package.json names no SPDX expression, with what their licence file says. */
const READ_BY_HAND = { 'png-js': 'MIT' };

function* packages(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || entry.isSymbolicLink()) continue;
    const path = join(folder, entry.name);
    if (entry.name.startsWith('@')) yield* packages(path);
    else if (existsSync(join(path, 'package.json'))) {
      yield path;
      if (existsSync(join(path, 'node_modules'))) yield* packages(join(path, 'node_modules'));
    }
  }
}

function isAllowed(expression) {
  const bare = expression.replace(/[()]/g, ' ').trim();
  return bare.split(/\s+OR\s+/i).some((choice) => choice.split(/\s+AND\s+/i).every((part) => ALLOWED.has(part.trim())));
}

const refused = [];
let count = 0;
for (const path of packages(join(ROOT, 'node_modules'))) {
  const { name, license, licenses } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  if (name === undefined) continue;
  count++;
  const declared = typeof license === 'string' ? license : (license?.type ?? licenses?.[0]?.type);
  const expression = READ_BY_HAND[name] ?? declared ?? 'none named';
  if (!isAllowed(expression)) refused.push(`${name}: ${expression}`);
}
if (refused.length > 0) {
  say(`Licences that need a decision:\n  ${refused.join('\n  ')}`);
  process.exit(1);
}
say(`${count} packages, every licence allowed`);
