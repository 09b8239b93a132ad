import { createHash } from 'node:crypto';
import { type PatentDocument, PatentDocumentSchema } from '@quanlian/contract';
import { canonicalPublication, cnCheckDigit, publicationId, readClass } from '@quanlian/kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import { generateCity, generatePatents } from './index.js';
import { FIELDS_OF_TECHNOLOGY } from './vocabulary/parse.js';

const COUNT = 6_000;
let documents: PatentDocument[] = [];
let byId = new Map<string, PatentDocument>();

beforeAll(() => {
  documents = [...generatePatents({ seed: 1, count: COUNT })];
  byId = new Map(documents.map((document) => [document.id, document]));
});

const hashOf = (seed: number, count: number): string => {
  const hash = createHash('sha256').update(JSON.stringify(generateCity(seed)));
  for (const document of generatePatents({ seed, count })) hash.update(JSON.stringify(document));
  return hash.digest('hex');
};

const share = (test: (document: PatentDocument) => boolean): number => documents.filter(test).length / documents.length;

describe('the generator', () => {
  it('gives the same for a seed and something else for another', () => {
    expect(hashOf(5, 300)).toBe(hashOf(5, 300));
    expect(hashOf(6, 300)).not.toBe(hashOf(5, 300));
  });

  it.each([1, 7, 250])('gives exactly %i documents', (count) => {
    expect([...generatePatents({ seed: 3, count })]).toHaveLength(count);
  });

  it('can be left early', () => {
    for (const document of generatePatents({ seed: 2, count: 500 })) {
      expect(document.sources[0]?.offset).toBe(0);
      break;
    }
  });
});

