import type { Hit, PatentDocument } from '@quanlian/contract';
import { applicantNames, classSymbols } from '../content/document.js';
import { makePassages } from './highlight.js';
import type { ScoredLeaf } from './plan.js';

/** Languages whose title is shown when the document has none in its own. */
const PREFERRED_LANGUAGES = ['en', 'zh'];

function titleOf({ titles = {}, lang }: PatentDocument): { title: string | null; titleLang?: string } {
  const wanted = [...(lang === undefined ? [] : [lang]), ...PREFERRED_LANGUAGES, ...Object.keys(titles)];
  const titleLang = wanted.find((candidate) => titles[candidate] !== undefined);
  return titleLang === undefined ? { title: null } : { title: titles[titleLang], titleLang };
}

const isDemo = (doc: PatentDocument): boolean => doc.extra?.['demo'] === true;

/** A document as a line of a result. */
export function makeHit(doc: PatentDocument, score: number | null, leaves: readonly ScoredLeaf[]): Hit {
  const { id, office, kind, date, type, familyId } = doc;
  return {
    id,
    office,
    ...(kind === undefined ? {} : { kind }),
    ...(date === undefined ? {} : { date }),
    ...titleOf(doc),
    applicants: applicantNames(doc),
    classes: classSymbols(doc),
    ...(type === undefined ? {} : { type }),
    ...(familyId === undefined ? {} : { family: familyId }),
    ...(isDemo(doc) ? { demo: true } : {}),
    score,
    passages: makePassages(doc, leaves),
  };
}
