import type { PatentDocument } from '@quanlian/contract';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestFace, TEST_CLIENT, TEST_SECRET, type TestFace } from './ops.fixture.js';

const source = (id: string): PatentDocument['sources'] => [
  { format: 'patent-document', file: 'test.jsonl', offset: 0, sha256: id, sourceDate: '2026-01-01' },
];

function document(id: string, more: Partial<PatentDocument> = {}): PatentDocument {
  const [, office = '', number = '', kind = ''] = /^([A-Z]{2})(\d+)([A-Z]\d?)$/.exec(id) ?? [];
  return { id, office, number, kind, sources: source(id), ...more };
}

const FAMILY = {
  familyId: '4711',
  application: { office: 'EP', number: '99203729', kind: 'A', date: '1999-11-08' },
  priorities: [{ office: 'NL', number: '1010536', kind: 'A', date: '1998-11-12' }],
};

const DOCUMENTS: PatentDocument[] = [
  document('EP1000000A1', {
    ...FAMILY,
    date: '2000-05-17',
    titles: { en: 'Apparatus for bricks & <tiles>', de: 'Vorrichtung' },
    abstracts: { en: 'An apparatus (1) for bricks.' },
    applicants: [{ name: 'De Boer B.V.', country: 'NL' }],
    inventors: [{ name: 'Kosman, Wilhelmus', country: 'NL' }],
    classifications: [
      { scheme: 'IPC', symbol: 'B28B 1/29' },
      { scheme: 'CPC', symbol: 'B28B 5/022', value: 'I' },
    ],
    citations: [{ id: 'US4123456A', category: 'XA', phase: 'search' }, { npl: 'A book' }],
    events: [
      { office: 'EP', code: '17P', date: '2000-12-27', effective: '2000-10-27', text: 'REQUEST FOR EXAMINATION FILED' },
    ],
  }),
  document('EP1000000B1', {
    ...FAMILY,
    date: '2003-02-12',
    titles: { en: 'Apparatus for bricks' },
    claims: [
      { lang: 'en', number: 1, text: 'Apparatus.', dependsOn: [] },
      { lang: 'de', number: 1, text: 'Vorrichtung.', dependsOn: [] },
    ],
    description: [{ lang: 'en', number: '0001', text: 'It makes bricks.' }],
  }),
  document('US6093011A', { familyId: '4711', date: '2000-07-25', titles: { en: 'Brick machine' } }),
  document('CN101234567A', {
    date: '2008-07-30',
    titles: { zh: '一种制砖机' },
    applicants: [{ name: '北京砖厂', country: 'CN' }],
  }),
  document('DE19990001A1', { date: '2001-01-04', priorities: [{ office: 'FR', number: '9900011', kind: 'A' }] }),
  document('GB2345678A', { date: '2001-02-07', priorities: [{ office: 'FR', number: '9900011', kind: 'A' }] }),
  ...Array.from({ length: 30 }, (_, index) =>
    document(`EP2${String(index).padStart(6, '0')}A1`, {
      date: '2011-01-05',
      titles: { en: 'Lantern' },
      applicants: [{ name: 'IBM' }],
    }),
  ),
];

function wellFormed(xml: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
}

let face: TestFace;
beforeAll(async () => {
  face = await openTestFace({ documents: DOCUMENTS });
});
afterAll(() => face.close());

const xml = async (path: string, options: Parameters<TestFace['ask']>[1] = {}): Promise<string> => {
  const answer = await face.ask(path, options);
  wellFormed(answer.body);
  return `${answer.statusCode} ${answer.body}`;
};

