/**
 * Measures the engine against the newest Lucene that the Java at hand can run and against SQLite FTS5: the same
 * documents in the same batches, the same tokens, the same queries, one run. Needs Java 11 or newer and Maven.
 * Use: npm run bench:peers -- [--docs 20000] [--seed 1] [--memory 1024] [--dir folder] [--without-fts5] [--json file]
 * With `--files FOLDER [--files FOLDER] [--copies 10]` the documents are the real ones in the folders that have claims or a
 * description, each as often as is said, under other numbers; the seed draws what they do not say.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { comparePeers, peerTable } from '../packages/cli/dist/bench/compare.js';
import { parseLines, runOwn } from './lib/own-step.mjs';

const { values } = parseArgs({
  options: {
    docs: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    memory: { type: 'string', default: '1024' },
    dir: { type: 'string' },
    files: { type: 'string', multiple: true },
    copies: { type: 'string', default: '1' },
    'without-fts5': { type: 'boolean', default: false },
    /** Measures again what `--dir` holds from a run before. */
    'search-only': { type: 'boolean', default: false },
    /** Goes on with a run that was stopped: what `--dir` holds whole is not made again. */
    'go-on': { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const options = { docs: Number(values.docs), seed: Number(values.seed), memory: Number(values.memory) };
const say = (line) => process.stdout.write(`${line}\n`);
const here = fileURLToPath(new URL('.', import.meta.url));
const parts = join(here, 'peers');

/** The newest Java among the usual places: its program, its compiler and its number. */
function findJava() {
  const roots = existsSync('/usr/lib/jvm') ? readdirSync('/usr/lib/jvm').map((name) => join('/usr/lib/jvm', name)) : [];
  const homes = [process.env.JAVA_HOME, ...roots].filter((home) => home && existsSync(join(home, 'bin', 'javac')));
  const found = homes.map((home) => {
    const { stderr } = spawnSync(join(home, 'bin', 'java'), ['-version'], { encoding: 'utf8' });
    return { home, number: Number(/version "(?:1\.)?(\d+)/.exec(stderr)?.[1] ?? 0) };
  });
  found.sort((a, b) => b.number - a.number);
  if (found[0] === undefined)
    throw new Error('No Java compiler was found; set JAVA_HOME to one of version 11 or newer.');
  return found[0];
}

/** Fetches the peers with Maven and compiles the programs that drive them. */
function preparePeers(java) {
  const series = java.number >= 21 ? '[10.0,11)' : '[9.0,10)';
  const build = join(tmpdir(), `quanlian-peers-${java.number}`);
  const env = { ...process.env, JAVA_HOME: java.home };
  mkdirSync(build, { recursive: true });
  if (!existsSync(join(build, 'lib')))
    execFileSync(
      'mvn',
      [
        '-q',
        '-B',
        '-f',
        join(parts, 'pom.xml'),
        `-Dlucene=${series}`,
        'dependency:copy-dependencies',
        `-DoutputDirectory=${join(build, 'lib')}`,
      ],
      { env, stdio: ['ignore', 'ignore', 'inherit'] },
    );
  const sources = readdirSync(parts).filter((name) => name.endsWith('.java'));
  const path = join(build, 'lib', '*');
  execFileSync(join(java.home, 'bin', 'javac'), [
    '-nowarn',
    '-cp',
    path,
    '-d',
    join(build, 'classes'),
    ...sources.map((name) => join(parts, name)),
  ]);
  return { program: join(java.home, 'bin', 'java'), path: `${path}:${join(build, 'classes')}` };
}

const memory = ['-Xmx4g', '--enable-native-access=ALL-UNNAMED', '--add-modules', 'jdk.incubator.vector'];
const runJava = ({ program, path }, args) => {
  const known = Number(/(\d+)/.exec(program)?.[1] ?? 0);
  const text = execFileSync(program, [...memory, '-cp', path, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(text.trim().split('\n').at(-1) ?? `{"java":${known}}`);
};
const readLines = (file) => parseLines(readFileSync(file, 'utf8'));

/** What was found in the folder of real documents, and what of it is not theirs. */
function realTable({ documents, withClaims, beginnings, undated, unclassed, left, failures, characters }, copies) {
  const count = (number) => number.toLocaleString('en-US');
  return [
    `real texts: ${count(documents)} documents of ${values.files.join(', ')}, ${count(characters)} characters; ${count(withClaims)} with claims, ${count(beginnings)} with no more than the beginning of their description`,
    `${count(left)} records without claims and description, or of the same document as a longer one, and ${count(failures)} failures are left out`,
    `drawn by the seed: all statuses, ${count(undated)} dates, the classes of ${count(unclassed)} documents, the older versions (texts of another document)`,
    ...(copies > 1 ? [`every document is loaded ${copies} times under other numbers`] : []),
  ].join('\n');
}

const dir = values.dir ?? mkdtempSync(join(tmpdir(), 'quanlian-peers-run-'));
mkdirSync(dir, { recursive: true });
const at = (name) => join(dir, name);
try {
  const java = findJava();
  const peers = preparePeers(java);
  const files = { documents: at('documents.tsv'), queries: at('queries.jsonl') };
  const withFts = !values['without-fts5'];
  say(
    `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB; node ${process.version}, java ${java.number}`,
  );
  let real = null;
  if (values.files !== undefined) {
    const file = at('real.jsonl');
    real = values['search-only']
      ? JSON.parse(readFileSync(at('real.json'), 'utf8'))
      : runOwn({ file: 'real-corpus.js', name: 'prepareRealTexts' }, [{ paths: values.files, file }]);
    writeFileSync(at('real.json'), JSON.stringify(real));
    const copies = Number(values.copies);
    options.real = { file, copies };
    options.docs = real.documents * copies;
    say(realTable(real, copies));
  }
  say(`${options.docs} documents, seed ${options.seed}, memory ${options.memory} MiB`);
  const kept = values['search-only'] || (values['go-on'] && existsSync(at('load.json')));
  const load = kept ? JSON.parse(readFileSync(at('load.json'), 'utf8')) : {};
  /** Does a step of loading unless a run before has ended it, and remembers that it is done. */
  const step = (name, made, make) => {
    if (load[name]) return;
    if (made) rmSync(at(made), { recursive: true, force: true });
    load[name] = make();
    writeFileSync(at('load.json'), JSON.stringify(load));
    say(`${name}: ${JSON.stringify(load[name])}`);
  };
  if (!values['search-only']) {
    step('analysis', null, () => runOwn({ file: 'peers.js', name: 'exportForPeers' }, [options, files]));
    step('own', 'own', () => runOwn({ file: 'own.js', name: 'loadOwn' }, [{ ...options, dir: at('own') }]));
    step('lucene', 'lucene', () => runJava(peers, ['LucenePeer', 'index', files.documents, at('lucene')]));
    if (withFts) step('fts5', 'fts5.db', () => runJava(peers, ['FtsPeer', 'index', files.documents, at('fts5.db')]));
  }
  const result = (name) => at(`${name}.jsonl`);
  const own = runOwn({ file: 'own.js', name: 'searchOwn' }, [
    { dir: at('own'), queries: files.queries, out: result('own'), memory: options.memory },
  ]);
  const lucene = runJava(peers, ['LucenePeer', 'search', at('lucene'), files.queries, result('lucene')]);
  const fts5 = withFts ? runJava(peers, ['FtsPeer', 'search', at('fts5.db'), files.queries, result('fts5')]) : null;
  const whole = runOwn({ file: 'own.js', name: 'searchWhole' }, [
    { dir: at('own'), queries: files.queries, memory: options.memory },
  ]);
  say(`Lucene ${lucene.version} on Java ${lucene.java}${fts5 ? `, SQLite ${fts5.version}` : ''}`);
  const report = comparePeers({
    queries: readLines(files.queries),
    timings: [
      ...readLines(result('own')),
      ...readLines(result('lucene')),
      ...(withFts ? readLines(result('fts5')) : []),
      ...whole.timings,
    ],
    load,
    serving: { own, lucene, fts5, whole: { rss: whole.rss } },
  });
  say(peerTable(report));
  if (values.json)
    writeFileSync(
      values.json,
      JSON.stringify(
        {
          ...options,
          realTexts: real,
          machine: {
            cpu: cpus()[0]?.model,
            cores: cpus().length,
            node: process.version,
            lucene: lucene.version,
            java: lucene.java,
          },
          ...report,
        },
        null,
        1,
      ),
    );
} finally {
  if (values.dir === undefined) rmSync(dir, { recursive: true, force: true });
}
