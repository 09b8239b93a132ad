import type { PatentDocument } from '@quanlian/contract';
import type { PublicationAnswer } from '../../../app/api/types.js';

/** Parts of the page in their order; each name is also the anchor. */
const SECTIONS = [
  'abstract',
  'bibliography',
  'claims',
  'drawings',
  'description',
  'family',
  'legal',
  'citations',
  'similar',
  'events',
  'sources',
] as const;
export type SectionName = (typeof SECTIONS)[number];

/** The parts a document has something for. Family, legal status, citations and events always show, because their lack is worth saying. */
export function sectionsOf({ document, files }: PublicationAnswer): SectionName[] {
  const empty: Partial<Record<SectionName, boolean>> = {
    abstract: Object.keys(document.abstracts ?? {}).length === 0,
    claims: !document.claims?.length,
    drawings: !document.figures?.length && Object.keys(files).length === 0,
    description: !document.description?.length,
  };
  return SECTIONS.filter((name) => empty[name] !== true);
}

/** The title in the document's own language, else the first there is. */
export function titleOf({ titles = {}, lang }: PatentDocument): { lang: string; text: string } | undefined {
  const own = lang === undefined ? undefined : titles[lang];
  if (lang !== undefined && own !== undefined) return { lang, text: own };
  const [first] = Object.entries(titles);
  return first === undefined ? undefined : { lang: first[0], text: first[1] };
}
