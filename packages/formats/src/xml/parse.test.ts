import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namedCharacter } from './entities.js';
import { parseXml } from './parse.js';
import { peek } from './tree.js';

const codeOf = (text: string): string => {
  try {
    parseXml(text);
    return 'accepted';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

function laughs(): string {
  const levels = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`);
  return `<!DOCTYPE a [<!ENTITY l0 "lol">${levels.join('')}]><a>&l9;</a>`;
}

describe('hostile XML', () => {
  test.each([
    ['entities that multiply', laughs(), 'record.entity'],
    [
      'a long entity used often',
      `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(50_000)}">]><a>${'&b;'.repeat(50)}</a>`,
      'record.entity',
    ],
    ['entities without text that multiply', laughs().replace('"lol"', '""'), 'record.entity'],
    ['an entity that names itself', '<!DOCTYPE a [<!ENTITY b "&c;"><!ENTITY c "&b;">]><a>&b;</a>', 'record.entity'],
    ['an entity of markup', '<!DOCTYPE a [<!ENTITY b "<c/>">]><a>&b;</a>', 'record.entity'],
    ['elements too deep', '<a>'.repeat(100_000), 'record.too_deep'],
    [
      'too many attributes',
      `<a ${Array.from({ length: 3000 }, (_, i) => `b${i}="1"`).join(' ')}/>`,
      'record.too_large',
    ],
    ['a huge attribute', `<a b="${'x'.repeat(2_000_000)}"/>`, 'record.too_large'],
    ['NUL bytes', '<a>title\0cut</a>', 'record.malformed'],
    ['control characters', '<a>&#1;</a>', 'record.malformed'],
    ['two roots', '<a/><b/>', 'record.malformed'],
    ['a cut record', '<a><b>', 'record.malformed'],
    ['nothing', '', 'record.malformed'],
    ['a bare <', '<a>x < y</a>', 'record.malformed'],
  ])('%s', (_, text, code) => {
    const start = process.cpuUsage();
    expect(codeOf(text)).toBe(code);
    // Processor time: a busy machine must not make a quick refusal look slow.
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(1000);
  });

  test('external entities are never read: their names stay in the text and are counted', () => {
    const { root, unresolved } = parseXml(
      '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd" [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1:1/p"> %p;]><a b="&y;">&x;</a>',
    );
    expect(peek(root)).toBe('&x;');
    expect(root.attributes['b']).toBe('&y;');
    expect([...unresolved]).toEqual([
      ['y', 1],
      ['x', 1],
    ]);
  });

  test('XInclude and instructions do nothing', () => {
    const { root } = parseXml(
      '<?xml-stylesheet href="x"?><a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd"/></a>',
    );
    expect(peek(root)).toBe('');
  });

  test('a bare ampersand is named with its line and column', () => {
    expect(() => parseXml('<a>\n<b>R & D;</b></a>')).toThrow(/line 2, column 6/);
  });
});

describe('entities', () => {
  test('internal ones are resolved, in attributes too', () => {
    const { root } = parseXml('<!DOCTYPE a [<!ENTITY b "B &amp; &#x43; &c;"><!ENTITY c "D">]><a t="&c;">&b;</a>');
    expect([peek(root), root.attributes['t']]).toEqual(['B & C D', 'D']);
  });

  test('ISO and HTML names stand for their characters', () => {
    const names = {
      ndash: '–',
      Sacute: 'Ś',
      SACUTE: 'Ś',
      agr: 'α',
      'b.alpha': '𝛂',
      rarr: '→',
      deg: '°',
      nbsp: '\u00a0',
      NotEqualTilde: '≂̸',
      nothing: undefined,
    };
    for (const [name, character] of Object.entries(names)) expect(namedCharacter(name)).toBe(character);
  });
});

test('text survives writing and parsing', () => {
  const escaped = (text: string): string =>
    text.replace(/[<&>"]/g, (c) => `&#${c.codePointAt(0)};`).replace(/[\t\r\n]/g, (c) => `&#${c.codePointAt(0)};`);
  fc.assert(
    fc.property(
      fc
        .string({ unit: 'grapheme' })
        .map((text) => text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')),
      (text) => {
        const { root } = parseXml(`<a b="${escaped(text)}">${escaped(text)}</a>`);
        expect(peek(root)).toBe(text);
        expect(root.attributes['b']).toBe(text);
      },
    ),
  );
});
