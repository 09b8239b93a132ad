import hongKongVariants from 'opencc-js/dict/HKVariants';
import traditionalToSimplified from 'opencc-js/dict/TSCharacters';
import taiwanVariants from 'opencc-js/dict/TWVariants';

type CodePoint = number;

function readPairs(pairs: string): [CodePoint, CodePoint][] {
  const read: [CodePoint, CodePoint][] = [];
  for (const pair of pairs.split('|')) {
    const [from, to] = pair.split(' ').map((side) => side.codePointAt(0));
    if (from !== undefined && to !== undefined) read.push([from, to]);
  }
  return read;
}

/**
 * A regional form takes the simplified form of the standard one, unless it is itself a simplified character:
 * 么 is Taiwan's form of 幺 but also the simplified form of 麼, and stays.
 */
function addVariants(table: Map<CodePoint, CodePoint>, simplified: ReadonlySet<CodePoint>, pairs: string): void {
  for (const [standard, regional] of readPairs(pairs)) {
    if (!table.has(regional) && !simplified.has(regional)) table.set(regional, table.get(standard) ?? standard);
  }
}

/** CJK compatibility ideographs are canonically equal to a unified one (Unicode, chapter 18). */
function addCompatibility(table: Map<CodePoint, CodePoint>): void {
  for (const [first, last] of [
    [0xf900, 0xfaff],
    [0x2f800, 0x2fa1f],
  ] as const) {
    for (let code = first; code <= last; code++) {
      const unified = String.fromCodePoint(code).normalize('NFC').codePointAt(0) ?? code;
      if (unified !== code) table.set(code, table.get(unified) ?? unified);
    }
  }
}

function settle(table: Map<CodePoint, CodePoint>): void {
  for (const from of table.keys()) {
    let to = from;
    for (let step = 0; step < 4; step++) to = table.get(to) ?? to;
    if (to === from) table.delete(from);
    else table.set(from, to);
  }
}

function buildTable(): ReadonlyMap<CodePoint, CodePoint> {
  const pairs = readPairs(traditionalToSimplified);
  const table = new Map(pairs);
  const simplified = new Set(pairs.map(([, to]) => to));
  addVariants(table, simplified, taiwanVariants);
  addVariants(table, simplified, hongKongVariants);
  addCompatibility(table);
  settle(table);
  return table;
}

let built: ReadonlyMap<CodePoint, CodePoint> | undefined;

/**
 * The simplified form of one Han character, itself when it has none. Character by character on purpose: a
 * phrase-aware conversion would give one text different forms in different surroundings.
 */
export function foldHan(code: CodePoint): CodePoint {
  built ??= buildTable();
  return built.get(code) ?? code;
}
