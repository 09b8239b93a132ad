import type { Citation } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import type { PublicationAnswer } from '../../../app/api/types.js';
import { formatNumber } from '../../../app/format.js';
import { withKeys } from '../../../app/withKeys.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { type Column, RecordTable } from '../../work/parts/RecordTable.js';
import { CitationGraph } from './CitationGraph.js';
import { phaseWords } from './citationWords.js';
import { PublicationLinks } from './PublicationLinks.js';

interface Props {
  id: string;
  citations: readonly Citation[];
  linked: Record<string, string>;
  citedBy: PublicationAnswer['citedBy'];
}

function Cited({ citation, linked }: { citation: Citation; linked: Record<string, string> }) {
  const { id, npl } = citation;
  if (id === undefined) return <span>{npl ?? '–'}</span>;
  const inCorpus = linked[id];
  if (inCorpus === undefined) return <span className="code">{id}</span>;
  return (
    <Link className="code" to="/publications/$id" params={{ id: inCorpus }}>
      {id}
    </Link>
  );
}

/** A choice among values that occur; nothing to choose when there are fewer than two. */
function Choice({ label, values, value, onChoose, show = (one) => one }: ChoiceProps) {
  const { t } = useLanguage();
  const id = useId();
  if (values.length < 2) return null;
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChoose(event.target.value)}>
        <option value="">{t('document:citation.all')}</option>
        {values.map((one) => (
          <option key={one} value={one}>
            {show(one)}
          </option>
        ))}
      </select>
    </>
  );
}

interface ChoiceProps {
  label: string;
  values: readonly string[];
  value: string;
  onChoose: (value: string) => void;
  show?: (value: string) => string;
}

/** The table with a choice of category (one of its letters) and of who cited, as the source says it. */
function CitationTable({ id, citations, linked }: Pick<Props, 'id' | 'citations' | 'linked'>) {
  const { t } = useLanguage();
  const [category, setCategory] = useState('');
  const [phase, setPhase] = useState('');
  const categories = [...new Set(citations.flatMap((one) => (one.category ?? '').match(/[A-Z]/g) ?? []))].sort();
  const phases = [...new Set(citations.flatMap((one) => one.phase ?? []))].sort();
  const shown = citations.filter(
    (one) => (category === '' || one.category?.includes(category)) && (phase === '' || one.phase === phase),
  );
  return (
    <>
      <div className="row">
        <Choice label={t('document:citation.category')} values={categories} value={category} onChoose={setCategory} />
        <Choice
          label={t('document:citation.phase')}
          values={phases}
          value={phase}
          onChoose={setPhase}
          show={(one) => phaseWords(one, t)}
        />
      </div>
      <CitationRows id={id} citations={shown} linked={linked} />
    </>
  );
}

function CitationRows({ id, citations, linked }: Pick<Props, 'id' | 'citations' | 'linked'>) {
  const { t } = useLanguage();
  type Row = { readonly key: string; readonly item: Citation };
  const told = (name: 'date' | 'category' | 'name') => ({
    name,
    title: t(`document:citation.${name}`),
    show: ({ item }: Row) => (name === 'date' ? <span className="figures">{item.date}</span> : item[name]),
    text: ({ item }: Row) => item[name] ?? '',
  });
  const columns: Column<Row>[] = [
    {
      name: 'document',
      title: t('document:citation.document'),
      show: ({ item }) => <Cited citation={item} linked={linked} />,
      text: ({ item }) => item.id ?? item.npl ?? '',
    },
    told('date'),
    told('category'),
    {
      name: 'phase',
      title: t('document:citation.phase'),
      show: ({ item }) => phaseWords(item.phase, t),
      text: ({ item }) => phaseWords(item.phase, t),
    },
    told('name'),
  ];
  return (
    <RecordTable
      caption={t('document:section.citations')}
      columns={columns}
      rows={withKeys(citations, ({ id: cited, npl }) => cited ?? npl ?? '')}
      keyOf={({ key }) => key}
      file={`cited-${id}`}
      cards
    />
  );
}

/** What the document cites, linked where the corpus has it, and what in the corpus cites it. */
export function CitationSection({ id, citations, linked, citedBy }: Props) {
  const { t, tag } = useLanguage();
  return (
    <section className="section" aria-labelledby="citations">
      <h2 id="citations">
        <span className="inid">(56)</span> {t('document:section.citations')}
      </h2>
      {citations.length === 0 ? (
        <p className="quiet">{t('document:citation.none')}</p>
      ) : (
        <CitationTable id={id} citations={citations} linked={linked} />
      )}
      <h3 className="cited-by">{t('document:citedBy.title', { total: formatNumber(citedBy.total, tag) })}</h3>
      {citedBy.total === 0 ? <p className="quiet">{t('document:citedBy.none')}</p> : null}
      <PublicationLinks ids={citedBy.ids} />
      {citedBy.total > citedBy.ids.length ? (
        <p className="note">{t('document:citedBy.more', { shown: formatNumber(citedBy.ids.length, tag) })}</p>
      ) : null}
      <CitationGraph id={id} />
    </section>
  );
}
