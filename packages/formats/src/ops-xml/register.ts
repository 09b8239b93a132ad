import { type LegalEvent, QuanlianError } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import type { Draft, LeftOutRules } from '../common/reader.js';
import { otherData } from '../common/rest.js';
import { compact, documentNumber, isoDate } from '../common/values.js';
import { at, attribute, child, children, every, value, type XmlElement } from '../xml/tree.js';

/** The publication that a search asked for by its number alone; undefined for any other search. */
function askedPublication(query = ''): { office: string; number: string } | undefined {
  const number = /^\s*(?:publication|pn)\s*=\s*"?EP\s*(\d{1,9})"?\s*$/i.exec(query)?.[1];
  return number === undefined ? undefined : { office: 'EP', number };
}

/**
 * A document of the European Patent Register: states, events and procedural steps of an application. It joins the
 * latest European publication it names or, where it holds events or procedural steps alone, the one that was asked for
 * (`query` of its surroundings); what the published documents say themselves goes to `extra.register`.
 */
export function readRegister(
  root: XmlElement,
  rules: LeftOutRules,
  context: Readonly<Record<string, string>> = {},
): Draft {
  const biblio = child(root, 'bibliographic-data');
  const publications = every(biblio, 'publication-reference/document-id').map((one) => ({
    office: value(one, 'country'),
    number: value(one, 'doc-number'),
    kind: value(one, 'kind'),
    date: isoDate(value(one, 'date')),
  }));
  const named = publications
    .filter((one) => one.office === 'EP' && one.number !== undefined)
    .sort(
      (a, b) =>
        Number(a.kind !== undefined) - Number(b.kind !== undefined) || (a.date ?? '').localeCompare(b.date ?? ''),
    )
    .at(-1);
  const asked = biblio === undefined ? askedPublication(context['query']) : undefined;
  const own = named ?? (asked && { ...asked, kind: undefined, date: undefined });
  if (!own?.office || !own.number) {
    throw new QuanlianError(
      'record.no_number',
      'The register document names no European publication; ask for its bibliographic data together with it.',
    );
  }
  const canonical = canonicalPublication(own.office, own.number, own.kind);
  const application = at(biblio, 'application-reference/document-id');
  const number = value(application, 'doc-number');
  const states = every(root, 'ep-patent-statuses/ep-patent-status').map(
    (one): LegalEvent =>
      compact({
        office: 'EP',
        code: `status-${attribute(one, 'status-code') ?? ''}`,
        date: isoDate(attribute(one, 'change-date')),
        text: value(one),
      }),
  );
  const events = [...states, ...every(root, 'events-data/dossier-event').map(dossierEvent)];
  const steps = every(root, 'procedural-data/procedural-step').map(proceduralStep);
  const document = {
    id: publicationId(canonical),
    ...canonical,
    date: own.date,
    titles: Object.fromEntries(titlesOf(biblio)),
    application: number
      ? documentNumber({
          office: value(application, 'country'),
          number,
          date: value(application, 'date')?.replace(/-/g, ''),
        })
      : undefined,
    events: [...events, ...steps],
    extra: compact({
      registerStatus: attribute(root, 'status'),
      publications: publications.map((one) => compact(one)),
      register: otherData(root, rules).other,
    }),
  };
  return { document: compact(document), sourceDate: isoDate(attribute(root, 'date-produced')) };
}

/** The titles by language, so that a dossier is found by its words though nothing else of it is held. */
function titlesOf(biblio: XmlElement | undefined): [lang: string, title: string][] {
  return children(biblio, 'invention-title').flatMap((title): [string, string][] => {
    const text = value(title);
    return text === undefined ? [] : [[(attribute(title, 'lang') ?? 'und').toLowerCase(), text]];
  });
}

function dossierEvent(one: XmlElement): LegalEvent {
  const gazette = child(one, 'gazette-reference');
  const issue = value(gazette, 'gazette-num');
  const date = isoDate(value(gazette, 'date'));
  const texts = children(one, 'event-text').flatMap((text) => value(text) ?? []);
  return compact({
    office: 'EP',
    code: value(one, 'event-code') ?? '',
    date: isoDate(value(one, 'event-date/date')),
    text: [...texts, issue && `Bulletin ${[issue, date].filter(Boolean).join(' of ')}`].filter(Boolean).join('; '),
  });
}

function proceduralStep(one: XmlElement): LegalEvent {
  const dates = children(one, 'procedural-step-date').map((step) => ({
    type: attribute(step, 'step-date-type') ?? '',
    date: isoDate(value(step, 'date')),
  }));
  const [first, ...rest] = dates;
  const texts = children(one, 'procedural-step-text').flatMap((text) => {
    const words = value(text);
    const kind = attribute(text, 'step-text-type')?.toLowerCase().replace(/_/g, ' ');
    return words === undefined ? [] : [kind === undefined || kind === 'step_description' ? words : `${kind}: ${words}`];
  });
  const limits = children(one, 'time-limit').flatMap((limit) => {
    const length = value(limit);
    return length === undefined ? [] : [`time limit: ${length} ${attribute(limit, 'time-limit-unit') ?? ''}`.trim()];
  });
  const more = rest.map((each) => `${each.type.toLowerCase().replace(/_/g, ' ')}: ${each.date ?? ''}`);
  return compact({
    office: 'EP',
    code: value(one, 'procedural-step-code') ?? '',
    date: first?.date,
    text: [...texts, ...limits, ...more].join('; '),
  });
}
