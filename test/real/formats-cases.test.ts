import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { PatentDocument } from '@quanlian/contract';
import { parseBytes, type ReadItem } from '@quanlian/formats';
import { describe, expect, test } from 'vitest';
import type { Mapping } from './formats-mapping.js';
import { CNIPA, DOCDB, EP } from './formats-mapping-epo.js';
import { OLD_US, WO } from './formats-mapping-old-us.js';
import { US } from './formats-mapping-us.js';

const folder = process.env['QUANLIAN_CONFORMANCE'];
const data = process.env['QUANLIAN_REAL_DATA'];

interface Case {
  readonly id: string;
  readonly era: string;
  readonly file: string;
  readonly expected: Record<string, unknown>;
}

/** Which comparisons hold for which kind of case; the other kinds have no reader yet. */
const ERAS: readonly (readonly [RegExp, readonly Mapping[]])[] = [
  [/ICE v4/, US],
  [/EP full text/, EP],
  [/^DOCDB|^OPS biblio/, DOCDB],
  [/CNIPA/, CNIPA],
  [/greenbook APS|ST\.32/, OLD_US],
  [/^WO pamphlet/, WO],
];

/** Expected keys that the document has no place for, and why. */
const NO_PLACE: Readonly<Record<string, string>> = {
  format: 'name of the DTD; the source names the reader',
  status: 'whether the office made the file for production or for trial',
  file: "the office's own name of the file; the source names the file loaded",
  id: "the office's id of the file, made of the application number",
  tables: 'tables are rows of text, not counted',
  maths: 'formulas are linear text, not counted',
  locarno: 'null in every case',
  pctFiling: 'null in every case',
  attributes: 'attributes of the record; those with meaning are compared under their own keys',
};

/** Cases that look wrong, by id and key, with the reason. */
const DISPUTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  D0044: { ipcr: 'the expected symbols were cut at columns that these lines do not have (`7//0` for `7/ 00`)' },
  D0080: { abstracts: 'the expected text spells the entity &ccaron; out where the character belongs' },
};

if (!folder || !data) {
  process.stdout.write('Skipped: QUANLIAN_CONFORMANCE and QUANLIAN_REAL_DATA name no folders of cases and data.\n');
}

describe.skipIf(!folder || !data)('documents of the conformance collection', () => {
  const cases = folder ? (JSON.parse(readFileSync(join(folder, 'documents.json'), 'utf8')) as Case[]) : [];
  for (const one of cases) {
    const mappings = ERAS.find(([era]) => era.test(one.era))?.[1];
    if (!mappings) continue;
    test(`${one.id} ${one.era}`, async (context) => {
      const items = await load(one);
      const document = items && choose(items, one.file.split('#')[1]);
      if (!document) {
        context.skip(`the file of ${one.id} is not at hand`);
        return;
      }
      expect(differences(one, mappings, document)).toEqual([]);
    });
  }
});

function differences(one: Case, mappings: readonly Mapping[], document: PatentDocument): string[] {
  return Object.entries(one.expected).flatMap(([key, expected]) => {
    if (NO_PLACE[key] !== undefined || DISPUTED[one.id]?.[key] !== undefined || expected === null) return [];
    const mapping = mappings.find((candidate) => candidate.key === key);
    if (!mapping) return [`${key}: no mapping and no reason why`];
    const differs = mapping.differs(expected as never, document);
    return differs === undefined ? [] : [`${key} (${mapping.path}): ${differs}`];
  });
}

async function load(one: Case): Promise<ReadItem[] | undefined> {
  const [path = ''] = one.file.split('#');
  const found = [join(folder ?? '', path), ...candidates(path)].find((file) => existsSync(file));
  if (!found) return undefined;
  return parseBytes(readFileSync(found), basename(found));
}

/** The document meant by what follows `#`: an index from 0, or office, number and kind. */
function choose(items: readonly ReadItem[], inner: string | undefined): PatentDocument | undefined {
  const documents = items.flatMap((item) => (item.type === 'document' ? [item.document] : []));
  if (inner === undefined) return documents[0];
  if (/^\d+$/.test(inner)) return documents[Number(inner)];
  const [office = '', number = '', kind = ''] = inner.split('.');
  return documents.find(
    (document) => document.office === office && document.number === number && document.kind === kind,
  );
}

/** Where the same file lies in the data folder. */
function candidates(path: string): string[] {
  const name = basename(path);
  const folders: [RegExp, string][] = [
    [/^test-data-(grant|application)-(v4.*)$/, 'uspto-xml/go-uspto/$1/$2'],
    [/^uspto-test-data-test\.xml$/, 'uspto-xml/go-uspto/test.xml'],
    [/^samples-(xml\w*|sgml|greenbook)-(.*)$/, 'uspto-xml/PatentPublicData/$1/$2'],
    [/^testdata-(grant_us10000000b2_14643719\.xml)$/, 'uspto-xml/odp-testdata/$1'],
    [/^epo_docdb-test-data-(.*)$/, 'epo/docdb/epo_docdb/test-data/$1'],
  ];
  if (path.includes('go-epo-eps'))
    folders.unshift([/^test-data-(grant|application)-(v1.*)$/, 'epo/ep-fulltext-st36/$1/$2']);
  return folders.flatMap(([pattern, target]) =>
    pattern.test(name) ? [join(data ?? '', name.replace(pattern, target))] : [],
  );
}
