import type { NumberReading } from '@quanlian/contract';
import { officeApplication } from './applications.js';
import { reading } from './forms.js';

type Reader = (match: RegExpExecArray) => NumberReading | undefined;

const grant = (office: string, number: string, kind: string, original: string): NumberReading =>
  reading({ type: 'grant', office, number, kind, original, display: original });

const ERA_LETTERS: Readonly<Record<string, string>> = { 昭和: '昭', 平成: '平', 令和: '令', 大正: '大', 明治: '明' };
const JP_FILED: Readonly<Record<string, string>> = { 特許: '特願', 実用新案登録: '実願', 意匠登録: '意願' };
const JP_RIGHTS: Readonly<Record<string, string>> = { 特許: 'B2', 実用新案登録: 'U', 意匠登録: 'S' };
const KR_GRANTS: Readonly<Record<string, string>> = { 1: 'B1', 2: 'Y1', 3: 'S' };

/** `JP-A-H10-123456`, `JP-B-55-12345`: Japan's publications as English texts cite them. */
const jpEnglish: Reader = ([, kind = '', era = '', year = '', serial = '']) => {
  const isCommon = year.length === 4;
  if (!isCommon && era === '') return undefined;
  const number = isCommon ? year + serial.padStart(6, '0') : era + year.padStart(2, '0') + serial;
  return reading({ type: 'publication', office: 'JP', number, kind });
};

/** German files until 1994: two digits of the year less fifty, five of serial; utility models carry the year itself. */
const germanFile: Reader = ([text, letter = '', year = '', serial = '', check = '']) => {
  const number = year + serial;
  const filed = letter === 'G' ? `19${year}` : String(1950 + Number(year));
  return reading({
    type: 'application',
    office: 'DE',
    number,
    kind: letter === 'G' ? 'U' : 'A',
    docdb: `DE${number}${letter === 'G' ? 'U' : 'A'}`,
    epodoc: letter === 'G' ? undefined : `DE${filed}${number}`,
    original: `${letter}${number}.${check}`,
    display: text,
  });
};

/** German files from 1995 to 2003: a one, two digits of year, five of serial. */
const germanMillennium: Reader = ([, year = '', serial = '', check = '']) =>
  reading({
    type: 'application',
    office: 'DE',
    number: `1${year}${serial}`,
    kind: 'A',
    docdb: `DE1${year}${serial}A`,
    epodoc: `DE${Number(year) >= 95 ? '19' : '20'}${year}10${serial}`,
    original: `1${year}${serial}.${check}`,
  });

const koreanRight: Reader = ([text, right = '', serial = '', kind]) =>
  grant('KR', `${right}0${serial.padStart(7, '0')}`, kind ?? KR_GRANTS[right] ?? 'B1', text);

const koreanOpen: Reader = ([text, right = '', year = '', serial = '']) =>
  reading({
    type: 'publication',
    office: 'KR',
    number: year + serial,
    kind: right === '2' ? 'U' : 'A',
    original: text,
    display: text,
  });

/**
 * Writings that the offices' main rules do not know: titles of rights in words, epodoc application numbers, files of
 * older years. Each is clear by itself, so that the first that fits answers.
 */
