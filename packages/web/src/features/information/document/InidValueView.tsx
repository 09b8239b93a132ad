import type { Classification, DocumentNumber, Party, Related } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { languageName, officeName, typeName } from '../../../app/names.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { type InidValue, relationCode } from './inid.js';
import { classQuery, numberText, partyPlace, quoted } from './texts.js';

function NumberView({ number }: { number: DocumentNumber }) {
  return (
    <>
      <span className="code">{numberText(number)}</span>
      {number.date === undefined ? null : <span className="figures quiet"> {number.date}</span>}
      {number.original === undefined || number.office === undefined ? null : (
        <span className="quiet"> {number.office}</span>
      )}
    </>
  );
}

function PartyView({ party, link }: { party: Party; link: string }) {
  const place = partyPlace(party);
  return (
    <>
      <Link to="/search" search={{ q: `${link}:${quoted(party.name)}` }}>
        {party.name}
      </Link>
      {party.organization === undefined || party.organization === party.name ? null : `, ${party.organization}`}
      {place === '' ? null : <span className="quiet"> {place}</span>}
    </>
  );
}

function ClassView({ item }: { item: Classification }) {
  const { t } = useLanguage();
  const query = classQuery(item);
  const notes = [
    item.version,
    item.position === 'F' ? t('document:class.first') : undefined,
    item.value === 'I'
      ? t('document:class.invention')
      : item.value === 'A' || item.value === 'N'
        ? t('document:class.additional')
        : item.value,
  ].filter((note) => note !== undefined && note !== '');
  return (
    <>
      {query === undefined ? (
        <span className="code">{item.symbol}</span>
      ) : (
        <Link className="code" to="/search" search={{ q: query }}>
          {item.symbol}
        </Link>
      )}
      <span className="quiet"> {[item.scheme, ...notes].join(' · ')}</span>
    </>
  );
}

/** The code's own words name the relation; the source's word is added only where the code says no more than "related". */
function RelatedView({ related }: { related: Related }) {
  const { id, document, relation } = related;
  const rest = id === undefined ? document : document?.date === undefined ? undefined : { date: document.date };
  return (
    <>
      {relationCode(relation) === '60' ? <span className="quiet">{relation} </span> : null}
      {id === undefined ? null : (
        <Link className="code" to="/publications/$id" params={{ id }}>
          {id}
        </Link>
      )}{' '}
      {rest === undefined ? null : <NumberView number={rest} />}
    </>
  );
}

/** One value under an INID code, with its link into the search where that helps. */
export function InidValueView({ value }: { value: InidValue }) {
  const { t, tag } = useLanguage();
  switch (value.as) {
    case 'text':
      return <span className="figures">{value.text}</span>;
    case 'type':
      return typeName(value.type, t);
    case 'office':
      return `${value.code} ${officeName(value.code, t, tag)}`;
    case 'language':
      return languageName(value.code, t, tag);
    case 'date':
      return <time dateTime={value.date}>{value.date}</time>;
    case 'number':
      return <NumberView number={value.number} />;
    case 'party':
      return <PartyView party={value.party} link={value.link} />;
    case 'class':
      return <ClassView item={value.item} />;
    case 'related':
      return <RelatedView related={value.related} />;
    case 'offices':
      return <span className="code">{value.codes.join(' ')}</span>;
  }
}
