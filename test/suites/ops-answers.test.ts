import { readFileSync } from 'node:fs';
import type { PatentDocument } from '@quanlian/contract';
import { parseBytes } from '@quanlian/formats';
import { describe, expect, it } from 'vitest';
import { toBadgerFish } from '../../packages/server/src/ops/badgerfish.js';
import { openTestFace } from '../../packages/server/src/ops/ops.fixture.js';
import { differences, readXml } from './conformance/xml-compare.js';

/** Answers of every service written by hand, with what recordings hold only now and then, and the requests for them. */
const ANSWERS: readonly (readonly [file: string, path: string, body?: string])[] = [
  ['biblio.xml', 'published-data/publication/docdb/biblio', 'EP.3700001.A1\n(EP).(3700001).(A8),JP.WO2019100001.A1'],
  ['abstract.xml', 'published-data/publication/docdb/abstract', 'EP.3700001.A1\nEP.3700003.A1'],
  ['claims.xml', 'published-data/publication/docdb/claims', 'EP.3700001.B1\nEP.3700002.B1'],
  ['description.xml', 'published-data/publication/epodoc/EP3700001.B1/description'],
  ['search.xml', 'published-data/search/biblio?q=ti%3Dcell&Range=1-3'],
  ['family.xml', 'family/publication/docdb/EP.3700001.A1'],
  ['family-biblio.xml', 'family/publication/docdb/EP.3700001.A1/biblio'],
  ['family-legal.xml', 'family/application/docdb/EP.19157001.A/legal'],
  ['family-biblio-legal.xml', 'family/publication/docdb/EP.3700001.A1/biblio,legal'],
  ['legal.xml', 'legal/publication/docdb/EP.3700001.A1'],
  ['register.xml', 'register/publication/epodoc/EP3700001/biblio'],
  ['register-events.xml', 'register/publication/epodoc/EP3700001.A1/events'],
  ['register-steps.xml', 'register/publication/epodoc/EP3700001/procedural-steps'],
];

/** Where an answer may differ, with the reason. */
const EXPECTED: readonly (readonly [RegExp, string])[] = [
  [/meta.*@value/, 'how long the answer took'],
  [/biblio-search@publications-count: added/, 'older answers do not have the attribute'],
];
const left = (found: readonly string[]): string[] =>
  found.filter((one) => !EXPECTED.some(([pattern]) => pattern.test(one)));

const textOf = (file: string): string => readFileSync(new URL(`./ops-answers/${file}`, import.meta.url), 'utf8');

async function documentsIn(...files: string[]): Promise<PatentDocument[]> {
  const items = await Promise.all(files.map((file) => parseBytes(Buffer.from(textOf(file)), file)));
  return items.flat().flatMap((item) => {
    if (item.type === 'failure') throw new Error(item.failure.message);
    return item.type === 'document' ? [item.document] : [];
  });
}

describe.each(ANSWERS)('%s', (file, path, body) => {
  it('comes out as it was loaded, in XML and in JSON', async () => {
    const face = await openTestFace({ documents: await documentsIn(file) });
    try {
      // A client asks by application for the family; the number it is told back is the one it asked for.
      const asked = (text: string): string =>
        path.includes('/application/')
          ? text.replace(/<ops:(publication|application)-reference>.*?<\/ops:\1-reference>/s, '')
          : text;
      const options = body === undefined ? {} : ({ method: 'POST', payload: body } as const);
      const answer = await face.ask(path, options);
      expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, '']);
      const found = differences(readXml(asked(textOf(file))), readXml(asked(answer.body)));
      expect(left(found)).toEqual([]);
      const json = await face.ask(path, { ...options, headers: { accept: 'application/json' } });
      const fixed = (text: string): string => asked(text).replace(/ (?:publications-count|value)="\d+"/g, '');
      expect(toBadgerFish(fixed(answer.body))).toEqual(toBadgerFish(fixed(textOf(file))));
      expect(json.json()).toEqual(toBadgerFish(answer.body));
    } finally {
      await face.close();
    }
  });
});

describe('parts that were recorded one by one', () => {
  it('come out together and each by itself', async () => {
    const documents = await documentsIn('register.xml', 'register-events.xml', 'register-steps.xml', 'biblio.xml');
    const face = await openTestFace({ documents });
    for (const file of ['register.xml', 'register-events.xml', 'register-steps.xml']) {
      const path = ANSWERS.find(([name]) => name === file)?.[1] ?? '';
      const found = differences(readXml(textOf(file)), readXml((await face.ask(path)).body));
      expect([file, left(found)]).toEqual([file, []]);
    }
    const all = (await face.ask('register/publication/epodoc/EP3700001/biblio,events,procedural-steps')).body;
    expect(all.match(/<reg:(?:bibliographic-data|events-data|procedural-data|ep-patent-statuses)[ >]/g)).toHaveLength(
      6,
    );
    // The events name no kind; they must not stand before the publications themselves.
    const biblio = await face.ask('published-data/publication/epodoc/EP3700001/biblio');
    expect(biblio.body).toContain('doc-number="3700001" kind="A1"');
    await face.close();
  });

  it('tell which full texts are held, and of each application its first publication', async () => {
    const face = await openTestFace({ documents: await documentsIn('claims.xml', 'description.xml', 'family.xml') });
    const inquiry = await face.ask('published-data/publication/docdb/EP.3700001.B1/fulltext');
    expect(inquiry.body.match(/lang="\w\w" desc="\w+"/g)).toEqual([
      'lang="DE" desc="description"',
      'lang="EN" desc="description"',
      'lang="DE" desc="claims"',
      'lang="EN" desc="claims"',
      'lang="FR" desc="claims"',
    ]);
    const equivalents = await face.ask('published-data/publication/docdb/EP.3700001.A1/equivalents');
    expect(equivalents.body.match(/<doc-number>[A-Z]{2}\d+<\/doc-number>/g)).toEqual([
      '<doc-number>EP3700001</doc-number>',
      '<doc-number>KR20190100001</doc-number>',
      '<doc-number>US2021000001</doc-number>',
    ]);
    await face.close();
  });

  it('are told by range as far as they go', async () => {
    const face = await openTestFace({ documents: await documentsIn('search.xml') });
    const numbers = async (range: string): Promise<unknown[]> => {
      const answer = await face.ask(`published-data/search?q=ti%3Dcell`, { headers: { 'x-ops-range': range } });
      return [answer.statusCode, ...(answer.body.match(/<doc-number>\d+|<ops:range [^>]*>/g) ?? [])];
    };
    expect(await numbers('2-2')).toEqual([200, '<ops:range begin="2" end="2"/>', '<doc-number>3700002']);
    expect(await numbers('3-102')).toEqual([200, '<ops:range begin="3" end="102"/>', '<doc-number>3700001']);
    expect(await numbers('4-5')).toEqual([404]);
    expect(await numbers('3-103')).toEqual([400]);
    expect(await numbers('0-5')).toEqual([400]);
    await face.close();
  });
});