describe('retrieval', () => {
  it('gives bibliographic data under every form of the number', async () => {
    for (const path of [
      'published-data/publication/docdb/EP.1000000.A1/biblio',
      'published-data/publication/docdb/(EP).(1000000).(A1)/biblio',
      'published-data/publication/docdb/EP1000000A1',
      'published-data/publication/epodoc/EP1000000.A1.20000517/biblio',
      'published-data/publication/epodoc/EP1000000/biblio',
    ]) {
      const body = await xml(path);
      expect(body).toContain('200 <?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet');
      expect(body).toContain(
        '<exchange-document system="ops.epo.org" family-id="4711" country="EP" doc-number="1000000" kind="A1">',
      );
      expect(body).not.toContain('kind="B1"');
      expect(body).toContain('<invention-title lang="en">Apparatus for bricks &amp; &lt;tiles&gt;</invention-title>');
      expect(body).toContain('<name>De Boer B.V. [NL]</name>');
      expect(body).toContain('<category>X</category><category>A</category>');
    }
  });

  it('finds the DOCDB number that an epodoc application stands for', async () => {
    for (const [epodoc, docdb] of [
      ['EP19990203729', '<country>EP</country><doc-number>99203729</doc-number><kind>A</kind>'],
      ['US19970921321', '<country>US</country><doc-number>92132197</doc-number>'],
      ['WO2002GB04635', '<country>GB</country><doc-number>0204635</doc-number><kind>W</kind>'],
      ['CN200710308494', '<country>CN</country><doc-number>200710308494</doc-number>'],
    ])
      expect(await xml(`number-service/application/epodoc/${epodoc}/docdb`)).toContain(docdb);
  });

  it('takes the number of the application and of a priority', async () => {
    for (const path of [
      'application/epodoc/EP19990203729',
      'application/docdb/EP.99203729.A',
      'priority/docdb/NL.1010536.A',
    ])
      expect(await xml(`published-data/${path}/biblio`)).toContain('doc-number="1000000" kind="B1"');
  });

  it('takes many numbers by POST, of mixed forms, encoded, and says what is not held', async () => {
    const payload = '(EP).(1000000).(A1)\n(US6093011)\n(DE).(10%202006%20032%20425).(A1)';
    const body = await xml('published-data/publication/docdb/biblio', { method: 'POST', payload });
    expect(body.match(/<exchange-document /g)).toHaveLength(3);
    expect(body).toContain('status="not found"');
  });

  it('answers a POST on an address that has the number already, and ignores a query that means nothing', async () => {
    const body = await xml('family/publication/docdb/(EP).(1000000).(A1)?(EP).(1000000).(A1)', { method: 'POST' });
    expect(body).toContain('<ops:patent-family legal="false" total-result-count="3">');
  });

  it('asks back when a docdb number without kind names several', async () => {
    const body = await xml('published-data/publication/docdb/EP.1000000/biblio');
    expect(body).toContain('413 ');
    expect(body).toContain('<code>CLIENT.AmbiguousRequest</code>');
    expect(body).toContain('<resolution>publication/docdb/EP.1000000.B1</resolution>');
    expect(await xml('published-data/publication/docdb/EP.1000000.*/biblio')).toContain('kind="B1"');
  });

  it('gives the whole cycle, the abstract alone, claims and description by language', async () => {
    expect(await xml('published-data/publication/epodoc/EP1000000/biblio,full-cycle')).toContain('kind="B1"');
    expect(await xml('published-data/publication/epodoc/EP1000000/biblio/full-cycle')).toContain('kind="B1"');
    const abstract = await xml('published-data/publication/epodoc/EP1000000/abstract');
    expect(abstract).toContain('<abstract lang="en"><p>An apparatus (1) for bricks.</p></abstract>');
    expect(abstract).not.toContain('invention-title');
    const claims = await xml('published-data/publication/epodoc/EP1000000/claims');
    expect(claims).toContain('<claims lang="DE"><claim><claim-text>1. Vorrichtung.</claim-text></claim></claims>');
    expect(await xml('published-data/publication/docdb/EP.1000000.B1/description')).toContain(
      '<p>[0001] It makes bricks.</p>',
    );
    expect(await xml('published-data/publication/epodoc/EP1000000/fulltext')).toContain('404 ');
    expect(await xml('published-data/publication/docdb/EP.1000000.B1/fulltext')).toContain('lang="EN" desc="claims"');
  });

  it('gives equivalents, the family with bibliographic data and its legal events', async () => {
    const equivalents = await xml('published-data/publication/docdb/EP.1000000.A1/equivalents/biblio');
    expect(equivalents).toContain('doc-number="6093011"');
    const family = await xml('family/publication/docdb/EP.1000000.A1/biblio,legal');
    expect(family).toContain('<ops:patent-family legal="true" total-result-count="3">');
    expect(family).toContain('<ops:legal code="17P " desc="REQUEST FOR EXAMINATION FILED"');
    expect(family.indexOf('kind="B1"')).toBeLessThan(family.indexOf('doc-number="6093011"'));
    const legal = await xml('legal/publication/docdb', { method: 'POST', payload: 'EP.1000000.A1' });
    expect(legal).toContain('<ops:L525EP desc="Effective DATE">20001027</ops:L525EP>');
  });

  it('works out the family of publications that no source puts into one', async () => {
    const family = await xml('family/publication/docdb/DE.19990001.A1');
    expect(family).toContain('total-result-count="2"');
    expect(family).toContain('<doc-number>2345678</doc-number>');
    const equivalents = await xml('published-data/publication/docdb/GB.2345678.A/equivalents');
    // The publication itself is one of them, as the service has it.
    expect(equivalents.match(/<ops:inquiry-result>/g)).toHaveLength(2);
    expect(equivalents).toContain('<doc-number>DE19990001</doc-number>');
  });

  it('gives what is held of the register', async () => {
    expect(await xml('register/publication/epodoc/EP1000000/biblio')).toContain('<reg:invention-title lang="en">');
    expect(await xml('register/publication/epodoc/EP1000000/events')).toContain('<reg:event-code>17P</reg:event-code>');
    const found = await xml('register/search', { method: 'POST', payload: 'q=pa%3DIBM', headers: { range: '5-6' } });
    expect(found).toContain('<ops:range begin="5" end="6"/>');
    expect(found.match(/<reg:register-document /g)).toHaveLength(2);
  });

  it('says when nothing is held and when an address means nothing', async () => {
    expect(await xml('published-data/publication/docdb/EP.7777777.A1/biblio')).toContain(
      '404 <?xml version="1.0" encoding="UTF-8" standalone="yes"?><fault xmlns="http://ops.epo.org"><code>SERVER.EntityNotFound</code><message>No results found</message></fault>',
    );
    expect(await xml('published-data/publication/strange/EP.1.A1/biblio')).toContain('CLIENT.WrongReferenceFormatting');
    expect(await xml('nothing/here')).toContain('404 ');
    expect(await xml('published-data/publication/docdb/%ZZ/biblio')).toContain('<fault ');
    expect(await xml('published-data/publication/docdb/biblio', { method: 'POST', payload: '' })).toContain(
      'CLIENT.InvalidReference',
    );
  });
});