describe('every document', () => {
  it('fits the schema and says that it is generated', () => {
    for (const document of documents) {
      if ((document.sources[0]?.offset ?? 0) % 5 === 0) PatentDocumentSchema.parse(document);
      expect(document.extra).toEqual({ demo: true });
      expect(document.sources).toHaveLength(1);
      expect(document.sources[0]).toMatchObject({ format: 'demo', file: 'demo-city', sourceDate: document.date });
    }
  });

  it('has its own number in canonical form, at the high end of its series', () => {
    expect(byId.size).toBe(COUNT);
    for (const { id, office, number, kind } of documents) {
      const canonical = canonicalPublication(office, number, kind);
      expect(canonical.number).toBe(number);
      expect(publicationId(canonical)).toBe(id);
      if (office === 'CN') expect(number).toMatch(/^[123]9\d{7}$/);
    }
  });

  it('has a right check digit when it is a Chinese application', () => {
    for (const { application } of documents.filter((d) => d.office === 'CN')) {
      const [digits = '', check] = (application?.original ?? '').split('.');
      expect(digits).toBe(application?.number);
      expect(check).toBe(cnCheckDigit(digits));
    }
  });

  it('has a hash of its own content', () => {
    for (const { sources, ...content } of documents.slice(0, 200)) {
      expect(sources[0]?.sha256).toBe(createHash('sha256').update(JSON.stringify(content)).digest('hex'));
    }
  });

  it('has coherent dates inside 2000 to 2026-10-31', () => {
    for (const { id, date = '', application, priorities = [], events = [] } of documents) {
      const filed = application?.date ?? '';
      expect(date <= '2026-10-31' && filed >= '2000-01-01', id).toBe(true);
      expect(filed < date, id).toBe(true);
      for (const priority of priorities) {
        expect((priority.date ?? '') <= filed, id).toBe(true);
        expect(Number(filed.slice(0, 4)) - Number(priority.date?.slice(0, 4))).toBeLessThanOrEqual(1);
      }
      const days = events.map((event) => event.date ?? '');
      expect([...days].sort(), id).toEqual(days);
      expect(
        days.every((day) => day >= filed && day <= '2026-10-31'),
        id,
      ).toBe(true);
    }
  });

  it('is granted after it was published, on the same application', () => {
    const grants = documents.filter((d) => d.related !== undefined);
    expect(grants.length).toBeGreaterThan(500);
    for (const grant of grants) {
      const earlier = byId.get(grant.related?.[0]?.id ?? '');
      expect(earlier?.application, grant.id).toEqual(grant.application);
      expect((earlier?.date ?? '9') < (grant.date ?? ''), grant.id).toBe(true);
      expect(earlier?.familyId).toBe(grant.familyId);
    }
  });

  it('cites only older documents of the corpus, never its own family', () => {
    let cited = 0;
    for (const document of documents) {
      for (const { id, date, category, npl } of document.citations ?? []) {
        if (id === undefined) {
          expect(npl).toBeTruthy();
          continue;
        }
        cited++;
        const target = byId.get(id);
        expect(target?.date, document.id).toBe(date);
        expect((date ?? '9') < (document.date ?? '')).toBe(true);
        expect(target?.familyId).not.toBe(document.familyId);
        if (category !== 'P')
          expect(
            (date ?? '9') < (document.priorities?.[0]?.date ?? document.application?.date ?? ''),
            document.id,
          ).toBe(true);
      }
    }
    expect(cited).toBeGreaterThan(COUNT / 2);
  });

  it('has claims that depend on earlier ones and texts of patent length', () => {
    for (const { id, claims = [], type, abstracts = {} } of documents) {
      claims.forEach((claim, index) => {
        expect(claim.number).toBe(index + 1);
        expect(
          claim.dependsOn.every((on) => on < claim.number),
          id,
        ).toBe(true);
        for (const on of claim.dependsOn) expect(claim.text).toMatch(new RegExp(`(?:权利要求|請求項|claim ).*?${on}`));
      });
      if (claims.length > 0) expect(claims.length >= 3 && claims.length <= 10, `${id}: ${claims.length}`).toBe(true);
      if (type === 'design') continue;
      const chinese = abstracts['zh'] ?? abstracts['zh-Hant'];
      if (chinese) expect(chinese.length >= 150 && chinese.length <= 350, `${id}: ${chinese.length}`).toBe(true);
      const words = abstracts['en']?.split(/\s+/).length;
      if (words) expect(words >= 80 && words <= 250, `${id}: ${words}`).toBe(true);
    }
  });

  it('leaves no gap in its sentences', () => {
    for (const document of documents.slice(0, 1500)) {
      const text = JSON.stringify([document.titles, document.abstracts, document.claims, document.description]);
      expect(text, document.id).not.toMatch(
        /undefined|NaN|[^,[":]\{\w|，，|。。|, ,|\ba [aeio]\w|\ban [bcdfgjklmnpqrstvwz]/,
      );
    }
  });

  it('is classified with symbols of its field', () => {
    for (const { classifications = [], type } of documents.slice(0, 1500)) {
      expect(classifications.length).toBeGreaterThan(0);
      for (const { scheme, symbol } of classifications) {
        const answer = readClass(symbol);
        expect(answer).toMatchObject({ valid: true, symbol });
        expect(scheme === 'LOCARNO').toBe(type === 'design');
      }
    }
  });
});

describe('the corpus as a whole', () => {
  it('has the offices, kinds and types of a Chinese city', () => {
    expect(share((d) => d.office === 'CN')).toBeGreaterThan(0.65);
    for (const office of ['US', 'EP', 'WO', 'JP', 'KR'])
      expect(
        share((d) => d.office === office),
        office,
      ).toBeGreaterThan(0.02);
    for (const kind of ['A', 'B', 'U', 'S'])
      expect(
        share((d) => d.office === 'CN' && d.kind === kind),
        kind,
      ).toBeGreaterThan(0.02);
    expect(
      documents.some((d) => d.lang === 'zh-Hant' && d.claims?.some((claim) => claim.text.includes('請求項'))),
    ).toBe(true);
    expect(share((d) => d.titles?.['zh'] !== undefined && d.titles['en'] !== undefined)).toBeGreaterThan(0.2);
  });

  it('grows over the years', () => {
    const year = (from: string, to: string) => share((d) => (d.date ?? '') >= from && (d.date ?? '') < to);
    expect(year('2000', '2010')).toBeLessThan(year('2010', '2017'));
    expect(year('2010', '2017')).toBeLessThan(year('2017', '2027'));
  });

  it('has a few owners with much and many with little', () => {
    const counts = new Map<string, number>();
    for (const { applicants = [] } of documents)
      for (const { name } of applicants) counts.set(name, (counts.get(name) ?? 0) + 1);
    const sorted = [...counts.values()].sort((a, b) => b - a);
    const topTen = sorted.slice(0, 10).reduce((sum, n) => sum + n, 0) / COUNT;
    expect(topTen).toBeGreaterThan(0.15);
    expect(topTen).toBeLessThan(0.45);
    expect(sorted.filter((n) => n <= 3).length).toBeGreaterThan(sorted.length * 0.3);
  });

  it('covers every section and most subclasses', () => {
    const symbols = documents.flatMap((d) => d.classifications ?? []).filter((c) => c.scheme === 'IPC');
    expect(new Set(symbols.map((c) => c.symbol.charAt(0)))).toEqual(new Set('ABCDEFGH'));
    const subclasses = FIELDS_OF_TECHNOLOGY.flatMap((f) => f.topics.map((t) => t.subclass));
    expect(new Set(subclasses).size).toBe(subclasses.length);
    expect(new Set(symbols.map((c) => c.symbol.slice(0, 4))).size).toBeGreaterThan(subclasses.length * 0.9);
  });

  it('has local applicants that are the city’s own', () => {
    const city = generateCity(1);
    const known = new Set([...city.companies, ...city.universities].flatMap((c) => [c.name.zh, c.name.en]));
    expect(share((d) => (d.applicants ?? []).some((a) => known.has(a.name)))).toBeGreaterThan(0.6);
  });

  it('has hard words: subscripts, powers, full width and long compounds', () => {
    const text = JSON.stringify(documents.map((d) => d.abstracts));
    for (const hard of ['H₂O', '10²', 'ＱＬ－２０００', 'polyoxyethylenepolyoxypropyleneblockcopolymer'])
      expect(text).toContain(hard);
  });
});

describe('the city', () => {
  const city = generateCity(1);
  it('has what later parts need', () => {
    expect(city.companies).toHaveLength(600);
    expect(city.universities).toHaveLength(6);
    expect(city.banks).toHaveLength(8);
    expect(city.agencies).toHaveLength(30);
    expect(city.parks).toHaveLength(12);
    expect(new Set(city.servicePoints.map((p) => p.level))).toEqual(new Set(['city', 'district', 'carrier']));
    expect(city.servicePoints.length).toBeGreaterThan(50);
  });

  it('refers only to places and fields it has', () => {
    const districts = new Set(city.districts.map((d) => d.id));
    const places = new Set([...city.parks, ...city.carriers].map((p) => p.id));
    const fields = new Set(FIELDS_OF_TECHNOLOGY.map((f) => f.key));
    for (const company of city.companies) {
      expect(districts.has(company.district) && fields.has(company.field), company.id).toBe(true);
      if (company.park !== undefined) expect(places.has(company.park)).toBe(true);
      if (company.carrier !== undefined) expect(places.has(company.carrier)).toBe(true);
    }
    for (const point of city.servicePoints) expect(point.place === undefined || places.has(point.place)).toBe(true);
    for (const park of city.parks) expect(park.fields.every((key) => fields.has(key))).toBe(true);
    const names = [...city.companies, ...city.agencies, ...city.banks].map((c) => c.name.zh);
    expect(new Set(names).size).toBe(names.length);
  });
});
