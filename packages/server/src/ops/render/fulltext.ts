import type { Claim, DescriptionPart, PatentDocument } from '@quanlian/contract';
import { leaf, tag } from '../xml.js';

const FULLTEXT = { xmlns: 'http://www.epo.org/fulltext', 'xmlns:ftxt': 'http://www.epo.org/fulltext' };

function groupByLanguage<Item extends { readonly lang: string }>(items: readonly Item[]): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(item.lang, [...(groups.get(item.lang) ?? []), item]);
  return [...groups];
}

const upper = (lang: string): string => lang.toUpperCase();

/** All claims of a language stand in one element, each text with its number, as the service gives them. */
function claimsOf(claims: readonly Claim[]): string {
  return groupByLanguage(claims)
    .map(([lang, list]) => {
      const texts = list.map(({ number, text }) =>
        leaf('claim-text', /^\s*\d+\s*[.)]/.test(text) ? text : `${number}. ${text}`),
      );
      return tag('claims', tag('claim', texts.join('\n')), { lang: upper(lang) });
    })
    .join('');
}

function paragraphOf({ heading, number, text }: DescriptionPart): string {
  const marked = number && text && !text.startsWith('[') ? `[${number}] ${text}` : text;
  return leaf('p', heading) + leaf('p', marked);
}

function descriptionOf(parts: readonly DescriptionPart[]): string {
  return groupByLanguage(parts)
    .map(([lang, list]) => tag('description', list.map(paragraphOf).join(''), { lang: upper(lang) }))
    .join('');
}

/** One part of a full text; undefined when the publication has none. */
export function fulltextDocument(doc: PatentDocument, part: 'claims' | 'description'): string | undefined {
  const given = doc.wire?.[part];
  if (given !== undefined) return given;
  const text = part === 'claims' ? claimsOf(doc.claims ?? []) : descriptionOf(doc.description ?? []);
  if (text === '') return undefined;
  const { office, number, kind } = doc;
  const id = tag('document-id', leaf('country', office) + leaf('doc-number', number) + leaf('kind', kind));
  const reference = tag('publication-reference', id, { 'data-format': 'docdb' });
  return tag('ftxt:fulltext-document', tag('bibliographic-data', reference) + text, {
    system: 'ops.epo.org',
    'fulltext-format': 'text-only',
  });
}

export const fulltextDocuments = (documents: readonly string[]): string =>
  tag('ftxt:fulltext-documents', documents.join(''), FULLTEXT);

/** Which parts of the full text are held, by language. */
export function fulltextInstances(doc: PatentDocument): string {
  const languages = (items: readonly { readonly lang: string }[] | undefined): string[] => [
    ...new Set((items ?? []).map(({ lang }) => upper(lang))),
  ];
  const instances = (desc: string, list: readonly string[]): string =>
    list
      .map((lang) =>
        tag('ops:fulltext-instance', tag('ops:fulltext-format-options', leaf('ops:fulltext-format', 'text-only')), {
          system: 'ops.epo.org',
          lang,
          desc,
        }),
      )
      .join('');
  return instances('description', languages(doc.description)) + instances('claims', languages(doc.claims));
}
