import { describe, expect, it } from 'vitest';
import { toXlsx } from './xlsx.js';

/** The checksum of a zip file, bit by bit as ISO 3309 has it. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** The parts of a zip file of stored entries, read by its central directory. */
function partsOf(bytes: Uint8Array): Map<string, string> {
  const view = new DataView(bytes.buffer);
  const end = bytes.length - 22;
  expect(view.getUint32(end, true)).toBe(0x06054b50);
  const parts = new Map<string, string>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    expect(view.getUint32(at, true)).toBe(0x02014b50);
    const [size, nameLength] = [view.getUint32(at + 24, true), view.getUint16(at + 28, true)];
    const local = view.getUint32(at + 42, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    expect(view.getUint32(local, true)).toBe(0x04034b50);
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    const start = local + 30 + view.getUint16(local + 26, true);
    const content = bytes.subarray(start, start + size);
    expect(crc32(content)).toBe(view.getUint32(at + 16, true));
    parts.set(name, new TextDecoder().decode(content));
    at += 46 + nameLength;
  }
  return parts;
}

describe('a workbook', () => {
  it('holds every cell as it is: numbers as numbers, and no text as a formula', () => {
    const parts = partsOf(
      toXlsx('指标', [
        ['名称', 'n'],
        ['=1+1 <&> "', 2.5],
      ]),
    );
    expect([...parts.keys()][0]).toBe('[Content_Types].xml');
    const sheet = parts.get('xl/worksheets/sheet1.xml') ?? '';
    const texts = [...sheet.matchAll(/<t [^>]*>([^<]*)<\/t>/g)].map(([, text]) => text);
    expect(texts).toEqual(['名称', 'n', '=1+1 &lt;&amp;&gt; &quot;']);
    expect(sheet).toContain('<c><v>2.5</v></c>');
    expect(sheet).not.toContain('<f>');
    expect(parts.get('xl/workbook.xml')).toContain('name="指标"');
  });

  it('leaves out what XML cannot hold, and shortens the name of the sheet', () => {
    const parts = partsOf(toXlsx(`a/b:${'x'.repeat(60)}`, [['a\u0000b\u001fc']]));
    expect(parts.get('xl/worksheets/sheet1.xml')).toContain('>abc<');
    expect(/name="([^"]*)"/.exec(parts.get('xl/workbook.xml') ?? '')?.[1]).toBe(`a b ${'x'.repeat(27)}`);
  });
});
