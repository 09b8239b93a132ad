import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { FORMATS, type ParseOptions, parseBytes, type ReadItem, readMapping } from '@quanlian/formats';
import fc from 'fast-check';

const FOLDER = new URL('../../packages/formats/src/', import.meta.url);

/** A sound file that damage is done to, and how it is read. */
interface Sound {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly options: ParseOptions;
}

const fixtures = (format: string): Sound[] => {
  const own = new URL(`${format}/fixtures/`, FOLDER);
  if (!existsSync(own)) return [];
  return readdirSync(own)
    .filter((name) => !name.endsWith('.expected.json'))
    .map((name) => ({ name, bytes: readFileSync(new URL(name, own)), options: {} }));
};

const MAPPING = readMapping(
  JSON.stringify({
    name: 'a list',
    fields: { publication: 'No', title: 'Title', applicants: { column: 'Owners', split: ';;' } },
  }),
  'mapping.json',
);

/** Formats whose files are not among the fixtures of a folder of their own. */
const OTHERS: Readonly<Record<string, () => Sound[]>> = {
  table: () => [
    {
      name: 'list.csv',
      bytes: Buffer.from(
        'No,Title,Owners\r\nUS 2015/0129711 A1,"A ""red"", big\nlantern",A CO;;B CO\r\nEP1B1,Lamp,C\r\n',
      ),
      options: { mapping: MAPPING },
    },
  ],
  'us-fulltext-start': () =>
    fixtures('us-fulltext').map(({ name, bytes, options }) => {
      const text = Buffer.from(bytes).toString('utf8');
      return { name, bytes: Buffer.from(text.replaceAll('"description"', '"description_start"')), options };
    }),
};

const soundFiles = (format: string): Sound[] => OTHERS[format]?.() ?? fixtures(format);

/** Every reader, in two halves that run side by side. */
export const halves = [0, 1].map((rest) => FORMATS.filter((_, index) => index % 2 === rest));

/** Pieces that parsers are known to trip over. */
const NASTY = [
  ...['<', '>', '&', '&amp;', ']]>', '<![CDATA[', '<!--', '-->', '"', "'", '</', '/>', '\0', '\ufeff', '{', '}', '['],
  ...[
    '\n',
    '\r',
    '\t',
    ',',
    '<?xml ',
    '<?',
    '&#0;',
    '&#x10FFFF;',
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    'PATN\n',
    '\ud800',
  ],
  ...['\u00a0', '\u2028', 'null', '9'.repeat(400), ' '.repeat(400), '<a>'.repeat(600)],
];

const damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    drop: fc.nat({ max: 200 }),
    put: fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 20 })),
    /** Bytes from elsewhere in the file that are put there once more. */
    copy: fc.record({ from: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat({ max: 300 }) }),
  }),
  { minLength: 1, maxLength: 6 },
);

type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damaged(bytes: Uint8Array, edits: Damage): Buffer {
  let result = Buffer.from(bytes);
  for (const { at, drop, put, copy } of edits) {
    const from = Math.floor(at * result.length);
    const start = Math.floor(copy.from * result.length);
    result = Buffer.concat([
      result.subarray(0, from),
      Buffer.from(put),
      result.subarray(start, start + copy.length),
      result.subarray(Math.min(result.length, from + drop)),
    ]);
  }
  return result;
}

/** What is wrong with what came of a damaged file; undefined when nothing is. */
function faultOf(items: readonly ReadItem[], milliseconds: number): string | undefined {
  // A file that holds something gives something: a document, an image or a refusal that says why.
  if (items.length === 0) return 'it vanished without a word';
  for (const item of items) {
    if (item.type === 'failure' && item.failure.code === 'record.reader_failed') return item.failure.message;
  }
  return milliseconds > SLOW ? `it took ${Math.round(milliseconds)} ms` : undefined;
}

/** Milliseconds of processor time that no small file may take; a busy machine does not add to them. */
const SLOW = 10_000;

/** A name that says nothing of what the file is: one that ends like a list or a text may be passed over, and is counted. */
const NAMELESS = 'damaged';

export interface Found {
  readonly runs: number;
  readonly seed: number;
  readonly faults: readonly string[];
}

const SECONDS = Number(process.env['QUANLIAN_FUZZ_SECONDS'] ?? 10);
const SEED = Number(process.env['QUANLIAN_FUZZ_SEED'] ?? Date.now() % 2 ** 31);

/** Reads damaged files of a format until its time is up, or a fault is found, which is then made as small as can be. */
export async function fuzz(format: string): Promise<Found> {
  const sounds = soundFiles(format);
  let runs = 0;
  const faults: string[] = [];
  for (const { name, bytes, options } of sounds) {
    const property = fc.asyncProperty(damage, async (edits) => {
      runs += 1;
      const begun = process.cpuUsage();
      const items = await parseBytes(damaged(bytes, edits), NAMELESS, { ...options });
      const { user, system } = process.cpuUsage(begun);
      const fault = faultOf(items, (user + system) / 1000);
      if (fault !== undefined) throw new Error(fault);
    });
    const result = await fc.check(property, {
      seed: SEED,
      numRuns: Number.MAX_SAFE_INTEGER,
      interruptAfterTimeLimit: (SECONDS * 1000) / sounds.length,
      markInterruptAsFailure: false,
    });
    if (!result.failed) continue;
    const why = result.errorInstance instanceof Error ? result.errorInstance.message : String(result.errorInstance);
    faults.push(`${format}/${name}: ${why}\n${fc.defaultReportMessage(result)}`);
  }
  process.stdout.write(`${format}: ${runs} damaged files in ${SECONDS} s, seed ${SEED}, ${faults.length} faults\n`);
  return { runs, seed: SEED, faults };
}
