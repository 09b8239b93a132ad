/*
 * Measures what the start page makes a browser fetch: the page, its script and style, and what they import at once,
 * with the larger of the two languages. Exits 1 above the limit. Run after `vite build`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT = 400_000;
const root = join(import.meta.dirname, '..', 'dist', 'app');
const assets = join(root, 'assets');

const size = (path) => gzipSync(readFileSync(path), { level: 9 }).length;
const page = readFileSync(join(root, 'index.html'), 'utf8');
const files = new Set([...page.matchAll(/\/assets\/([\w.-]+\.(?:js|css))/g)].map((match) => match[1]));

// Static imports of what is already loaded; a Set grows while it is walked.
for (const name of files) {
  if (!name.endsWith('.js')) continue;
  const code = readFileSync(join(assets, name), 'utf8');
  for (const match of code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) files.add(match[1]);
}
const catalogues = readdirSync(assets).filter((name) => /^catalogue-.*\.js$/.test(name));
const largest = catalogues.toSorted((a, b) => size(join(assets, b)) - size(join(assets, a)))[0];
if (largest !== undefined) files.add(largest);

const rows = [...files].map((name) => [name, size(join(assets, name))]);
rows.push(['index.html', size(join(root, 'index.html'))]);
rows.sort((a, b) => b[1] - a[1]);
const total = rows.reduce((sum, [, bytes]) => sum + bytes, 0);
for (const [name, bytes] of rows) process.stdout.write(`${String(bytes).padStart(8)}  ${name}\n`);
process.stdout.write(`${String(total).padStart(8)}  compressed in all, of ${LIMIT}\n`);
if (total > LIMIT) {
  process.stderr.write(`The start page is ${total - LIMIT} bytes over its limit.\n`);
  process.exitCode = 1;
}
