import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildScheme, readPlaces } from '@quanlian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readScheme } from './read-scheme.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scheme-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Buffer): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

const TITLES =
  'H\t\tELECTRICITY\r\nH01\t\tELECTRIC ELEMENTS\r\nH01M\t\tCELLS\r\nH01M10/00\t0\tSecondary cells\r\nH01M10/05\t1\tDry ones\r\n';

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<revisionPeriod><ipcEdition><en><staticIpc lang="EN">
<ipcEntry kind="s" symbol="H" entryType="K"><textBody><title><titlePart><text>ELECTRICITY</text></titlePart></title></textBody>
 <ipcEntry kind="t" symbol="H"><textBody><title><titlePart><text>a guide</text></titlePart></title></textBody></ipcEntry>
 <ipcEntry kind="c" symbol="H01"><textBody><title><titlePart><text>ELEMENTS</text></titlePart></title></textBody>
  <ipcEntry kind="u" symbol="H01M"><textBody><title><titlePart><text>CELLS</text></titlePart><titlePart><text>BATTERIES</text></titlePart></title></textBody>
   <ipcEntry kind="m" symbol="H01M0010000000"><textBody><title><titlePart><text>Secondary</text></titlePart></title></textBody>
    <ipcEntry kind="1" symbol="H01M0010050000"><textBody><title><titlePart><text>Dry</text></titlePart></title></textBody>
     <ipcEntry kind="2" symbol="H01M0010052000"><textBody><title><titlePart><text>Lithium</text></titlePart></title></textBody></ipcEntry>
    </ipcEntry></ipcEntry></ipcEntry></ipcEntry></ipcEntry>
</staticIpc></en></ipcEdition></revisionPeriod>`;

describe('lists of a scheme', () => {
  it('reads an office list, packed, and joins titles of another language', async () => {
    const list = await file('cpc-section-H.txt.gz', gzipSync(TITLES));
    const zh = await file(
      'ipc-zh.tsv',
      'code\tkind\ttitle_zh\nH\tsection\t电学\nH01M10/05\tgroup\t干的\nH01M99/00\tgroup\t没有\n',
    );
    const { rows, strangers } = await readScheme([zh, list]);
    expect(strangers).toBe(1);
    expect(rows).toHaveLength(5);
    expect(buildScheme(readPlaces(rows)).node('H01M 10/05')).toMatchObject({
      titles: { en: 'Dry ones', zh: '干的' },
      level: 4,
    });
  });

  it('reads the scheme in XML, its guides aside', async () => {
    const { rows } = await readScheme([await file('scheme.xml', XML)]);
    const scheme = buildScheme(readPlaces(rows));
    expect(rows.map(({ symbol }) => symbol)).toHaveLength(6);
    expect(scheme.node('H01M')?.titles).toEqual({ en: 'CELLS; BATTERIES' });
    expect(scheme.below('H01M10/00')).toEqual(['H01M 10/05', 'H01M 10/052']);
  });

  it('reads a table with headings in both languages at once', async () => {
    const table = await file(
      'two.tsv',
      'code\tkind\tdots\ttitle_en\ttitle_zh\nA\ts\t0\tNecessities\t必需\nA01\tc\t0\tFarming\t农业\nA01B\tu\t0\tSoil\t整地\nA01B1/00\tm\t0\tTools\t工具\n',
    );
    const scheme = buildScheme(readPlaces((await readScheme([table])).rows));
    expect(scheme.node('A01B1/00')?.titles).toEqual({ en: 'Tools', zh: '工具' });
  });

  it('counts groups without dots and leaves them out of the tree; a main group needs none', async () => {
    const table = await file(
      'gaps.tsv',
      'code\tdots\ttitle\nH01M97/00\t\tOther\nH01M97/01\t1\tDry\nH01M97/02\t\tLost\n',
    );
    const { rows, unplaced } = await readScheme([table]);
    expect(unplaced).toEqual(['H01M 97/02']);
    expect(buildScheme(readPlaces(rows)).below('H01M97/00')).toEqual(['H01M 97/01']);
  });

  it.each([
    ['nothing.txt', '', /every file is empty/],
    ['prose.txt', 'This is a letter.\n', /line 1.*no class symbol/],
    ['nodots.tsv', 'code\ttitle_zh\nH01M10/05\t电池\n', /no tree/],
    ['bad.xml', '<a><b></a>', /not well-formed/],
    ['other.xml', '<a/>', /no entry/],
    ['latin.txt', Buffer.from([0x48, 0x09, 0x09, 0xe9, 0xff]), /UTF-8/],
  ])('refuses %s with the reason', async (name, content, message) => {
    await expect(readScheme([await file(name, content)])).rejects.toThrow(message);
  });
});
