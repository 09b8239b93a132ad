import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBytes } from '../run/parse.js';
import { guessEncoding } from './misread.js';

/** Characters of an encoding by their bytes, made by decoding every pair. */
function encoder(label: string, from: number, to: number): (text: string) => Buffer {
  const decoder = new TextDecoder(label, { fatal: true });
  const bytesOf = new Map<string, number[]>();
  for (let lead = from; lead <= to; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      try {
        const one = decoder.decode(Uint8Array.of(lead, trail));
        if (one.length === 1 && !bytesOf.has(one)) bytesOf.set(one, [lead, trail]);
      } catch {
        // Not a character of this encoding.
      }
    }
  }
  return (text) => Buffer.from([...text].flatMap((one) => bytesOf.get(one) ?? [one.charCodeAt(0) & 0x7f]));
}
const LATIN1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const GB = encoder('gb18030', 0xa1, 0xf7);

const words = (list: readonly string[], fewest: number) =>
  fc.array(fc.constantFrom(...list), { minLength: fewest, maxLength: 60 }).map((some) => some.join(' '));
const CHINESE = words(
  ['一种锂离子电池及其制备方法', '本发明公开了', '权利要求书', '所述正极材料', '包括以下步骤', 'LiFePO4'],
  3,
).map((some) => `一种方法 ${some}`);
const GERMAN = words(['Straße', 'Gerät', 'Vorrichtung', 'für', 'Öffnung', 'und', 'über', 'Gehäuse'], 1).map(
  (some) => `Maß für ${some}`,
);
const JAPANESE = words(['電池の製造方法', 'リチウムイオン', 'である', 'カメラ', '請求項'], 4).map(
  (some) => `この ${some}`,
);
const KOREAN = words(['리튬 이온 전지', '제조 방법', '발명은', '청구항', '배터리 관리 장치'], 6);
const TAIWANESE = words(['一種鋰離子電池之製造方法', '本發明係關於', '申請專利範圍', '其中該裝置'], 4);
const RUSSIAN = words(['способ получения', 'устройство', 'изобретение', 'аккумулятор'], 3);

const grant = (title: string, encoding: string): string =>
  `<?xml version="1.0" encoding="${encoding}"?>\n<us-patent-grant lang="EN" country="US"><us-bibliographic-data-grant><publication-reference><document-id><country>US</country><doc-number>09000001</doc-number><kind>B2</kind><date>20180619</date></document-id></publication-reference><invention-title id="t">${title}</invention-title></us-bibliographic-data-grant></us-patent-grant>\n`;

async function read(bytes: Buffer) {
  const [item, ...rest] = await parseBytes(bytes, 'a.xml', {});
  expect(rest).toEqual([]);
  if (item?.type === 'document')
    return { title: item.document.titles?.['en'], repairs: item.document.extra?.['repairs'] };
  return item?.type === 'failure' ? { code: item.failure.code, message: item.failure.message } : {};
}
const RUNS = { numRuns: 30 };

describe('a record under a wrong encoding is refused, and its true one named', () => {
  test.each<[string, string, (text: string) => Buffer, fc.Arbitrary<string>, string]>([
    ['UTF-8', 'GB 18030', GB, CHINESE, 'UTF-8'],
    ['UTF-8', 'Windows-1252', LATIN1, GERMAN, 'UTF-8'],
    ['UTF-8', 'Shift_JIS', encoder('shift_jis', 0x81, 0xea), JAPANESE, 'UTF-8'],
    ['UTF-8', 'EUC-JP', encoder('euc-jp', 0xa1, 0xf4), JAPANESE, 'UTF-8'],
    ['UTF-8', 'EUC-KR', encoder('euc-kr', 0xa1, 0xfd), KOREAN, 'UTF-8'],
    ['UTF-8', 'Big5', encoder('big5', 0xa1, 0xf9), TAIWANESE, 'UTF-8'],
    ['Latin-1', 'GB 18030', GB, CHINESE, 'ISO-8859-1'],
    ['GB 18030', 'Windows-1252', LATIN1, GERMAN.map((one) => `${one} Größe über für Öl Maß Süß`), 'GB18030'],
  ])('%s that is %s', async (_, name, encode, texts, label) => {
    const property = fc.asyncProperty(texts, async (title) => {
      const found = await read(encode(grant(title, label)));
      expect(found.code).toBe('record.encoding');
      expect(found.message).toContain(`looks like ${name}`);
    });
    await fc.assert(property, RUNS);
  });
});

describe('a record whose true encoding is beyond doubt is read, and the rule named', () => {
  const any = fc.oneof(CHINESE, JAPANESE, KOREAN, RUSSIAN);
  const both = (encode: (text: string) => Buffer, texts: fc.Arbitrary<string>, repairs: string[] | undefined) =>
    fc.assert(
      fc.asyncProperty(texts, async (title) => {
        expect(await read(encode(title))).toEqual({ title, repairs });
      }),
      RUNS,
    );

  test('UTF-8 under another label', () =>
    both((title) => Buffer.from(grant(title, 'GB18030')), any, ['declared-encoding']));
  test('UTF-8 read as Latin-1 and written as UTF-8', () =>
    both((title) => Buffer.from(Buffer.from(grant(title, 'UTF-8')).toString('latin1')), fc.oneof(any, GERMAN), [
      'double-encoding',
    ]));
  test('UTF-8 read as Windows-1252 and written as UTF-8', () =>
    both(
      (title) => Buffer.from(new TextDecoder('windows-1252').decode(Buffer.from(grant(title, 'UTF-8')))),
      fc.oneof(any, GERMAN),
      ['double-encoding'],
    ));
  test('UTF-16 without a byte order mark, either way round', async () => {
    const little = (title: string): Buffer => Buffer.from(grant(title, 'UTF-16'), 'utf16le');
    await both(little, fc.oneof(any, GERMAN), undefined);
    await both((title) => little(title).swap16(), any, undefined);
  });
  test('sound text in the encoding it names stays as it is', async () => {
    const sound = fc.oneof(any, GERMAN, TAIWANESE, words(['Ã', 'Â©', 'naïve', '“Å”', 'NAÇÃO', '€'], 1));
    await both((title) => Buffer.from(grant(title, 'UTF-8')), sound, undefined);
    await both((title) => GB(grant(title, 'GB18030')), CHINESE, undefined);
    await both((title) => LATIN1(grant(title, 'ISO-8859-1')), GERMAN, undefined);
  });
});

test('a table names its encoding in the mapping', async () => {
  const mapping = {
    name: 'a list',
    dates: 'ymd' as const,
    lang: 'zh',
    fields: { publication: '公开号', title: '名称' },
  };
  const bytes = GB('公开号,名称\nCN105353263A,一种锂离子电池及其制备方法\n');
  const [refused] = await parseBytes(bytes, 'list.csv', { mapping }).catch((error: unknown) => [error]);
  expect(JSON.stringify(refused) + String(refused)).toContain('GB 18030');
  const [item] = await parseBytes(bytes, 'list.csv', { mapping: { ...mapping, encoding: 'gb18030' } });
  expect(item?.type === 'document' && item.document.titles).toEqual({ zh: '一种锂离子电池及其制备方法' });
});

test('plain bytes and a byte that says too little are no guess', () => {
  expect(guessEncoding(Buffer.from('plain'))).toBeUndefined();
  expect(guessEncoding(Buffer.from([0x41, 0x81, 0x82, 0x83, 0x41]))).toBeUndefined();
  expect(guessEncoding(encoder('gb18030', 0xa1, 0xf7)('电池的方法'))?.name).toBe('GB 18030');
});
