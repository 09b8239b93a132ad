// Replays one year of the demo city through the services, into a data folder of its own.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled, ROOT, requireNode, say } from './lib/project.mjs';

const USAGE = `npm run demo:replay [-- --data DIR] [--seed N] [--json]
  --data DIR  a data folder whose work database is empty; default data/demo-year
  --seed N    the year of another seed; default 2026
  --json      the result as JSON
DATABASE_URL names a PostgreSQL of your own instead of the embedded server.`;

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: 'string', default: join(ROOT, 'data', 'demo-year') },
        seed: { type: 'string', default: '2026' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (!/^\d{1,9}$/.test(values.seed)) throw new Error(`--seed takes a whole number, not “${values.seed}”.`);
    return values;
  } catch (error) {
    say(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

const SHOW_EVERY_MS = 1000;

/** One line that is written over on a terminal, and a line now and then elsewhere. */
function createProgress() {
  const began = Date.now();
  // What is done before the first step, such as setting up the database, says nothing about the rate.
  let from;
  const isTerminal = process.stderr.isTTY === true;
  const every = isTerminal ? SHOW_EVERY_MS : SHOW_EVERY_MS * 10;
  let shown = began;
  return {
    show({ done, planned, at }) {
      const now = Date.now();
      from ??= { done, at: now - 1 };
      if (now - shown < every && done < planned) return;
      shown = now;
      const rate = ((done - from.done) * 1000) / (now - from.at);
      const left = Math.ceil((planned - done) / Math.max(rate, 0.01));
      const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
      const line = `${at.toISOString().slice(0, 10)}  ${done} of ${planned} steps, ${rate.toFixed(0)} a second, ${time} left`;
      process.stderr.write(isTerminal ? `\r\x1b[K${line}` : `${line}\n`);
    },
    end() {
      if (isTerminal) process.stderr.write('\n');
      return Math.round((Date.now() - began) / 1000);
    },
  };
}

async function replay({ data, seed }) {
  const { connect, noteDemo } = await import('@quanlian/db');
  const { generateCity } = await import('@quanlian/demo');
  const { dataFolder, replayYear } = await import('@quanlian/server');
  const folder = dataFolder(resolve(data));
  await mkdir(folder.root, { recursive: true });
  const city = generateCity(Number(seed));
  const database = await connect({ dataDir: folder.root, url: process.env.DATABASE_URL });
  const progress = createProgress();
  try {
    const { steps, digest, accounts } = await replayYear({
      database,
      folder,
      city,
      seed: Number(seed),
      onProgress: progress.show,
    });
    await mkdir(dirname(folder.city), { recursive: true });
    await writeFile(folder.city, JSON.stringify(city));
    await noteDemo(database.db, Number(seed));
    return { steps, seconds: progress.end(), digest, accounts, data: folder.root };
  } finally {
    await database.close();
  }
}

function print({ steps, seconds, digest, accounts, data }) {
  say(`One year was replayed: ${steps} steps in ${seconds} s. Evidence: ${digest}`);
  say('Some of its accounts, for this machine only. Their passwords are shown this once:');
  const shown = ['officer', 'reviewer', 'inspector1', 'clerk-district-001', 'manager-company-001', 'trainee'];
  for (const { email, password, name } of accounts)
    if (shown.includes(email.split('@')[0])) say(`  ${email.padEnd(36)} ${password}  ${name}`);
  say(`Look at it with: npx quanlian up --data ${data}`);
}

requireNode();
const options = readOptions();
if (options.help) {
  say(USAGE);
  process.exit(0);
}
ensureInstalled();
ensureBuilt();
try {
  const result = await replay(options);
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else print(result);
} catch (error) {
  if (error?.name !== 'QuanlianError') throw error;
  say(error.message);
  process.exit(error.exitCode);
}
