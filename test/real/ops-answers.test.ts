import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PatentDocument } from '@quanlian/contract';
import { parseBytes } from '@quanlian/formats';
import { describe, expect, it } from 'vitest';
import { openTestFace } from '../../packages/server/src/ops/ops.fixture.js';
import { differences, readXml, type XmlNode } from '../suites/conformance/xml-compare.js';

const DATA = process.env['QUANLIAN_REAL_DATA'];
const FOLDER = DATA === undefined ? undefined : join(DATA, 'epo', 'ops-examples');

/** The services whose answers hold documents, by how the folder of an example begins; the first that fits counts. */
const SERVICES: readonly (readonly [RegExp, string])[] = [
  [/^(?:get_)?biblio/, 'published-data/publication/docdb/biblio'],
  [/^get_full_cycle/, 'published-data/publication/docdb/full-cycle'],
  [/^(?:get_)?abstract/, 'published-data/publication/docdb/abstract'],
  [/^(?:get_)?claims/, 'published-data/publication/docdb/claims'],
  [/^get_description/, 'published-data/publication/docdb/description'],
  // The program that recorded these sent the constituents where a POST does not look for them.
  [/^get_family_with_\w+_multiple/, 'family/publication/docdb'],
  [/^get_family_with_biblio/, 'family/publication/docdb/biblio'],
  [/^get_family_with_legal/, 'family/publication/docdb/legal'],
  [/^get_family/, 'family/publication/docdb'],
  [/^(?:get_)?legal/, 'legal/publication/docdb'],
  [/^get_register_biblio/, 'register/publication/epodoc/biblio'],
  [/^get_register_unip/, 'register/publication/epodoc/upp'],
  [/^search_register_with_constituent/, 'register/search/biblio'],
  [/^search_register/, 'register/search'],
  [/^search_with_constituent/, 'published-data/search/biblio'],
  [/^convert_patent_number/, 'number-service'],
];

/**
 * Answers with nothing to load: numbers alone, what other documents tell, events that name no publication. Two files
 * were made by hand for a test and name none either.
 */
const NOTHING_TO_LOAD =
  /^(?:get_classification|get_fulltext|get_image|image|error|get_published_equivalents|search|get_register_(?:events|procedural)|(?:description|family)\.xml)/;

/** Where an answer of ours may differ, with the reason. */
const EXPECTED: readonly (readonly [RegExp, string])[] = [
  [
    /standardization.*(?:\/document-id: \d children for \d|\/doc-number|document-id\[\d\]\/)/,
    'the service adds what its own data say of the number',
  ],
  [/meta@value/, 'what the service notices about a number it looks up'],
  [/(?:biblio|register)-search@total-result-count/, 'the corpus of the test holds the recorded hits alone'],
  [/biblio-search@publications-count: added/, 'older recordings do not have the attribute yet'],
];

interface Example {
  readonly name: string;
  readonly file: string;
  readonly service: string;
}

function examples(): Example[] {
  if (FOLDER === undefined || !existsSync(FOLDER)) {
    process.stdout.write('Skipped: set QUANLIAN_REAL_DATA to the folder that holds epo/ops-examples.\n');
    return [];
  }
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.xml'));
  return files.flatMap((file) => {
    const name = file.endsWith('response.xml') ? (file.split('/').at(-2) ?? '') : (file.split('/').at(-1) ?? '');
    const service = SERVICES.find(([pattern]) => pattern.test(name))?.[1];
    if (service !== undefined) return { name, file, service };
    expect(name).toMatch(NOTHING_TO_LOAD);
    return [];
  });
}

async function documentsIn(text: string): Promise<PatentDocument[]> {
  const items = await parseBytes(Buffer.from(text), 'answer.xml');
  return items.flatMap((item) => {
    if (item.type === 'failure') throw new Error(item.failure.message);
    return item.type === 'document' ? [item.document] : [];
  });
}

const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/** Numbers as the answer gives back what was asked. */
function askedIn(text: string): string[] {
  return [
    ...text.matchAll(
      /<ops:publication-reference>\s*<document-id[^>]*>\s*<country>(\w+)<\/country>\s*<doc-number>(\w+)<\/doc-number>\s*(?:<kind>(\w+)<)?/g,
    ),
  ].map(([, office, number, kind]) => `${office}.${number}${kind ? `.${kind}` : ''}`);
}

/** The request an answer belongs to. */
function requestOf(
  service: string,
  text: string,
  documents: readonly PatentDocument[],
): { path: string; body?: string } {
  const unescaped = (matches(text, /<\w+:query[^>]*>([^<]*)</g)[0] ?? '')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
  const [begin, end] = [matches(text, /:range begin="(\d+)"/g)[0], matches(text, /:range .*?end="(\d+)"/g)[0]];
  if (service.includes('search'))
    return { path: `${service}?q=${encodeURIComponent(unescaped)}&Range=${begin}-${end}` };
  if (service.startsWith('register')) return { path: service, body: matches(unescaped, /=(\w+)/g).join(',') };
  if (service === 'number-service') {
    const [to] = matches(text, /outputFormat="(\w+)"/g);
    const inputs = text.split('<ops:output>').flatMap(askedIn);
    return {
      path: `number-service/publication/docdb/${to}`,
      body: inputs.filter((_, at) => to === 'epodoc' || at % 2 === 0).join('\n'),
    };
  }
  if (/^(?:family|legal)|equivalents/.test(service)) return { path: service, body: askedIn(text).join('\n') };
  const numbers = documents.map(({ office, number, kind }) => `${office}.${number}.${kind ?? ''}`);
  return { path: service, body: [...new Set(numbers)].join('\n') };
}

/** Without how long it took, which newer answers do not tell, and with hits in one order: that of the service is not documented. */
function comparable(text: string): XmlNode {
  const root = readXml(text);
  const isTime = ({ name, attributes }: XmlNode): boolean =>
    name.endsWith('}meta') && attributes.get('name') === 'elapsed-time';
  root.children.splice(0, root.children.length, ...root.children.filter((one) => !isTime(one)));
  const sort = (node: XmlNode): void => {
    if (/(?:search-result|register-documents)$/.test(node.name))
      node.children.sort((a, b) => (JSON.stringify(keyOf(a)) < JSON.stringify(keyOf(b)) ? -1 : 1));
    for (const child of node.children) sort(child);
  };
  sort(root);
  return root;
}

/** The first number in an element. */
const keyOf = (node: XmlNode): string | undefined =>
  node.name.endsWith('}doc-number') ? node.text : node.children.map(keyOf).find((text) => text !== undefined);

describe.each(examples())('a recorded answer: $file', ({ file, service }) => {
  it('comes out as it was loaded', async () => {
    const text = readFileSync(join(FOLDER as string, file), 'utf8');
    const documents = service === 'number-service' ? [] : await documentsIn(text);
    const face = await openTestFace({ documents });
    try {
      const { path, body } = requestOf(service, text, documents);
      const answer = await face.ask(path, body === undefined ? {} : { method: 'POST', payload: body });
      expect([path, body, answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([
        path,
        body,
        200,
        '',
      ]);
      const found = differences(comparable(text), comparable(answer.body));
      const open = found.filter((one) => !EXPECTED.some(([pattern]) => pattern.test(one)));
      expect(open.slice(0, 20)).toEqual([]);
    } finally {
      await face.close();
    }
  });
});
