import { QuanlianError } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import { createCollector, descriptionParts, imageCounts, readClaims } from '../common/blocks.js';
import type { Draft, LeftOutRules, Repair, XmlReader } from '../common/reader.js';
import { otherData } from '../common/rest.js';
import { compact, documentNumber, isoDate } from '../common/values.js';
import { renderText } from '../text/inline.js';
import { at, attribute, child, children, descendants, every, value, type XmlElement } from '../xml/tree.js';
import {
  readCitations,
  readClassifications,
  readFieldOfSearch,
  readPct,
  readPriorities,
  readRelated,
} from './bibliography.js';
import { readParties } from './parties.js';

const leftOut: LeftOutRules = [
  ['**/COLSPEC', 'layout of a table'],
  ['**/colspec', 'layout of a table'],
  ['**/MATHEMATICA', 'names the file of the formula program; its image is in the text'],
  ['**/CHEMCDX', 'names the drawing-program file of a structure whose image is in the text'],
  ['**/CHEMMOL', 'names the drawing-program file of a structure whose image is in the text'],
];

/** Elements that the SGML form of the format writes without an end tag. */
const EMPTY =
  'B221US|B473US|B597US|CHEMCDX|CHEMMOL|CITED-BY-EXAMINER|CITED-BY-OTHER|CRF|CUSTOM-CHARACTER|DEL-E|DEL-S|DFREF|EMI|EMR|FOR|INS-E|INS-S|LSTREF|MATHEMATICA|PAREF|TBLREF|SEQREF|COLSPEC|SPANSPEC';
const OPEN_EMPTY = new RegExp(String.raw`<(${EMPTY})((?:\s[^<>]*?)?)\s*(?<!/)>(?!\s*</\1>)`, 'g');

/** The weekly files of 2001 are SGML: empty elements stand there without the slash that XML wants. */
const sgmlEmptyElements: Repair = {
  name: 'sgml-empty-elements',
  apply: (text) => text.replace(OPEN_EMPTY, '<$1$2/>'),
};

/** US grants of 2001 to 2004 in ST.32, SGML v2.4 and XML v2.5. */
export const usSt32: XmlReader = {
  format: 'us-st32',
  roots: ['PATDOC'],
  leftOut,
  repairs: [sgmlEmptyElements],
  read: readPatdoc,
};

function readPatdoc(root: XmlElement): Draft {
  const biblio = child(root, 'SDOBI');
  const printed = value(biblio, 'B100/B110/DNUM');
  if (!biblio || !printed) throw new QuanlianError('record.no_number', 'The record has no number in B110.');
  const office = value(biblio, 'B100/B190') ?? 'US';
  const canonical = canonicalPublication(office, printed, value(biblio, 'B100/B130'));
  const lang = 'en';
  const type = typeOfNumber(canonical.number);
  const collector = createCollector();
  const date = isoDate(value(biblio, 'B100/B140/DATE'));
  const { citations, extra: citationExtra } = readCitations(biblio, collector);
  const { related, extra: relatedExtra } = readRelated(biblio);
  const { pct, extra: pctExtra } = readPct(biblio);
  const title = at(biblio, 'B500/B540');
  const abstract = descendants(child(root, 'SDOAB'), 'PARA').map((one) => renderText(one, collector));
  const application = applicationOf(biblio);
  const fields = {
    id: publicationId(canonical),
    ...canonical,
    date,
    type,
    lang,
    application,
    priorities: readPriorities(biblio),
    related,
    pct,
    termAdjustmentDays: count(biblio, 'B400/B472/B474US'),
    titles: compact({ [lang]: title && renderText(title, collector) }) as Record<string, string>,
    abstracts: compact({ [lang]: abstract.join('\n') }) as Record<string, string>,
    ...readParties(biblio),
    classifications: readClassifications(biblio, type === 'design'),
    fieldOfSearch: readFieldOfSearch(biblio),
    citations,
    claims: claimLists(root).flatMap((list) =>
      readClaims(list, { lang, claim: 'CLM', reference: 'CLREF', id: 'ID', target: 'ID' }, collector),
    ),
    description: children(root, 'SDODE').flatMap((one) => descriptionParts(one, lang, collector)),
    figures: [
      ...every(root, 'SDODR/EMI').map((image, index) =>
        compact({ number: sheet(image, index), file: attribute(image, 'FILE') }),
      ),
      ...collector.images.map(({ file, use }) => ({ file, text: use })),
    ],
  };
  const extra = {
    ...readExtra(root, biblio),
    ...citationExtra,
    ...relatedExtra,
    ...pctExtra,
    ...compact({ images: imageCounts(collector.images) }),
    ...otherData(root, leftOut),
  };
  return { document: compact({ ...fields, extra }), sourceDate: date };
}

/** Sheet 0 is the drawing chosen for the front page; the others have no number of a figure, only of a sheet. */
function sheet(_: XmlElement, index: number): string | undefined {
  return index === 0 ? undefined : String(index);
}

function claimLists(root: XmlElement): XmlElement[] {
  const block = child(root, 'SDOCL');
  if (!block) return [];
  const lists = descendants(block, 'CL');
  return lists.length > 0 ? lists : [block];
}

function applicationOf(biblio: XmlElement) {
  const number = value(biblio, 'B200/B210/DNUM');
  const date = isoDate(value(biblio, 'B200/B220/DATE'));
  return number ? documentNumber({ office: 'US', number, date: date?.replace(/-/g, '') }) : undefined;
}

function readExtra(root: XmlElement, biblio: XmlElement): Record<string, unknown> {
  return compact({
    seriesCode: value(biblio, 'B200/B211US'),
    numberOfClaims: count(biblio, 'B500/B570/B577'),
    exemplaryClaims: every(biblio, 'B500/B570/B578US').flatMap((one) => value(one) ?? []),
    drawingSheets: count(biblio, 'B500/B590/B595'),
    numberOfFigures: count(biblio, 'B500/B590/B596'),
    termYears: count(biblio, 'B400/B472/B474'),
    terminalDisclaimer: at(biblio, 'B400/B472/B473US') ? true : undefined,
    artUnit: value(biblio, 'B700/B745/B748US'),
    claimStatement: value(root, 'SDOCL/H'),
  });
}

function count(biblio: XmlElement, path: string): number | undefined {
  const number = Number.parseInt(value(biblio, path) ?? '', 10);
  return Number.isNaN(number) ? undefined : number;
}

function typeOfNumber(number: string): string {
  const letters = /^[A-Z]*/.exec(number)?.[0] ?? '';
  return { D: 'design', PP: 'plant', RE: 'reissue', H: 'sir', T: 'defensive-publication' }[letters] ?? 'invention';
}
