import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PatentDocument } from '@quanlian/contract';
import { parseBytes } from '@quanlian/formats';
import { describe, expect, it } from 'vitest';
import { openTestFace, TEST_CLIENT, TEST_SECRET, type TestFace } from '../../../packages/server/src/ops/ops.fixture.js';
import { differences, readXml, type XmlNode } from './xml-compare.js';

interface Recording {
  readonly file: string;
  readonly service: string;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly response_headers: Readonly<Record<string, string>> | null;
}

/**
 * Hits of one day stand in the order of their numbers here; the recorded service has an order of its own that it does
 * not document. So the hits of a search are compared by number.
 */
function byNumber(root: XmlNode): XmlNode {
  for (const search of root.children.flatMap(({ children }) => children)) {
    if (!search.name.endsWith('}search-result')) continue;
    const keyOf = ({ children: [first] }: XmlNode): string => [...(first?.attributes.values() ?? [])].join();
    search.children.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }
  return root;
}

/** Where an answer of ours may differ from any recording, with the reason. */
const EXPECTED: readonly (readonly [RegExp, string])[] = [
  [/meta.*@value/, 'how long the answer took'],
  [/biblio-search@total-result-count/, 'the corpus of the test holds the recorded hits alone'],
  [/biblio-search@publications-count: added/, 'older recordings do not have the attribute yet'],
];

const FOLDER = process.env['QUANLIAN_CONFORMANCE'];
const INDEX = FOLDER === undefined ? undefined : join(FOLDER, 'ops-recordings', 'index.json');

/** Recordings that the index leaves out: their names tell method and status, and their content the request. */
function unlisted(known: ReadonlySet<string>): Recording[] {
  const files = readdirSync(join(FOLDER as string, 'ops-recordings'), { recursive: true, encoding: 'utf8' });
  return files.flatMap((file) => {
    const [, method, status] = /\/\d+_([A-Z]+)_(\d{3})_.*\.xml$/.exec(file) ?? [];
    if (!method || !status || known.has(file)) return [];
    return { file, service: '', method, url: '', status: Number(status), response_headers: null };
  });
}

function recordings(): Recording[] | undefined {
  if (INDEX !== undefined && existsSync(INDEX)) {
    const listed = JSON.parse(readFileSync(INDEX, 'utf8')) as Recording[];
    return [...listed, ...unlisted(new Set(listed.map(({ file }) => file)))];
  }
  process.stdout.write('Skipped: set QUANLIAN_CONFORMANCE to the folder that holds ops-recordings.\n');
  return undefined;
}

const textOf = ({ file }: Recording): string => readFileSync(join(FOLDER as string, 'ops-recordings', file), 'utf8');

const docdb = ({ office, number, kind }: PatentDocument): string => `${office}.${number}.${kind ?? ''}`;

/** The request that an answer belongs to: the recorded one, else the one its content shows. */
function requestOf(recording: Recording, text: string, documents: readonly PatentDocument[]) {
  const real = /\/rest-services\/(.*)$/.exec(recording.url)?.[1];
  if (real !== undefined && recording.url.startsWith('http')) return { path: real };
  const [first] = documents;
  if (!first) throw new Error('the recording holds no document');
  const body = documents.map(docdb).join('\n');
  if (text.includes('<ops:biblio-search')) {
    const query = /<ops:query[^>]*>([^<]*)</.exec(text)?.[1] ?? '';
    const [, begin, end] = /<ops:range begin="(\d+)" end="(\d+)"/.exec(text) ?? [];
    return { path: `published-data/search/biblio?q=${encodeURIComponent(query)}&Range=${begin}-${end}` };
  }
  if (text.includes('<ops:patent-family')) {
    const constituents = [
      ...(text.includes('<exchange-document ') ? ['biblio'] : []),
      ...(text.includes('<ops:legal ') ? ['legal'] : []),
    ];
    const [, office, number, kind] =
      /<ops:publication-reference>\s*<document-id[^>]*>\s*<country>(\w+)<\/country>\s*<doc-number>(\w+)<\/doc-number>\s*<kind>(\w+)</.exec(
        text,
      ) ?? [];
    return { path: `family/publication/docdb/${office}.${number}.${kind}/${constituents.join(',')}` };
  }
  if (text.includes('<claims')) return { path: 'published-data/publication/docdb/claims', body };
  if (text.includes('<description')) return { path: 'published-data/publication/docdb/description', body };
  return { path: `published-data/publication/docdb/${text.includes('family-id') ? 'biblio' : 'abstract'}`, body };
}

