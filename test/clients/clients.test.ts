import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createClient } from '@quanlian/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOCUMENTS } from './documents.js';
import { type Program, startProgram } from './program.js';
import { preparePython, runIn } from './python.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const python = await preparePython();
const isMissing = 'missing' in python;

let program: Program | undefined;
let env: Record<string, string>;
let work: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'quanlian-python-'));
  program = await startProgram(DOCUMENTS);
  const [all, small, slow] = [
    await program.issue(),
    await program.issue('--hour-megabytes', '0.002'),
    await program.issue('--per-minute', 'search=4'),
  ];
  env = {
    HOME: work,
    OPS_BASE: program.url,
    OPS_KEY: all.key,
    OPS_SECRET: all.secret,
    OPS_SMALL_KEY: small.key,
    OPS_SMALL_SECRET: small.secret,
    OPS_SLOW_KEY: slow.key,
    OPS_SLOW_SECRET: slow.secret,
  };
});
afterAll(async () => {
  await program?.stop();
  await rm(work, { recursive: true, force: true });
});

async function pytest(folder: string, ...files: string[]): Promise<void> {
  if ('missing' in python) return;
  const { code, output } = await runIn(python, ['pytest', '-q', '-p', 'no:cacheprovider', ...files], env, folder);
  expect(code, output).toBe(0);
  process.stdout.write(`${output.trim().split('\n').at(-1)}\n`);
}

describe.skipIf(isMissing)('existing clients, unchanged but for the address', () => {
  it('python-epo-ops-client', () => pytest(join(HERE, 'python'), 'test_epo_ops.py'));
  it('patent_client', () => pytest(join(HERE, 'python'), 'test_patent_client.py'));
  it('epo-ops-cli', () => pytest(join(HERE, 'python'), 'test_epo_ops_cli.py'));

  it('the tests that python-epo-ops-client brings', async () => {
    if ('missing' in python) return;
    const folder = join(work, 'own');
    const [archive = ''] = await readdir(join(python.folder, 'sdist'));
    await cp(join(HERE, 'own-suite'), join(folder, 'tests'), { recursive: true });
    const unpack = `import tarfile, sys; tarfile.open(sys.argv[1]).extractall(sys.argv[2], filter='data')`;
    await runIn(python, ['python', '-c', unpack, join(python.folder, 'sdist', archive), folder], env, work);
    const root = join(folder, archive.replace(/\.tar\.gz$/, ''), 'tests');
    await cp(root, join(folder, 'tests'), { recursive: true });
    await pytest(folder, 'tests');
  });
});

describe('the generated client', () => {
  const client = () => createClient({ baseUrl: program?.url ?? '' });

  it('searches in every language of queries, with facets', async () => {
    for (const [syntax, q] of [
      ['simple', 'title:lantern'],
      ['cql', 'ti=lantern'],
      ['cql12', 'title=lantern'],
      ['command', 'lantern.ti.'],
      ['cnipa', '发明名称=(lantern)'],
    ] as const) {
      const { data } = await client().GET('/api/v1/search', {
        params: { query: { q, syntax, limit: 2, facet: ['office'] } },
      });
      expect([syntax, data?.total]).toEqual([syntax, 130]);
      expect(data?.facets.office?.values).toEqual([{ value: 'EP', count: 130 }]);
    }
  });

  it('gives a publication, with an entity tag to ask again by, and readings of numbers and classes', async () => {
    const { data, response } = await client().GET('/api/v1/publications/{id}', {
      params: { path: { id: 'EP1000000A1' } },
    });
    expect(data?.document.familyId).toBe('19768124');
    const again = await fetch(response.url, { headers: { 'if-none-match': response.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
    const number = await client().GET('/api/v1/numbers', { params: { query: { text: 'EP 1 000 000 A1' } } });
    expect(number.data?.forms.docdb).toBe('EP1000000A1');
    const symbol = await client().GET('/api/v1/classes', { params: { query: { text: 'H01M10/05' } } });
    expect(symbol.data?.subclass).toBe('M');
  });

  it('is told what was wrong as problem details', async () => {
    const { error, response } = await client().GET('/api/v1/publications/{id}', { params: { path: { id: 'EP9' } } });
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(error).toMatchObject({ type: 'urn:quanlian:document.not_found', status: 404, detail: expect.any(String) });
  });

  it('streams a whole result', async () => {
    const { data } = await client().GET('/api/v1/export', {
      params: { query: { q: 'title:lantern', format: 'jsonl' } },
      parseAs: 'text',
    });
    expect(String(data).trim().split('\n')).toHaveLength(130);
    const parquet = await fetch(`${program?.url}/api/v1/export?q=title:lantern&format=parquet`);
    expect(
      Buffer.from(await parquet.arrayBuffer())
        .subarray(0, 4)
        .toString(),
    ).toBe('PAR1');
  });
});

/** The shell examples of a document for users, one after the other in one shell. */
async function examplesOf(file: string): Promise<string[]> {
  const text = await readFile(join(HERE, '../../docs', file), 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
}

describe.each(['api.md', 'api.zh.md'])('docs/%s', (file) => {
  it('holds examples that run as they stand', async () => {
    const examples = await examplesOf(file);
    expect(examples.length).toBeGreaterThan(8);
    const client = await program?.issue();
    const shell = {
      ...process.env,
      BASE: program?.url,
      KEY: client?.key,
      SECRET: client?.secret,
      TOKEN: program?.token,
    };
    const script = `set -euo pipefail\n${examples.join('\n')}`;
    const { stdout } = await promisify(execFile)('bash', ['-c', script], {
      env: shell,
      cwd: await mkdtemp(join(tmpdir(), 'quanlian-docs-')),
    });
    expect(stdout).toContain('EP1000000');
  });
});

describe.skipIf(isMissing)('the description of the API', () => {
  it('is kept whatever is asked: no failure inside, no answer that it does not name', async () => {
    if ('missing' in python) return;
    const command = [
      'schemathesis',
      'run',
      `${program?.url}/api/v1/openapi.json`,
      '--url',
      program?.url ?? '',
      '--checks',
      'not_a_server_error,status_code_conformance,content_type_conformance',
      '--phases',
      'examples,fuzzing',
      '--max-examples',
      '3',
      '--request-timeout',
      '20',
      '--seed',
      '1',
      '--continue-on-failure',
      '--include-path-regex',
      // All that programs read and load; what people do behind a sign-in is not reached without one.
      '^/(healthz|readyz|metrics)|/api/v1/(search|similar|publications|register|schemes|synonyms|numbers|classes|query|suggest|explanation|records|inbox|loads|ops|export|corpus|demo|files|papers|queries|identity/(me|api-keys))',
      '--generation-database',
      'none',
      '--suppress-health-check',
      'all',
    ];
    const { code, output } = await runIn(python, command, env, work);
    expect(code, output.slice(-6000)).toBe(0);
    process.stdout.write(`${output.trim().split('\n').slice(-6).join('\n')}\n`);
  });
});