describe('search', () => {
  it('names hits by number and family, by GET and by POST as clients send it', async () => {
    const got = await xml('published-data/search?q=ti%3Dbricks');
    expect(got).toContain('<ops:biblio-search total-result-count="2"');
    expect(got).toContain(
      '<ops:publication-reference system="ops.epo.org" family-id="4711"><document-id document-id-type="docdb"><country>EP</country><doc-number>1000000</doc-number><kind>B1</kind></document-id></ops:publication-reference>',
    );
    const posted = await xml('published-data/search', {
      method: 'POST',
      payload: 'q=applicant%3DIBM',
      headers: { 'content-type': 'text/plain', 'x-ops-range': '5-6' },
    });
    expect(posted).toContain('<ops:query syntax="CQL">applicant=IBM</ops:query><ops:range begin="5" end="6"/>');
    expect(posted).toContain('total-result-count="30"');
  });

  it('puts constituents in, however they are asked for', async () => {
    for (const path of [
      'published-data/search/biblio?q=pa%3DIBM&Range=1-2',
      'published-data/search?q=pa%3DIBM&Range=1-2&constituents=biblio',
    ]) {
      const body = await xml(path);
      expect(body.match(/<exchange-documents><exchange-document /g)).toHaveLength(2);
    }
    expect(await xml('published-data/search/full-cycle?q=pn%3DEP1000000&Range=1-1')).toContain('kind="A1"');
  });

  it('refuses what is no query or no range, and says when nothing is found', async () => {
    expect(await xml('published-data/search')).toContain('400 ');
    expect(await xml('published-data/search?q=ti%3D(')).toContain('CLIENT.CQL');
    expect(await xml('published-data/search?q=pa%3DIBM&Range=5-1')).toContain('CLIENT.InvalidQuery');
    expect(await xml('published-data/search?q=pa%3DIBM&Range=1-101')).toContain('400 ');
    expect(await xml('published-data/search?q=pa%3Dnobody')).toContain('SERVER.EntityNotFound');
    expect(await xml('published-data/search?q=pa%3DIBM&Range=31-40')).toContain('404 ');
  });

  it('ends at the reach the operator set, and nowhere else', async () => {
    const short = await openTestFace({ documents: DOCUMENTS, reachable: 20 });
    const answer = await short.ask('published-data/search?q=pa%3DIBM&Range=11-30');
    expect([answer.statusCode, answer.body]).toEqual([400, expect.stringContaining('CLIENT.InvalidQuery')]);
    await short.close();
    expect(await xml('published-data/search?q=pa%3DIBM&Range=11-30')).toContain('200 ');
  });
});

