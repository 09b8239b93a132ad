import { ERROR_CODES, FIELDS } from '@quanlian/contract';
import { describe, expect, it } from 'vitest';
import { FIELD_NAMES } from '../app/names.js';
import { catalogue as en } from './en/catalogue.js';
import { chooseLanguage } from './languages.js';
import { catalogue as zh } from './zh/catalogue.js';

/** All texts of a catalogue by their keys `area:group.name`. */
function textsOf(catalogue: object): Map<string, string> {
  const texts = new Map<string, string>();
  const walk = (value: unknown, key: string, separator: string) => {
    if (typeof value === 'string') texts.set(key, value);
    else for (const [name, inner] of Object.entries(value as object)) walk(inner, `${key}${separator}${name}`, '.');
  };
  for (const [area, inner] of Object.entries(catalogue)) walk(inner, area, ':');
  return texts;
}

const chinese = textsOf(zh);
const english = textsOf(en);

/** The source of the pages, tests left out. */
const files = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const source = Object.values(files).join('\n');
/** Keys in full, and the beginnings of keys that end in a value: `facets:name.${name}`. */
const literals = new Set([...source.matchAll(/['"`]([a-z]+:[\w.-]+)['"`]/gi)].map(([, key]) => key));
const beginnings = [...source.matchAll(/`([a-z]+:[\w.-]*)\$\{/gi)].map(([, start]) => start ?? '');

const withoutPlural = (key: string) => key.replace(/_(one|other)$/, '');

describe('the catalogues', () => {
  it('are compared with the source of the pages', () => {
    expect(Object.keys(files).length).toBeGreaterThan(50);
  });

  it('have the same keys in Chinese and English', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('have no empty text, and the same places to fill in both languages', () => {
    const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
    for (const [key, text] of chinese) {
      expect(text.trim(), key).not.toBe('');
      expect(places(text), key).toEqual(places(english.get(key) ?? ''));
    }
  });

  it('have no key that no page uses', () => {
    const unused = [...chinese.keys()].filter((key) => {
      const bare = withoutPlural(key);
      return !literals.has(bare) && !beginnings.some((start) => bare.startsWith(start));
    });
    expect(unused).toEqual([]);
  });

  it('have every key that a page names', () => {
    const known = new Set([...chinese.keys()].map(withoutPlural));
    const areas = new Set(Object.keys(zh));
    const missing = [...literals].filter((key) => areas.has(key?.split(':')[0] ?? '') && !known.has(key ?? ''));
    expect(missing).toEqual([]);
  });

  it('hold Chinese in the Chinese one and none in the English one', () => {
    const shared = [...chinese].filter(([key, text]) => text === english.get(key));
    expect(shared.filter(([, text]) => /\p{Script=Han}/u.test(text))).toEqual([]);
    expect([...english].filter(([, text]) => /\p{Script=Han}/u.test(text))).toEqual([]);
  });
});

describe('the tables of the contract', () => {
  it('have a name for every search field', () => {
    expect([...FIELD_NAMES]).toEqual(FIELDS.map(({ name }) => name));
  });

  it('have a sentence for every error a page can meet', () => {
    const met = Object.keys(ERROR_CODES).filter((code) => !/^(server|config|usage)\./.test(code));
    expect(met.filter((code) => !chinese.has(`errors:${code}`))).toEqual([]);
  });
});

describe('chooseLanguage', () => {
  it('takes the remembered choice, then the browser, then Chinese', () => {
    expect(chooseLanguage('en', ['zh-CN'])).toBe('en');
    expect(chooseLanguage(null, ['fr', 'en-GB', 'zh'])).toBe('en');
    expect(chooseLanguage('xx', ['ZH-hant'])).toBe('zh');
    expect(chooseLanguage(null, ['fr'])).toBe('zh');
  });
});
