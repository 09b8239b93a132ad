import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectContent } from './detect.js';
import { decodeRecord } from './encoding.js';
import { createLineSplitter } from './lines.js';
import type { Split, Splitter } from './record.js';
import { createXmlSplitter } from './xml.js';

const roots = new Set(['us-patent-grant', 'exchange-document']);
const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

function splitAll(splitter: Splitter, input: Uint8Array, sizes: readonly number[]): Split[] {
  const out: Split[] = [];
  let at = 0;
  for (let i = 0; at < input.length; i += 1) {
    const size = Math.max(1, sizes[i % sizes.length] ?? input.length);
    out.push(...splitter.push(input.slice(at, at + size)));
    at += size;
  }
  return [...out, ...splitter.end()];
}

const xml = (text: string, sizes: readonly number[] = [1 << 20], options = {}): Split[] =>
  splitAll(createXmlSplitter({ roots, ...options }), bytes(text), sizes);
const texts = (splits: readonly Split[]): string[] =>
  splits.map((split) => (split.kind === 'record' ? Buffer.from(split.bytes).toString('utf8') : split.code));

const document = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE us-patent-grant SYSTEM "x.dtd" [ <!ENTITY a "</us-patent-grant>"> <!-- <us-patent-grant> --> ]>\n<us-patent-grant lang="EN">${body}</us-patent-grant>`;

const bodies = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<p>text</p>',
        '<!-- </us-patent-grant> <x -->',
        '<![CDATA[</us-patent-grant> <?xml ?> ]]>',
        '<?note </us-patent-grant>?>',
        '<us-patent-grant-x/>',
        '<a b="</"/>',
        'é试',
      ),
      fc.string().map((text) => text.replace(/[<&\]]/g, '')),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

describe('XML splitter', () => {
  test('any chunking gives the same records', () => {
    fc.assert(
      fc.property(
        fc.array(bodies, { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }),
        (parts, sizes) => {
          const documents = parts.map(document);
          const file = documents.join('\n');
          const splits = xml(file, sizes);
          expect(texts(splits)).toEqual(documents);
          for (const split of splits) {
            const expected = bytes(file).subarray(
              split.offset,
              split.offset + (split.kind === 'record' ? split.bytes.length : 0),
            );
            if (split.kind === 'record') expect(Buffer.from(split.bytes)).toEqual(Buffer.from(expected));
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('garbage between records is reported and takes nothing with it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), bodies, (noise, body) => {
        const garbage = noise.replace(/[<\0]/g, '');
        const splits = xml(`${document(body)}\n${garbage}\n${document(body)}`, [7]);
        expect(texts(splits.filter((split) => split.kind === 'record'))).toEqual([document(body), document(body)]);
        expect(splits.filter((split) => split.kind === 'refused').length).toBe(garbage.trim() === '' ? 0 : 1);
      }),
    );
  });

  test('a record that never closes a comment, section, tag or element ends where the next begins', () => {
    for (const broken of ['<!-- open', '<![CDATA[ open', '<?note open', '<p attr="open', '<p>', '</p></q>']) {
      const bad = `<?xml version="1.0"?>\n<us-patent-grant>${broken}\n`;
      const splits = xml(`${document('1')}\n${bad}${document('3')}`, [13]);
      expect(texts(splits)).toEqual([document('1'), bad, document('3')]);
    }
  });

  test('records of a wrapper get its attributes and the declared encoding', () => {
    const file =
      '<?xml version="1.0" encoding="ISO-8859-1"?><exch:exchange-documents xmlns:exch="u" date-of-exchange="20240218"><exch:exchange-document country="DE">1</exch:exchange-document> <exch:exchange-document>2</exch:exchange-document></exch:exchange-documents>';
    const splits = xml(file, [11]);
    expect(texts(splits)).toEqual([
      '<exch:exchange-document country="DE">1</exch:exchange-document>',
      '<exch:exchange-document>2</exch:exchange-document>',
    ]);
    expect(splits[1]).toMatchObject({
      context: { 'date-of-exchange': '20240218' },
      encoding: 'iso-8859-1',
      root: 'exchange-document',
    });
  });

  test('a record in a wrapper that lost its end tag ends where the next begins', () => {
    expect(
      texts(
        xml('<exchange-documents><exchange-document>1<exchange-document>2</exchange-document></exchange-documents>'),
      ),
    ).toEqual(['<exchange-document>1', '<exchange-document>2</exchange-document>']);
  });

  test('two roots are two records, and a cut record comes out last', () => {
    expect(texts(xml('<us-patent-grant>1</us-patent-grant><us-patent-grant>2</us-patent-gr'))).toEqual([
      '<us-patent-grant>1</us-patent-grant>',
      '<us-patent-grant>2</us-patent-gr',
    ]);
  });

  test('a record beyond the limit is refused with its place and length, the next one read', () => {
    const big = document('x'.repeat(5000));
    const splits = xml(`${document('1')}\n${big}\n${document('3')}`, [512], { maxRecordBytes: 2000 });
    expect(texts(splits)).toEqual([document('1'), 'record.too_large', document('3')]);
    expect(splits[1]).toMatchObject({ offset: document('1').length + 1, length: big.length });
  });

  test('documents of other roots are refused with their place', () => {
    const splits = xml(`<?xml version="1.0"?>\n<other a="1"><b/></other>\n${document('2')}`);
    expect(texts(splits)).toEqual(['record.unknown_format', document('2')]);
  });

  test('offsets in a UTF-16 file count its own bytes', () => {
    const text = '<us-patent-grant>é试😀</us-patent-grant> <us-patent-grant/>';
    const splits = xml(text, [5], { encoding: 'utf-16le', start: 2 });
    expect(splits[1]?.offset).toBe(2 + 2 * text.indexOf(' <') + 2);
  });
});

describe('line splitter', () => {
  test('any chunking gives the same lines', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string().map((line) => line.replace(/[\r\n]/g, ''))),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }),
        (lines, sizes) => {
          const input = bytes(lines.join('\n'));
          const splits = splitAll(createLineSplitter(), input, sizes);
          expect(texts(splits)).toEqual(lines.filter((line) => !/^[ \t\r]*$/.test(line)));
          for (const split of splits)
            if (split.kind === 'record')
              expect(Buffer.from(input.subarray(split.offset, split.offset + split.bytes.length))).toEqual(
                Buffer.from(split.bytes),
              );
        },
      ),
    );
  });

  test('a line beyond the limit is refused, the next one read', () => {
    const splits = splitAll(createLineSplitter({ maxRecordBytes: 10 }), bytes(`${'x'.repeat(50)}\n{}\n`), [7]);
    expect(texts(splits)).toEqual(['record.too_large', '{}']);
  });
});

describe('encodings', () => {
  test('invalid UTF-8 is refused with the place of the byte', () => {
    expect(() => decodeRecord(Buffer.from([0x3c, 0xc3, 0xa9, 0x61, 0xff, 0x62]), undefined)).toThrow(/byte 4 /);
  });

  test('declared encodings are decoded, unknown ones refused', () => {
    expect(decodeRecord(Buffer.from([0x53, 0xdf]), 'iso-8859-1')).toBe('Sß');
    expect(decodeRecord(Buffer.from([0xca, 0xd4]), 'gb18030')).toBe('试');
    expect(() => decodeRecord(Buffer.from('+ADw-'), 'utf-7')).toThrow(/utf-7/);
  });
});

test('a file shorter than the place of a mark is told by what it holds', () => {
  const whole = new Uint8Array(40).fill(0x41);
  // At the very end of its memory, where reading on would leave it.
  expect(detectContent(whole.subarray(30))).toEqual({ kind: 'unknown' });
});