describe('number service and classification', () => {
  it('turns numbers from one form into another', async () => {
    const us = await xml('number-service/application/original/(US).(08/921%2C321).(A).(19970829)/epodoc');
    expect(us).toContain('<ops:meta name="status" value="SUCCESS"/>');
    expect(us).toContain('<ops:standardization inputFormat="original" outputFormat="epodoc">');
    expect(us).toContain('<doc-number>US19970921321</doc-number>');
    const pct = await xml('number-service/application/original/docdb', {
      method: 'POST',
      payload: '(PCT/GB02/04635).(20021011)',
    });
    expect(pct).toContain('<country>GB</country><doc-number>0204635</doc-number><kind>W</kind>');
    expect(await xml('number-service/application/original/(PCT/GB02/04635).(20021011)/docdb')).toContain('0204635');
    expect(await xml('number-service/publication/docdb/EP.1000000.A1/epodoc')).toContain(
      '<doc-number>EP1000000</doc-number>',
    );
  });

  it('shows a class with what is above it, and counts classes of a search', async () => {
    const shown = await xml('classification/cpc/B28B5/022?ancestors=true');
    expect(shown).toContain('<cpc:classification-symbol>B28B5/022</cpc:classification-symbol>');
    expect(shown).toContain('<cpc:classification-symbol>B28B</cpc:classification-symbol>');
    expect(await xml('classification/cpc/search?q=bricks')).toMatch(
      /classification-symbol="B28B\d\/00" percentage="\d/,
    );
    expect(await xml('classification/map/ipc/B28B/5/022/cpc')).toContain('200 ');
    expect(await xml('classification/cpc/not-a-class')).toContain('404 ');
  });
});