async function documentsIn(text: string): Promise<PatentDocument[]> {
  const items = await parseBytes(Buffer.from(text), 'recording.xml');
  return items.flatMap((item) => {
    if (item.type === 'failure') throw new Error(item.failure.message);
    return item.type === 'document' ? [item.document] : [];
  });
}

const signIn = (face: TestFace, secret: string) =>
  face.app.inject({
    method: 'POST',
    url: '/3.2/auth/accesstoken',
    headers: { authorization: `Basic ${Buffer.from(`${TEST_CLIENT.key}:${secret}`).toString('base64')}` },
    payload: 'grant_type=client_credentials',
  });

/** Brings the face into the state in which the service refused, and asks again. */
async function refusedBy(face: TestFace, { status, url }: Recording) {
  if (status === 401) return signIn(face, 'wrong');
  const path = /\/rest-services\/(.*)$/.exec(url)?.[1] ?? '';
  if (status === 400) return face.ask(path, { headers: { authorization: 'Bearer stale' } });
  if (status === 403) await face.ask('published-data/search?q=pa=nobody');
  if (status === 403) face.face.throttle.gave(TEST_CLIENT.id, 10);
  return face.ask(path);
}

const all = recordings();
const answered = (all ?? []).filter(({ status, file }) => Number(status) === 200 && file.endsWith('.xml'));
const refused = (all ?? []).filter(({ status, file }) => Number(status) !== 200 && file.endsWith('.xml'));
const tokens = (all ?? []).filter(({ file }) => file.endsWith('.json'));

describe.skipIf(all === undefined)('recorded answers of the service', () => {
  for (const recording of answered) {
    it(`${recording.file} comes out as it was loaded`, async () => {
      const text = textOf(recording);
      const documents = await documentsIn(text);
      const face = await openTestFace({ documents });
      try {
        const { path, body } = requestOf(recording, text, documents);
        const answer = await face.ask(path, body === undefined ? {} : { method: 'POST', payload: body });
        expect([path, answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([path, 200, '']);
        const found = differences(byNumber(readXml(text)), byNumber(readXml(answer.body)));
        const open = found.filter((one) => !EXPECTED.some(([pattern]) => pattern.test(one)));
        expect(open.slice(0, 20)).toEqual([]);
      } finally {
        await face.close();
      }
    });
  }

  for (const recording of refused) {
    it(`${recording.file} is refused in the same words`, async () => {
      const at = Date.UTC(2026, 0, 5);
      const over = recording.response_headers?.['x-rejection-reason'];
      const face = await openTestFace({ now: () => at, limits: over ? { hourBytes: 1 } : {} });
      try {
        const answer = await refusedBy(face, recording);
        expect(answer.statusCode).toBe(recording.status);
        expect(differences(readXml(textOf(recording)), readXml(answer.body))).toEqual([]);
        for (const name of ['x-rejection-reason', 'www-authenticate']) {
          const told = recording.response_headers?.[name];
          // Nobody is let in without a client here, so there is no quota of the unknown.
          if (told !== undefined && told !== 'AnonymousQuotaPerMinute')
            expect(String(answer.headers[name]).split(',')[0]).toBe(told.split(',')[0]);
        }
      } finally {
        await face.close();
      }
    });
  }

  for (const recording of tokens) {
    it(`${recording.file} names what our token answer names`, async () => {
      const told = JSON.parse(textOf(recording)) as Record<string, unknown>;
      const face = await openTestFace();
      try {
        const answer = (await signIn(face, TEST_SECRET)).json() as Record<string, unknown>;
        for (const [name, value] of Object.entries(told))
          expect([name, typeof answer[name]]).toEqual([name, typeof value]);
        for (const name of ['token_type', 'scope', 'status', 'expires_in', 'refresh_count'])
          expect(answer[name]).toBe(told[name]);
      } finally {
        await face.close();
      }
    });
  }
});
