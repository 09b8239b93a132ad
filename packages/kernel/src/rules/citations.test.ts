import { describe, expect, it } from 'vitest';
import { EventTableSchema } from '../legal-status/mapping.js';
import { createRuleBook } from './book.js';
import { citationWords, InstrumentsSchema } from './citation.js';
import { citableArticles, shippedEventTables, shippedRules } from './shipped.testkit.js';

const { instruments } = InstrumentsSchema.parse(citableArticles());
const known = new Set(instruments.flatMap(({ name, articles }) => articles.map((article) => `${name} ${article}`)));

/** `77-84` as 77, 78 … 84; `11 and 100` as 11 and 100; `5/6 family` as it is. */
function numbersIn(list: string): string[] {
  return list.split(/,| and /).flatMap((part) => {
    const [first = '', last = first] = part.trim().split('-');
    if (!/^\d+$/.test(first) || !/^\d+$/.test(last)) return [part.trim()];
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => String(Number(first) + index));
  });
}

/** What a citation names, as `instrument article`; a part that names nothing we can read is told as it is. */
function citedBy(article: string): string[] {
  return article.split(';').flatMap((part) => {
    const parts = /^(.+?), (?:Arts?\.?|Rules?) (.+)$/.exec(part.trim());
    return parts ? numbersIn(parts[2] ?? '').map((number) => `${parts[1]} ${number}`) : [part.trim()];
  });
}

const FILES = shippedRules();
const book = createRuleBook(Object.values(FILES));
const all = book.ids.flatMap((id) => book.versions(id));

/** Chinese numerals and digits after 第, before 条; the law meant is the one the words name, or any on the list. */
const IN_WORDS = /(?:Rules?|Arts?\.?|Articles?) (\d+)(?:(?: and |-)(\d+))?|第(\d+)(?:、(\d+))?条/g;

describe('what rules cite', () => {
  it('is read as people write it', () => {
    expect(citedBy('Patent Law, Art. 42; Implementing Rules, Rules 77-79')).toEqual([
      'Patent Law 42',
      'Implementing Rules 77',
      'Implementing Rules 78',
      'Implementing Rules 79',
    ]);
    expect(citedBy('Implementing Rules, Rules 11 and 100')).toEqual([
      'Implementing Rules 11',
      'Implementing Rules 100',
    ]);
    expect(citedBy('Some Law')).toEqual(['Some Law']);
  });

  it('is an article of the list of those that were read, wherever a rule names one', () => {
    const missing = all.flatMap(({ id, article }) =>
      article === null
        ? []
        : citedBy(article)
            .filter((cited) => !known.has(cited))
            .map((cited) => [id, cited]),
    );
    expect(missing).toEqual([]);
    expect(all.filter(({ article }) => article !== null).length).toBeGreaterThan(15);
  });

  it('is an article of the list wherever a table of legal events names one', () => {
    const tables = Object.values(shippedEventTables()).map((file) => EventTableSchema.parse(file));
    const laws = tables.flatMap(({ events }) => events.flatMap(({ law }) => law ?? []));
    expect(laws.flatMap(citedBy).filter((cited) => !known.has(cited))).toEqual([]);
    expect(laws.length).toBeGreaterThan(50);
  });

  it('has words in both languages', () => {
    const list = InstrumentsSchema.parse(citableArticles());
    expect(citationWords('Patent Law, Art. 44; Implementing Rules, Rule 115', list)).toEqual({
      zh: '中华人民共和国专利法第44条;中华人民共和国专利法实施细则第115条',
      en: "Patent Law of the People's Republic of China, Art. 44; Implementing Rules of the Patent Law, Rule 115",
    });
    expect(citationWords('35 USC 41', list)).toEqual({ zh: '《美国法典》第35编第41条', en: '35 USC § 41' });
    expect(citationWords('Some Law', list)).toEqual({ zh: 'Some Law', en: 'Some Law' });
  });

  it('is an article of the list in titles and notes too', () => {
    const numbers = new Set([...known].map((cited) => cited.split(' ').at(-1)));
    const missing: unknown[] = [];
    for (const { id, title, note, source } of all)
      for (const text of [title.zh, title.en, note?.zh ?? '', note?.en ?? '', source])
        for (const found of text.matchAll(IN_WORDS))
          for (const number of found.slice(1)) if (number && !numbers.has(number)) missing.push([id, number]);
    expect(missing).toEqual([]);
  });

  it('would be found missing', () => {
    expect(citedBy('Patent Law, Art. 43').filter((cited) => !known.has(cited))).toEqual(['Patent Law 43']);
    expect(citedBy('Implementing Rules, Rules 84-86').every((cited) => known.has(cited))).toBe(true);
    expect([...'见第43条'.matchAll(IN_WORDS)].map((found) => found[3])).toEqual(['43']);
  });

  it('leaves choices of the operator without an article', () => {
    expect(all.filter(({ id, article }) => id.startsWith('house.') && article !== null)).toEqual([]);
  });
});
