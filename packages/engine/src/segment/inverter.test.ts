import { textBorders, UNIT_CJK, UNIT_PART, visitUnits } from '@quanlian/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../storage/bytes.js';
import { PostingsEncoder } from '../testing/postings-encoder.js';
import type { SectionWriter } from './container.js';
import { listsInScript } from './inverter.js';
import type { ListMaker } from './lists.js';
import { machineLists } from './machine-lists.js';
import { FIELD_SPAN, PARAGRAPH_TERM, SENTENCE_TERM } from './postings.js';
import { MARK_SEPARATOR, TextInverter } from './text-inverter.js';

type Token = readonly [term: string, place: number];

/** The sections that `write` makes. */
function sectionsOf(write: (out: SectionWriter) => void): Record<string, number[]> {
  const sections: Record<string, number[]> = {};
  let open: number[] = [];
  write({
    begin: (name) => {
      open = [];
      sections[name] = open;
    },
    write: (bytes) => {
      for (const byte of bytes) open.push(byte);
    },
    finish: () => ({ bytes: 0, crc: 0 }),
    abandon: () => undefined,
  });
  return sections;
}

/** The lists of documents of tokens, made in the plainest way. */
function plainLists(
  docs: readonly (readonly Token[])[],
  order: readonly number[],
): { postings: number[]; positions: number[] } {
  const postings = new ByteWriter();
  const positions = new ByteWriter();
  const terms = [...new Set(docs.flat().map(([term]) => term))].sort();
  for (const term of terms) {
    const encoder = new PostingsEncoder();
    order.forEach((taken, doc) => {
      const places = docs[taken].filter(([one]) => one === term).map(([, place]) => place);
      if (places.length > 0) encoder.add(doc, Uint32Array.from(places), 0, places.length);
    });
    postings.raw(encoder.docs.view());
    postings.raw(encoder.freqs.view());
    encoder.writePositions(positions);
  }
  return { postings: [...postings.view()], positions: [...positions.view()] };
}

const token = fc.record({
  term: fc.constantFrom('a', 'b', 'cc', '电池', '𠮷野', 'z'),
  field: fc.nat({ max: 6 }),
  step: fc.oneof(fc.nat({ max: 2 }), fc.nat({ max: 70_000 })),
});

const tokensOf = (drawn: readonly { term: string; field: number; step: number }[]): Token[] => {
  const at = new Map<string, number>();
  return [...drawn]
    .sort((a, b) => a.field - b.field)
    .map(({ term, field, step }) => {
      const key = `${field} ${term}`;
      const place = (at.get(key) ?? 0) + step;
      at.set(key, place);
      return [term, field * FIELD_SPAN + place] as const;
    });
};

const makers = [
  { how: 'in JavaScript', make: () => listsInScript },
  { how: 'by WebAssembly', make: machineLists },
] as const;

/** A new maker; the module must have been built. */
function made(make: () => ListMaker | undefined): ListMaker {
  const maker = make();
  if (maker === undefined) throw new Error('dist/inverter.wasm is missing; run npm run build');
  return maker;
}

describe.each(makers)('an inverter $how', ({ make }) => {
  it('writes the lists that the plain encoder writes, in any order of the documents', () => {
    const drawn = fc.array(fc.array(token, { maxLength: 12 }), { minLength: 1, maxLength: 400, size: 'max' });
    fc.assert(
      fc.property(drawn, fc.boolean(), (documents, backwards) => {
        const docs = documents.map(tokensOf);
        const order = docs.map((_, doc) => (backwards ? docs.length - 1 - doc : doc));
        const maker = made(make);
        const inverter = maker.texts().words;
        for (const tokens of docs) {
          for (const [term, place] of tokens) inverter.add(inverter.terms.add(term), place);
          inverter.endDoc();
        }
        const sections = sectionsOf((out) => inverter.write(out, 'x', Uint32Array.from(order)));
        maker.close();
        const { postings, positions } = plainLists(docs, order);
        expect(sections['x.postings']).toEqual(postings);
        expect(sections['x.positions']).toEqual(positions);
      }),
      { numRuns: 25 },
    );
  });
});