const WRITINGS: readonly (readonly [RegExp, Reader])[] = [
  // Epodoc application numbers; publications of these offices have other lengths.
  [/^EP((?:19|20)\d{2})0(\d{6})(?:A)?$/, ([, year = '', serial = '']) => epApplicationOf(year, serial)],
  [
    /^JP((?:19|20)\d{2})0(\d{6})([UD])?$/,
    ([, year, serial, kind]) => officeApplication('JP', `${year}-${serial}`, kind),
  ],
  [
    /^(FR|GB)((?:19|20)\d{2})00(\d{5})$/,
    ([, office = '', year = '', serial = '']) => officeApplication(office, year.slice(2) + serial),
  ],
  [
    /^DE((?:19|20)\d{2})(10|11|12|20|21|50|60)(\d{6})U?$/,
    ([text = '', year = '', right = '', serial = '']) =>
      // What also reads as right, year and serial is a publication.
      /^DE(?:10|11|12|20|21|50|60)(?:19|20)/.test(text) ? undefined : officeApplication('DE', right + year + serial),
  ],
  [
    /^US((?:19[789]\d|2000))(\d{7})$/,
    ([, year = '', serial = '']) => {
      const bare = serial.replace(/^0+(?=\d)/, '');
      const number = bare + year.slice(2);
      const docdb = `US${number}A`;
      return reading({ type: 'application', office: 'US', number, kind: 'A', docdb, epodoc: `US${year}${serial}` });
    },
  ],
  // Japan in words.
  [
    /^(特許)(?:第)?(\d{6,7})号?$/u,
    ([text, right = '', serial = '']) => grant('JP', serial, JP_RIGHTS[right] ?? '', text),
  ],
  [
    /^(実用新案登録|意匠登録)(?:第)?(\d{5,7})号?$/u,
    ([text, right = '', serial = '']) => grant('JP', serial, JP_RIGHTS[right] ?? '', text),
  ],
  [
    /^(昭和|平成|令和|大正|明治)(元|\d{1,2})年?(特許|実用新案登録|意匠登録)願(?:第)?(\d{1,6})号?$/u,
    ([, era = '', year = '', right = '', serial = '']) =>
      officeApplication(
        'JP',
        `${JP_FILED[right]}${ERA_LETTERS[era]}${year === '元' ? '1' : year}-${serial.padStart(6, '0')}`,
      ),
  ],
  [
    /^(?:再表|再公表特許)(?:WO)?((?:19|20)?\d{2})[/-](\d{5,6})(?:号)?$/u,
    ([text, year = '', serial = '']) => {
      const full = year.length === 4 ? year : (Number(year) >= 78 ? '19' : '20') + year;
      const number = `WO${full}${serial.padStart(6, '0')}`;
      return reading({ type: 'publication', office: 'JP', number, kind: 'A1', original: text, display: text });
    },
  ],
  [/^JP-?([ABUY])-?([SHR])?(\d{1,2}|(?:19|20)\d{2})-(\d{1,6})$/, jpEnglish],
  // Korea in words and by its kinds of rights.
  [
    /^(?:KR)?(?:대한민국)?(?:등록)?(?:특허|실용신안|디자인)?(?:등록)?(?:제)?([123])0-(\d{6,7})(?:호)?([BYS]\d?)?$/u,
    koreanRight,
  ],
  [/^(?:KR)?(?:대한민국)?공개(?:특허|실용신안)?(?:제)?([12])0-?((?:19|20)\d{2})-?(\d{7})(?:호)?$/u, koreanOpen],
  // Germany before 2004.
  [/^(?:DE)?([PG])(\d{2})(\d{5})\.(\d)$/, germanFile],
  [/^(?:DE)1(\d{2})(\d{5})\.(\d)$/, germanMillennium],
  // Seven digits that no French publication has: two of the year, five of serial.
  [/^FR([04-9]\d{6})A?$/, ([, digits = '']) => officeApplication('FR', digits)],
  [/^TW((?:0\d{2}|1[01]\d)[123]\d{5})$/, ([, digits = '']) => officeApplication('TW', digits)],
  [/^ES([PU](?:19|20)\d{7})$/, ([, digits = '']) => officeApplication('ES', digits)],
  [/^((?:19|20)\d{8}\/\d{2})$/, ([, digits = '']) => officeApplication('RU', digits)],
  // Brazil prints a check digit, which is no part of the number.
  [/^(?:BR)?((?:PI|MU|C1)\d{7})-\d$/, ([, digits = '']) => officeApplication('BR', digits)],
  [/^BR((?:1[0-3]|20)20\d{8})-?\d$/, ([, digits = '']) => officeApplication('BR', digits)],
  [
    /^BR((?:PI|MU|C1)\d{7}|(?:1[0-3]|20)20\d{8})-?\d([A-Z]\d?)$/,
    ([, number = '', kind]) => reading({ type: 'publication', office: 'BR', number, kind }),
  ],
  // DOCDB applications of China: no publication has twelve digits, or eight that begin with such a year.
  [
    /^CN((?:89|9\d|0[0-3])[1-389]\d{5}|(?:200[3-9]|20[1-4]\d)[1-389]\d{7})([AUS])$/,
    ([, number = '', kind = '']) =>
      reading({ type: 'application', office: 'CN', number, kind, docdb: `CN${number}${kind}`, epodoc: `CN${number}` }),
  ],
];

function epApplicationOf(year: string, serial: string): NumberReading {
  const number = year.slice(2) + serial;
  return reading({ type: 'application', office: 'EP', number, kind: 'A', epodoc: `EP${year}0${serial}` });
}

/** Reads a folded text in one of the writings beside the offices' main rules. */
export function readWriting(text: string): NumberReading | undefined {
  for (const [form, read] of WRITINGS) {
    const match = form.exec(text);
    const found = match ? read(match) : null;
    if (found) return found;
  }
  return undefined;
}
