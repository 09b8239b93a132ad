import { isUtf8 } from 'node:buffer';

/** What the bytes of a text that is not UTF-8 look like: a label of the WHATWG Encoding Standard, and its name. */
export interface Guess {
  readonly label: string;
  readonly name: string;
}

const LATIN: Guess = { label: 'windows-1252', name: 'Windows-1252 (Latin-1)' };
const GB: Guess = { label: 'gb18030', name: 'GB 18030' };
const CYRILLIC: Guess = { label: 'windows-1251', name: 'a single-byte encoding such as Windows-1251' };

const SAMPLE = 256 * 1024;
/** Fewer bytes or pairs than these say too little. */
const FEWEST_BYTES = 1;
const FEWEST_PAIRS = 4;
const FEWEST_KOREAN = 10;

interface Counts {
  /** Bytes from 0x80 on, how many of them stand alone between ASCII, and how many are letters of Latin alphabets. */
  high: number;
  alone: number;
  letters: number;
  /** Pairs of a lead and a trail byte, and what shares of them are: */
  pairs: number;
  lowTrail: number;
  common: number;
  shifted: number;
  eucKana: number;
  hangul: number;
  big5: number;
}

const within = (byte: number, from: number, to: number): boolean => byte >= from && byte <= to;

function countPair(counts: Counts, lead: number, trail: number): void {
  counts.pairs += 1;
  if (trail < 0x80) counts.lowTrail += 1;
  // The first level of GB 2312 holds the 3755 characters in daily use; rows 1 to 3 are punctuation and letters.
  if (trail >= 0xa1 && (within(lead, 0xb0, 0xd7) || within(lead, 0xa1, 0xa3))) counts.common += 1;
  if (within(lead, 0x81, 0x9f)) counts.shifted += 1;
  if (trail >= 0xa1 && within(lead, 0xa4, 0xa5)) counts.eucKana += 1;
  if (trail >= 0xa1 && (within(lead, 0xb0, 0xc8) || lead === 0xa1)) counts.hangul += 1;
  if (within(lead, 0xa1, 0xc6) && (within(trail, 0x40, 0x7e) || trail >= 0xa1)) counts.big5 += 1;
}

function count(bytes: Uint8Array): Counts {
  const counts = {
    high: 0,
    alone: 0,
    letters: 0,
    pairs: 0,
    lowTrail: 0,
    common: 0,
    shifted: 0,
    eucKana: 0,
    hangul: 0,
    big5: 0,
  };
  const end = Math.min(bytes.length, SAMPLE);
  let inPair = false;
  for (let at = 0; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte < 0x80) {
      inPair = false;
      continue;
    }
    const next = bytes[at + 1] ?? 0;
    counts.high += 1;
    if (byte >= 0xc0) counts.letters += 1;
    if ((bytes[at - 1] ?? 0) < 0x80 && next < 0x80) counts.alone += 1;
    const isTrail: boolean = inPair;
    inPair = !isTrail && next >= 0x40 && next !== 0x7f;
    if (inPair) countPair(counts, byte, next);
  }
  return counts;
}

function decodes(bytes: Uint8Array, label: string): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Guesses by how often the bytes come that each encoding uses most; undefined when nothing stands out. */
export function guessEncoding(bytes: Uint8Array): Guess | undefined {
  const { high, alone, letters, pairs, lowTrail, common, shifted, eucKana, hangul, big5 } = count(bytes);
  if (high < FEWEST_BYTES) return undefined;
  // An accented letter stands alone among plain ones; half a Chinese character hardly ever does.
  if (alone / high >= 0.4 && letters / high >= 0.5) return LATIN;
  if (pairs < FEWEST_PAIRS) return undefined;
  const share = (some: number): number => some / pairs;
  const candidates: readonly (readonly [boolean, Guess])[] = [
    [share(shifted) >= 0.3, { label: 'shift_jis', name: 'Shift_JIS' }],
    [share(eucKana) >= 0.25, { label: 'euc-jp', name: 'EUC-JP' }],
    [share(lowTrail) >= 0.15 && share(big5) >= 0.7, { label: 'big5', name: 'Big5' }],
    [pairs >= FEWEST_KOREAN && share(hangul) >= 0.97, { label: 'euc-kr', name: 'EUC-KR' }],
    [share(lowTrail) <= 0.1 && share(common) >= 0.7, GB],
    [letters / high >= 0.9 && share(common) < 0.4, CYRILLIC],
  ];
  return candidates.find(([fits, { label }]) => fits && decodes(bytes, label))?.[1];
}

/** Multi-byte characters that bytes under another label must hold for them to be UTF-8 beyond chance. */
const FEWEST_CHARACTERS = 3;

/** True for bytes that are UTF-8 although their label is another: no other encoding's text has that shape by chance. */
export function isUtf8AfterAll(bytes: Uint8Array): boolean {
  if (!isUtf8(bytes)) return false;
  let leads = 0;
  for (const byte of bytes) {
    if (byte >= 0xc2 && ++leads >= FEWEST_CHARACTERS) return true;
  }
  return false;
}

/** Single-byte labels: under them any bytes make a text, right or wrong. */
const SINGLE_BYTE = /^(?:iso-?8859-\d+|latin-?\d|windows-125\d|cp125\d|x-cp125\d)$/;
const CHINESE = /^(?:gb18030|gbk|gb2312|gb_2312(?:-80)?|x-gbk|big5)$/;
const FEWEST_CONTRARY = 8;

/** An encoding that the bytes plainly have although they can be read under their label; undefined when none. */
export function contraryTo(label: string, bytes: Uint8Array): Guess | undefined {
  const { high } = count(bytes);
  if (high < FEWEST_CONTRARY) return undefined;
  const guess = guessEncoding(bytes);
  if (guess === undefined || guess === CYRILLIC) return undefined;
  if (SINGLE_BYTE.test(label)) return guess === LATIN ? undefined : guess;
  return CHINESE.test(label) && guess === LATIN ? guess : undefined;
}

/** Characters that Windows-1252 has where ISO 8859-1 has control characters, by their code points. */
const SPECIALS = new Map(
  Array.from(new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i)), (one, i) => [
    one.codePointAt(0) as number,
    0x80 + i,
  ]),
);

/** Characters of UTF-8 that a text read twice must hold for that to be no chance. */
const FEWEST_TWICE = 2;

/**
 * The bytes as they were before their UTF-8 was taken for Windows-1252 or Latin-1 and written as UTF-8 once more;
 * undefined for bytes to which that did not happen. Every character beyond ASCII must fit, so that no word of a sound
 * text can change.
 */
export function undoDoubleEncoding(bytes: Uint8Array): Uint8Array | undefined {
  // The first byte of a character of two or more bytes (C2–F4) becomes C3 with another byte.
  // A buffer looks for a byte many times quicker than other views do.
  const first = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(0xc3);
  if (first < 0 || !within(bytes[first + 1] ?? 0, 0x82, 0xb4) || (bytes[first + 2] ?? 0) < 0xc2) return undefined;
  const text = new TextDecoder('utf-8').decode(bytes);
  const before = Buffer.alloc(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const byte = code < 0x100 ? code : SPECIALS.get(code);
    if (byte === undefined) return undefined;
    before[at] = byte;
  }
  if (!isUtf8(before)) return undefined;
  let leads = 0;
  for (const byte of before) if (byte >= 0xc2) leads += 1;
  return leads >= FEWEST_TWICE ? before : undefined;
}