/** Words, sentence borders and marks of a text by what the kernel tells unit by unit. */
function plainTokens(text: string): { words: Token[]; marks: Token[] } {
  const words: Token[] = [];
  const marks: Token[] = [];
  const borders = [{ at: 0, paragraph: true }, ...textBorders(text)];
  const units: { kind: number; unit: string; position: number; from: number; to: number }[] = [];
  visitUnits(text, (kind, unit, original, position, from, to) => {
    units.push({ kind, unit, position, from, to });
    if (original !== unit || kind === UNIT_PART) marks.push([unit + MARK_SEPARATOR + original, position]);
    const reached = borders.filter(({ at }) => at <= from);
    borders.splice(0, reached.length);
    if (reached.length > 0)
      words.push([reached.some(({ paragraph }) => paragraph) ? PARAGRAPH_TERM : SENTENCE_TERM, position]);
  });
  units.forEach(({ kind, unit, position, to }, i) => {
    const next = units[i + 1];
    words.push([kind === UNIT_CJK && next?.kind === UNIT_CJK && next.from === to ? unit + next.unit : unit, position]);
  });
  return { words, marks };
}

describe.each(makers)('a long list $how', ({ make }) => {
  it('keeps many places of many documents', () => {
    const inverter = made(make).texts().words;
    const docs = Array.from({ length: 300 }, (_, doc) =>
      Array.from({ length: doc % 7 === 0 ? 400 : 1 }, (_, i): Token => ['w', i * 130]),
    );
    for (const tokens of docs) {
      for (const [term, place] of tokens) inverter.add(inverter.terms.add(term), place);
      inverter.endDoc();
    }
    const order = docs.map((_, doc) => docs.length - 1 - doc);
    const sections = sectionsOf((out) => inverter.write(out, 'x', Uint32Array.from(order)));
    const { postings, positions } = plainLists(docs, order);
    expect(sections['x.postings']).toEqual(postings);
    expect(sections['x.positions']).toEqual(positions);
  });

  it('of documents alone names each once', () => {
    const keys = made(make).keys();
    for (let doc = 0; doc < 500; doc++) {
      for (const key of ['all', `mod:${doc % 3}`, 'all', ...(doc % 2 === 0 ? ['号'] : [])])
        keys.add(keys.terms.add(key), 0);
      keys.endDoc();
    }
    const order = Uint32Array.from({ length: 500 }, (_, doc) => doc);
    const sections = sectionsOf((out) => keys.write(out, 'k', order));
    expect(sections['k.postings'].length).toBe(500 + 500 + 250);
    expect(sections['k.positions']).toEqual([]);
  });
});

