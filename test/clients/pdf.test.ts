import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOCUMENTS } from './documents.js';
import { type Program, startProgram } from './program.js';

const run = promisify(execFile);

/** Whether the programs of poppler are here, which read a PDF as anybody's reader does. */
const isHere = await Promise.all(['pdfinfo', 'pdftoppm'].map((name) => run(name, ['-v']))).then(
  () => true,
  () => false,
);
if (!isHere) {
  const sentence = 'pdfinfo and pdftoppm (poppler-utils) are not installed: pages as PDF are not looked at.';
  if (process.env['QUANLIAN_NEED_CLIENTS']) throw new Error(sentence);
  process.stdout.write(`${sentence}\n`);
}

/** The picture that the documents' one drawing is: black. */
const POINT = 0;

/** The width, height and first byte of the picture in a plain grey map (P5). */
function readGrey(bytes: Buffer): { width: number; height: number; first: number } {
  const [, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 40)) ?? [];
  const size = Number(width) * Number(height);
  return { width: Number(width), height: Number(height), first: bytes[bytes.length - size] ?? -1 };
}

describe.skipIf(!isHere)('a page as PDF, read by poppler', () => {
  let program: Program;
  let work: string;
  let access: string;
  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'quanlian-pdf-'));
    program = await startProgram(DOCUMENTS);
    const { key, secret } = await program.issue();
    const answer = await fetch(`${program.url}/3.2/auth/accesstoken`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    access = ((await answer.json()) as { access_token: string }).access_token;
  });
  afterAll(async () => {
    await program?.stop();
    await rm(work, { recursive: true, force: true });
  });

  it.each(['thumbnail', 'firstpage'])('has one page with its picture (%s)', async (what) => {
    const url = `${program.url}/3.2/rest-services/published-data/images/EP/1000000/A1/${what}.pdf?Range=1`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${access}` } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const file = join(work, `${what}.pdf`);
    await writeFile(file, Buffer.from(await answer.arrayBuffer()));

    const { stdout, stderr } = await run('pdfinfo', [file]);
    expect(stdout).toMatch(/^Pages:\s+1$/m);
    expect(stderr).toBe('');
    const drawn = await run('pdftoppm', ['-gray', '-r', '300', '-singlefile', file, join(work, what)]);
    expect(drawn.stderr).toBe('');
    const picture = readGrey(await readFile(join(work, `${what}.pgm`)));
    expect(picture.width).toBeGreaterThan(0);
    expect(picture.height).toBeGreaterThan(0);
    expect(picture.first).toBe(POINT);
  });
});
