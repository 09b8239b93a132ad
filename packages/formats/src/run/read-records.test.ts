import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReadItem } from './items.js';
import type { Job } from './job.js';
import { parseBytes, parsePaths } from './parse.js';
import { createPool } from './pool.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quanlian-read-'));
  for (const file of ['a', 'b', 'c']) {
    const lines = Array.from({ length: 300 }, (_, i) =>
      i === 5
        ? '{"office":"EP"'
        : JSON.stringify({ office: 'EP', number: `${file.charCodeAt(0)}${i + 1000}`, titles: { en: 'x'.repeat(i) } }),
    );
    writeFileSync(join(folder, `${file}.jsonl`), `${lines.join('\n')}\n`);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function all(options: Parameters<typeof parsePaths>[1]): Promise<ReadItem[]> {
  const items: ReadItem[] = [];
  for await (const item of await parsePaths([folder], options)) items.push(item);
  return items;
}

describe('reading on threads', () => {
  test('gives the same items in the same order as reading here', async () => {
    const here = await all({ threads: 0 });
    expect(here).toHaveLength(900);
    expect(await all({ threads: 2 })).toEqual(here);
    const texts = await all({ threads: 2, asJson: true });
    const jsonOf = (item: ReadItem): string => (item.type === 'document' ? item.json : item.type);
    expect(texts.map(jsonOf)).toEqual(here.map(jsonOf));
    expect(texts).toEqual(here);
    expect(here.filter((item) => item.type === 'failure').map((item) => item.record)).toEqual([5, 5, 5]);
  });

  test('goes on after the last committed record', async () => {
    const whole = await all({ threads: 0 });
    const last = whole[417];
    expect(await all({ threads: 1, after: { file: last?.file ?? '', record: last?.record ?? 0 } })).toEqual(
      whole.slice(418),
    );
    await expect(all({ threads: 0, after: { file: 'gone', record: 1 } })).rejects.toMatchObject({
      code: 'load.not_found',
    });
  });

  test('stops when told to', async () => {
    const controller = new AbortController();
    const seen: ReadItem[] = [];
    const run = async (): Promise<void> => {
      for await (const item of await parsePaths([folder], { threads: 1, signal: controller.signal })) {
        seen.push(item);
        controller.abort();
      }
    };
    await expect(run()).rejects.toMatchObject({ code: 'load.stopped' });
    expect(seen.length).toBeLessThan(900);
  });

  test('long documents come whole, as objects and as JSON, and stay when the reading was ended early', async () => {
    const claims = Array.from(
      { length: 40 },
      (_, i) => `<claim num="${i + 1}">A claim of ${'words '.repeat(200)}</claim>`,
    );
    const paragraphs = Array.from({ length: 300 }, (_, i) => `<p num="${i + 1}">${'Ünïcödé 试验 '.repeat(i)}end</p>`);
    const grant = `<us-patent-grant><us-bibliographic-data-grant><publication-reference><document-id><country>US</country><doc-number>1</doc-number></document-id></publication-reference></us-bibliographic-data-grant><description>${paragraphs.join('')}</description><claims>${claims.join('')}</claims></us-patent-grant>`;
    const file = join(folder, 'long.xml');
    writeFileSync(file, grant.repeat(3));
    const take = async (options: Parameters<typeof parsePaths>[1]): Promise<ReadItem[]> => {
      const items: ReadItem[] = [];
      for await (const item of await parsePaths([file], options)) if (items.push(item) === 2) break;
      return items;
    };
    const json = (items: ReadItem[]): string[] =>
      items.map((item) => (item.type === 'document' ? JSON.stringify(item.document) : item.type));
    const here = json(await take({ threads: 0 }));
    expect(here[0]?.length).toBeGreaterThan(400_000);
    expect(json(await take({ threads: 1 }))).toEqual(here);
    expect(json(await take({ threads: 1, asJson: true }))).toEqual(here);
    const texts = (await take({ threads: 1, asJson: true })).map((item) => item.type === 'document' && item.json);
    expect(texts).toEqual(here);
  });

  test('refuses a format it does not know', async () => {
    await expect(all({ format: 'pdf' })).rejects.toMatchObject({ code: 'usage.invalid' });
  });
});

describe('a thread that breaks', () => {
  const job = (count: number): Job => {
    const block = Buffer.from('{"office":"EP","number":"1"}');
    const record = {
      file: 'f',
      from: 0,
      to: block.length,
      root: '',
      context: {},
      encoding: undefined,
      fileDate: undefined,
    };
    return {
      block,
      format: undefined,
      asJson: true,
      broken: {},
      records: Array.from({ length: count }, (_, offset) => ({ ...record, offset })),
    };
  };
  /** A worker like the real one, but for one record that it does not survive. */
  const worker = (what: string): URL =>
    new URL(
      `data:text/javascript,${encodeURIComponent(`
        import { parentPort, workerData } from 'node:worker_threads';
        const current = new Int32Array(workerData.current);
        parentPort.on('message', ({ job }) => {
          const outcomes = job.records.map((record, index) => {
            if (job.broken[index]) return { failure: job.broken[index] };
            Atomics.store(current, 0, index);
            if (record.offset === 2) { ${what} }
            return { json: JSON.stringify({ id: String(record.offset) }) };
          });
          parentPort.postMessage({ outcomes, report: { coverage: {}, unknownElements: {}, unresolvedEntities: {} } });
        });`)}`,
    );

  test.each([
    ['hangs', 'for (;;);'],
    ['ends', 'process.exit(3);'],
  ])('%s: its record is reported, the others are read', async (_, what) => {
    const pool = createPool({ threads: 1, recordTimeout: 400, worker: worker(what) });
    const [first, second] = await Promise.all([pool.run(job(5)), pool.run(job(1))]);
    expect(
      first.outcomes.map((outcome) =>
        'json' in outcome ? JSON.parse(outcome.json).id : 'failure' in outcome && outcome.failure.code,
      ),
    ).toEqual(['0', '1', 'record.reader_failed', '3', '4']);
    expect(second.outcomes).toHaveLength(1);
    await pool.close();
  });
});

describe('encodings of whole files', () => {
  const grant = (encoding: string, title: string): string =>
    `<?xml version="1.0" encoding="${encoding}"?><us-patent-grant><us-bibliographic-data-grant><publication-reference><document-id><country>US</country><doc-number>1</doc-number></document-id></publication-reference><invention-title>${title}</invention-title></us-bibliographic-data-grant></us-patent-grant>`;
  const title = async (bytes: Uint8Array): Promise<string | undefined> => {
    const [item] = await parseBytes(bytes, 'a.xml');
    return item?.type === 'document'
      ? item.document.titles?.['en']
      : item?.type === 'failure'
        ? item.failure.code
        : undefined;
  };
  test('UTF-8 with mark, UTF-16 both ways, Latin-1, GB 18030', async () => {
    const text = grant('UTF-16', 'Ünïcödé 试验');
    const little = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    expect(await title(little)).toBe('Ünïcödé 试验');
    expect(await title(Buffer.from(little).swap16())).toBe('Ünïcödé 试验');
    expect(await title(Buffer.from(`\ufeff${grant('UTF-8', '试验')}`))).toBe('试验');
    expect(await title(Buffer.from(grant('ISO-8859-1', 'Straße'), 'latin1'))).toBe('Straße');
    const [before = '', after = ''] = grant('GB18030', '|').split('|');
    expect(
      await title(Buffer.concat([Buffer.from(before), Buffer.from([0xca, 0xd4, 0xd1, 0xe9]), Buffer.from(after)])),
    ).toBe('试验');
  });
  test('bytes that are not in the encoding, and UTF-7, are refused', async () => {
    expect(await title(Buffer.from(grant('UTF-8', 'Straße'), 'latin1'))).toBe('record.encoding');
    expect(await title(Buffer.from(grant('UTF-7', '+ADw-')))).toBe('record.encoding');
  });
});