/** Documents of many terms, most of them rare, one of them far oftener in some documents than in others. */
function manyTokens(documents: number): Token[][] {
  let state = 1;
  const drawn = (most: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  return Array.from({ length: documents }, (_, doc) => {
    const often = doc % 97 === 0 ? 600 : 3;
    const words = Array.from({ length: 70 }, () => `w${drawn(4) === 0 ? drawn(9000) : drawn(300)}`);
    const fields = Array.from({ length: often }, (_, i) => Math.floor((i * 7) / often));
    return [
      ...words.map((word, i): Token => [word, i * 40]),
      ...fields.map((field, i): Token => ['often', field * FIELD_SPAN + i * 200]),
    ];
  });
}

describe('the order of terms', () => {
  /** The terms of a table in their order, spelled as they are and backwards. */
  const ordered = (make: () => ListMaker | undefined, words: readonly string[]): [number[], string[]] => {
    const maker = made(make);
    const keys = maker.keys();
    for (const word of words) keys.add(keys.terms.add(word), 0);
    keys.endDoc();
    const { bytes, ids } = keys.terms.reversed();
    const { starts } = keys.terms;
    const backwards = Array.from(ids, (id) => Buffer.from(bytes.subarray(starts[id], starts[id + 1])).toString());
    const { 'x.terms': terms } = sectionsOf((out) => keys.write(out, 'x', Uint32Array.of(0)));
    maker.close();
    return [terms, backwards];
  };
  const backwardsOf = (words: readonly string[]): string[] =>
    [...new Set(words)].map((word) => [...word].reverse().join('')).sort();
  const check = (words: readonly string[]): void => {
    const [terms, backwards] = ordered(machineLists, words);
    expect(backwards).toEqual(backwardsOf(words));
    expect(terms).toEqual(ordered(() => listsInScript, words)[0]);
  };

  it('is that of UTF-16 units, whatever they begin with', () => {
    const character = fc.constantFrom('a', 'b', 'z', '\0', '电', '\ue000', '\uffee', '𠮷', '\u07ff', '\ud7ff');
    const word = fc.string({ unit: character, minLength: 1, maxLength: 20 });
    const words = fc
      .tuple(fc.string({ unit: character, maxLength: 30 }), fc.array(word, { maxLength: 60 }))
      .map(([start, ends]) => [...ends, ...ends.map((end) => start + end)]);
    fc.assert(fc.property(words, check), { numRuns: 300 });
  });

  it('is the same for very many and for very long ones', () => {
    const many = Array.from({ length: 6000 }, (_, i) => `${i % 3 === 0 ? 'number:' : ''}${(i * 7919) % 6007}`);
    check([...many, ...['x', 'y', '', '\0', '\0\0'].map((end) => 'long'.repeat(20_000) + end)]);
  });
});

describe('lists too many for one part', () => {
  const docs = manyTokens(2000);
  const order = Uint32Array.from(docs.keys()).map((doc) => (doc * 37) % docs.length);
  const written = (make: () => ListMaker | undefined, withPlaces: boolean): Record<string, number[]> => {
    const maker = made(make);
    const inverter = withPlaces ? maker.texts().words : maker.keys();
    for (const tokens of docs) {
      for (const [term, place] of tokens) inverter.add(inverter.terms.add(term), withPlaces ? place : 0);
      inverter.endDoc();
    }
    const sections = sectionsOf((out) => inverter.write(out, 'x', order));
    maker.close();
    return sections;
  };

  it.each([true, false])('are the same from the module and from JavaScript (with places: %s)', (withPlaces) => {
    const expected = written(() => listsInScript, withPlaces);
    expect(expected['x.postings'].length).toBeGreaterThan(1 << 16);
    expect(written(machineLists, withPlaces)).toEqual(expected);
    // Once more in the memory that the first left behind.
    expect(written(machineLists, withPlaces)).toEqual(expected);
  });
});

describe.each(makers)('texts $how', ({ make }) => {
  const piece = fc.constantFrom(
    ...[
      'The',
      'solid',
      'STATE',
      'e.g. ',
      'Fig. 3',
      '. ',
      '.',
      '! ',
      '\n',
      ' ',
      ', ',
      'H₂O',
      '10²',
      'é',
      '电',
      '池',
      '電',
      '𠮷',
      'ｶﾞ',
      '。',
      '葛󠄀',
      '-',
      'ＬＥＤ',
      'x1',
      'Electrophotographic',
      `w${'x'.repeat(70)}Y`,
      '〇',
      'ｐ',
      '—',
      '\u3000',
      '！',
      'β',
      '?)" ',
    ],
  );
  it('are taken in as the kernel tells their units', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), fc.boolean(), (pieces, ascii) => {
        const joined = pieces.join(' '.repeat(pieces.length % 2));
        const text = ascii ? joined.replace(/[^\0-\x7f]/gu, '') : joined;
        const maker = made(make);
        const inverter = new TextInverter(maker.texts());
        inverter.addText(text, 0);
        inverter.endDoc();
        const order = Uint32Array.of(0);
        const { words, marks } = plainTokens(text);
        const sections = sectionsOf((out) => {
          inverter.words.write(out, 'words', order);
          inverter.marks.write(out, 'marks', order);
        });
        // The next one works in the same memory, whatever stands there.
        maker.close();
        expect(sections['words.postings']).toEqual(plainLists([words], [0]).postings);
        expect(sections['words.positions']).toEqual(plainLists([words], [0]).positions);
        expect(sections['marks.postings']).toEqual(plainLists([marks], [0]).postings);
        expect(sections['marks.positions']).toEqual(plainLists([marks], [0]).positions);
      }),
      { numRuns: 700 },
    );
  });
});