describe('media types', () => {
  it('writes BadgerFish JSON: one element an object, several a list, prefixes kept, every value text', async () => {
    const answer = await face.ask('published-data/search?q=pa%3DIBM&Range=1-1', {
      headers: { accept: 'application/json' },
    });
    expect(answer.headers['content-type']).toContain('application/json');
    const data = answer.json() as Record<string, Record<string, Record<string, unknown>>>;
    const search = data['ops:world-patent-data']?.['ops:biblio-search'];
    expect(search).toMatchObject({
      '@total-result-count': '30',
      'ops:query': { '@syntax': 'CQL', $: 'pa=IBM' },
      'ops:range': { '@begin': '1', '@end': '1' },
      'ops:search-result': { 'ops:publication-reference': { 'document-id': { country: { $: 'EP' } } } },
    });
    const two = (await face.ask('published-data/search.json?q=pa%3DIBM&Range=1-2')).body;
    expect(two).toContain('"ops:publication-reference":[{');
    expect(data['ops:world-patent-data']?.['@xmlns']).toMatchObject({
      $: 'http://www.epo.org/exchange',
      ops: 'http://ops.epo.org',
    });
  });

  it('serves the types clients name, and refuses others with 405', async () => {
    for (const accept of [
      'application/exchange+xml',
      'application/ops+xml',
      'application/xml',
      '*/*',
      'text/html, */*',
    ])
      expect((await face.ask('published-data/search?q=pa%3DIBM', { headers: { accept } })).statusCode).toBe(200);
    const refused = await face.ask('published-data/search?q=pa%3DIBM', { headers: { accept: 'image/webp' } });
    expect([refused.statusCode, refused.body]).toEqual([405, expect.stringContaining("Can't serve media types")]);
  });
});

