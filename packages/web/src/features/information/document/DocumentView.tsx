import type { PatentDocument } from '@quanlian/contract';
import { apiUrl } from '../../../app/api/client.js';
import type { PublicationAnswer } from '../../../app/api/types.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { SimilarSection } from '../similar/SimilarSection.js';
import { Abstracts } from './Abstracts.js';
import { Bibliography } from './Bibliography.js';
import { CitationSection } from './Citations.js';
import { ClaimChanges } from './ClaimChanges.js';
import { ClaimSection } from './Claims.js';
import { DescriptionSection } from './Description.js';
import { DrawingSection } from './Drawings.js';
import { EventSection } from './Events.js';
import { Extra } from './Extra.js';
import { FamilySection } from './Family.js';
import { FieldSection } from './Fields.js';
import { LegalSection } from './LegalLife.js';
import { PublicationLinks } from './PublicationLinks.js';
import { SourceSection } from './Sources.js';
import { type SectionName, sectionsOf, titleOf } from './sections.js';

/** The way to each part of the document that is there. */
function Contents({ sections }: { sections: SectionName[] }) {
  const { t } = useLanguage();
  return (
    <nav aria-label={t('document:contents')}>
      <ul className="contents plain-list row note">
        {sections.map((name) => (
          <li key={name}>
            <a href={`#${name}`}>{t(`document:section.${name}`)}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Head({ document, alternatives }: { document: PatentDocument; alternatives: string[] }) {
  const { t } = useLanguage();
  const titles = Object.entries(document.titles ?? {});
  const main = titleOf(document);
  return (
    <header className="document__head">
      <p className="row">
        <span className="document__id code">{document.id}</span>
        {document.extra?.['demo'] === true ? <span className="tag tag--demo">{t('document:demo')}</span> : null}
        <a className="note" href={apiUrl(`/publications/${encodeURIComponent(document.id)}`)}>
          {t('document:json')}
        </a>
      </p>
      <h1 lang={main?.lang}>
        <span className="inid">(54)</span> {main?.text ?? t('document:noTitle')}
      </h1>
      {titles
        .filter(([lang]) => lang !== main?.lang)
        .map(([lang, text]) => (
          <p key={lang} className="document__title" lang={lang}>
            {text}
          </p>
        ))}
      {alternatives.length === 0 ? null : (
        <div className="row note">
          {t('document:alternatives')} <PublicationLinks ids={alternatives} />
        </div>
      )}
    </header>
  );
}

export function DocumentView({ publication }: { publication: PublicationAnswer }) {
  const { document, linked, citedBy, files } = publication;
  const sections = sectionsOf(publication);
  return (
    <article className="document">
      <Head document={document} alternatives={publication.alternatives} />
      <Contents sections={sections} />
      <Abstracts abstracts={document.abstracts ?? {}} />
      <div className="beside">
        <Bibliography document={document} />
        <FieldSection id={document.id} />
      </div>
      <ClaimSection claims={document.claims ?? []} />
      {document.claims?.length ? <ClaimChanges key={`claims ${document.id}`} id={document.id} /> : null}
      <DrawingSection figures={document.figures ?? []} files={files} />
      <DescriptionSection parts={document.description ?? []} />
      <FamilySection id={document.id} />
      <LegalSection key={`legal ${document.id}`} id={document.id} />
      <CitationSection id={document.id} citations={document.citations ?? []} linked={linked} citedBy={citedBy} />
      <SimilarSection key={document.id} id={document.id} />
      <EventSection id={document.id} events={document.events ?? []} />
      <SourceSection sources={document.sources} />
      <Extra extra={document.extra ?? {}} />
    </article>
  );
}