describe('clients', () => {
  it('gives a token whose numbers are text, and refuses others as the service does', async () => {
    const ask = (headers: Record<string, string>, payload = 'grant_type=client_credentials') =>
      face.app.inject({ method: 'POST', url: '/3.2/auth/accesstoken', headers, payload });
    const pair = Buffer.from(`${TEST_CLIENT.key}:${TEST_SECRET}`).toString('base64');
    for (const authorization of [`Basic ${pair}`, pair]) {
      const token = (await ask({ authorization })).json() as Record<string, unknown>;
      expect(token).toMatchObject({ expires_in: '1199', token_type: 'BearerToken', status: 'approved' });
      expect(token['issued_at']).toMatch(/^\d{13}$/);
    }
    const wrong = await ask({ authorization: `Basic ${Buffer.from('a:b').toString('base64')}` });
    expect([wrong.statusCode, wrong.headers['www-authenticate'], wrong.body]).toEqual([
      401,
      'Basic',
      '<error><code>401</code><message>ClientId is Invalid</message></error>',
    ]);
    expect((await ask({ authorization: `Basic ${pair}` }, '')).body).toContain('Required param : grant_type');
    expect((await ask({})).body).toContain('Client identifier is required');
  });

  it('answers 400 with XML to a token that is missing, unknown or past its end', async () => {
    let now = Date.now();
    const short = await openTestFace({ documents: DOCUMENTS, tokenSeconds: 5, now: () => now });
    expect((await short.ask('published-data/search?q=pa%3DIBM')).statusCode).toBe(200);
    now += 5001;
    for (const authorization of [undefined, 'Bearer unknown']) {
      const answer = await short.ask(
        'published-data/search?q=pa%3DIBM',
        authorization ? { headers: { authorization } } : {},
      );
      expect(answer.statusCode).toBe(400);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="null",error="invalid_token"/);
      expect(answer.body).toContain('<message>invalid_access_token</message>');
    }
    await short.close();
  });

  it('has the headers that clients steer by on every answer', async () => {
    const { headers } = await face.ask('published-data/publication/docdb/EP.1000000.A1/biblio');
    expect(headers['x-api']).toBe('ops-v3.2');
    expect(headers['x-throttling-control']).toMatch(
      /^idle \(images=green:\d+, inpadoc=green:\d+, other=green:\d+, retrieval=green:\d+, search=green:\d+\)$/,
    );
    expect(Number(headers['x-individualquotaperhour-used'])).toBeGreaterThan(0);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers.vary).toContain('Accept');
    const again = await face.ask('published-data/publication/docdb/EP.1000000.A1/biblio', {
      headers: { 'if-none-match': String(headers.etag) },
    });
    expect(again.statusCode).toBe(304);
  });

  it('refuses beyond a quota with the reason, and lets in again when the hour has rolled on', async () => {
    let now = Date.UTC(2026, 0, 5);
    const short = await openTestFace({
      documents: DOCUMENTS,
      client: { hourBytes: 100 },
      now: () => now,
      tokenSeconds: 80_000,
    });
    const ask = () => short.ask('published-data/search?q=pa%3DIBM');
    expect((await ask()).statusCode).toBe(200);
    const refused = await ask();
    expect([refused.statusCode, refused.headers['x-rejection-reason']]).toEqual([403, 'IndividualQuotaPerHour']);
    expect(refused.headers['x-throttling-control']).toContain('search=green');
    now += 61 * 60_000;
    expect((await ask()).statusCode).toBe(200);
    await short.close();
  });

  it('refuses beyond the week’s quota till Monday, before the hour’s, and gives every refusal the headers of its account', async () => {
    // A Sunday, UTC.
    let now = Date.UTC(2026, 0, 4, 22, 30);
    const short = await openTestFace({
      documents: DOCUMENTS,
      limits: { weekBytes: 100, hourBytes: 100 },
      now: () => now,
      tokenSeconds: 80_000,
    });
    const ask = () => short.ask('published-data/search?q=pa%3DIBM', { headers: { accept: 'application/json' } });
    const first = await ask();
    expect(first.statusCode).toBe(200);
    const refused = await ask();
    expect([refused.statusCode, refused.headers['x-rejection-reason']]).toEqual([403, 'RegisteredQuotaPerWeek']);
    expect(refused.headers['content-type']).toBe('application/xml');
    expect(refused.body).toMatch(
      /^<error><code>403<\/code><message>This request has been rejected due to the violation of Fair Use policy<\/message><moreInfo>[^<]+<\/moreInfo><\/error>$/,
    );
    for (const name of ['x-registeredquotaperweek-used', 'x-individualquotaperhour-used'])
      expect([name, refused.headers[name]]).toEqual([name, String(Buffer.byteLength(first.body))]);
    now += 2 * 60 * 60_000;
    expect((await ask()).statusCode).toBe(200);
    const again = await ask();
    expect([again.statusCode, again.headers['x-rejection-reason']]).toEqual([403, 'RegisteredQuotaPerWeek']);
    await short.close();
  });

  it('counts each kind of service by itself, with limits of the operator and of the client', async () => {
    const now = Date.UTC(2026, 0, 5);
    const short = await openTestFace({
      documents: DOCUMENTS,
      limits: { perMinute: { images: 2, inpadoc: 2, other: 2, retrieval: 2, search: 2 } },
      client: { perMinute: { other: 100 } },
      now: () => now,
    });
    const calls: Readonly<Record<string, string>> = {
      retrieval: 'published-data/publication/docdb/EP.1000000.A1/biblio',
      search: 'published-data/search?q=pa%3DIBM',
      inpadoc: 'legal/publication/docdb/EP.1000000.A1',
      images: 'published-data/images/EP/1000000/A1/fullimage',
    };
    for (const [service, path] of Object.entries(calls)) {
      const states: string[] = [];
      for (let turn = 0; turn < 3; turn++) {
        const { headers, statusCode } = await short.ask(path);
        const control = String(headers['x-throttling-control']);
        states.push(`${statusCode} ${new RegExp(`${service}=\\w+:\\d+`).exec(control)?.[0]} ${headers['retry-after']}`);
        expect(control).toMatch(
          /^\w+ \(images=\w+:\d+, inpadoc=\w+:\d+, other=green:100, retrieval=\w+:\d+, search=\w+:\d+\)$/,
        );
      }
      const held = service === 'images' ? 404 : 200;
      expect(states).toEqual([
        `${held} ${service}=yellow:2 undefined`,
        `${held} ${service}=black:0 undefined`,
        `403 ${service}=black:0 60000`,
      ]);
    }
    await short.close();
  });

  it('gives a caller without a token nothing that tells of an account', async () => {
    const answer = await face.app.inject({ url: '/3.2/rest-services/published-data/search?q=pa%3DIBM' });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toBe('application/xml');
    expect(answer.headers['x-api']).toBe('ops-v3.2');
    expect(answer.headers['x-throttling-control']).toBeUndefined();
    expect(answer.body).toBe(
      '<error><code>400</code><message>invalid_access_token</message><description>Access token is invalid</description></error>',
    );
  });

  it('turns a service black when its minute is used up, in milliseconds, and leaves the others', async () => {
    const now = Date.UTC(2026, 0, 5);
    const short = await openTestFace({ documents: DOCUMENTS, client: { perMinute: { search: 4 } }, now: () => now });
    const colours: (string | undefined)[] = [];
    for (let i = 0; i < 5; i++) {
      const { headers, statusCode } = await short.ask('published-data/search?q=pa%3DIBM');
      colours.push(
        `${statusCode} ${/search=\w+:\d+/.exec(String(headers['x-throttling-control']))?.[0]} ${headers['retry-after']}`,
      );
    }
    expect(colours).toEqual([
      '200 search=green:4 undefined',
      '200 search=yellow:4 undefined',
      '200 search=red:4 undefined',
      '200 search=black:0 undefined',
      '403 search=black:0 60000',
    ]);
    expect((await short.ask('published-data/publication/docdb/EP.1000000.A1/biblio')).statusCode).toBe(200);
    await short.close();
  });

  it('tells a client what it used', async () => {
    const token = await face.token();
    const today = new Date().toISOString().slice(0, 10).split('-').reverse().join('/');
    const answer = await face.app.inject({
      url: `/3.2/developers/me/stats/usage?timeRange=${today}~${today}`,
      headers: { authorization: `Bearer ${token}` },
    });
    const [environment] = (
      answer.json() as { environments: { dimensions: { metrics: { name: string; values: unknown[] }[] }[] }[] }
    ).environments;
    expect(environment?.dimensions[0]?.metrics.map(({ name }) => name)).toEqual([
      'total_response_size',
      'message_count',
    ]);
    expect(environment?.dimensions[0]?.metrics[1]?.values).toHaveLength(1);
  });

  it('answers a foreign page’s first question', async () => {
    const answer = await face.app.inject({ method: 'OPTIONS', url: '/3.2/rest-services/published-data/search' });
    expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([204, '*']);
  });
});

describe('whatever is asked', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'EP',
      '1000000',
      'A1',
      '(',
      ')',
      '.',
      ',',
      '/',
      '%20',
      '%',
      '*',
      'biblio',
      'search',
      '?q=',
      'pa=',
      '"',
      '<',
      '&',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }).map(encodeURI),
  );
  const path = fc
    .tuple(
      fc.constantFrom(
        'published-data/publication/docdb/',
        'published-data/search',
        'family/publication/epodoc/',
        'legal/priority/docdb/',
        'number-service/application/original/',
        'register/publication/epodoc/',
        'classification/cpc/',
        'published-data/images/',
        '',
      ),
      fc.array(piece, { maxLength: 8 }),
    )
    .map(([service, pieces]) => service + pieces.join(''));

  it('is answered in well-formed XML, never with a failure of the server', async () => {
    await fc.assert(
      fc.asyncProperty(
        path,
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.boolean(),
        async (where, body, isPost) => {
          const answer = await face.ask(where, isPost ? { method: 'POST', payload: body } : {});
          expect(answer.statusCode).toBeLessThan(500);
          expect(String(answer.headers['content-type'])).toContain('xml');
          wellFormed(answer.body);
        },
      ),
      { numRuns: 400 },
    );
  });
});
