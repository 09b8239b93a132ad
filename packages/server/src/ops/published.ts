import type { PatentDocument } from '@quanlian/contract';
import type { LongPart, SearchBackend } from '@quanlian/engine';
import type { Reference } from './address.js';
import type { FamilySource } from './families.js';
import { fault, nothingFound } from './faults.js';
import { findPublications, fullCycle, onlyOne } from './find.js';
import type { InputNumber } from './input.js';
import { byApplication } from './legal-life.js';
import { abstractDocument, exchangeDocument, missingDocument } from './render/exchange.js';
import { askedReference } from './render/family.js';
import { fulltextDocument, fulltextDocuments, fulltextInstances } from './render/fulltext.js';
import { inquiredReference } from './render/numbers.js';
import { tag, worldPatentData } from './xml.js';

export interface PublishedDeps {
  readonly backend: SearchBackend;
  readonly families: FamilySource;
}

interface Question {
  readonly reference: Reference;
  readonly inputs: readonly InputNumber[];
  readonly constituents: readonly string[];
}

/** Publications of each number, which is answered once however often it is given; none for one that is not held. Throws when none of all is held. */
async function findAll(
  { backend }: PublishedDeps,
  { reference, inputs }: Question,
  narrow: (input: InputNumber, found: readonly PatentDocument[]) => PatentDocument[] | Promise<PatentDocument[]>,
  leaveOut?: readonly LongPart[],
): Promise<{ input: InputNumber; found: PatentDocument[] }[]> {
  const once = [...new Map(inputs.map((input) => [input.text, input])).values()];
  const all = await Promise.all(
    once.map(async (input) => ({
      input,
      found: await narrow(input, await findPublications(backend, reference, input, leaveOut)),
    })),
  );
  if (all.every(({ found }) => found.length === 0)) throw nothingFound();
  return all;
}

/** Bibliographic data, alone or of all publications of an application. */
async function biblio(deps: PublishedDeps, question: Question): Promise<string> {
  const { reference, constituents } = question;
  const whole = constituents.includes('full-cycle');
  const all = await findAll(deps, question, (input, found) => {
    if (whole) return found.length === 0 ? [] : fullCycle(deps.backend, found);
    return onlyOne(reference, input, found);
  });
  // A number given twice, or two numbers of one application, is answered once.
  const seen = new Set<string>();
  const documents = all.flatMap(({ input, found }) => {
    if (found.length === 0) return missingDocument(input);
    return found.filter(({ id }) => !seen.has(id) && seen.add(id)).map(exchangeDocument);
  });
  return worldPatentData('exchange', tag('exchange-documents', documents.join('')));
}

async function abstract(deps: PublishedDeps, question: Question): Promise<string> {
  const { reference } = question;
  const all = await findAll(deps, question, (input, found) => {
    const having = found.filter((doc) => abstractDocument(doc) !== undefined);
    return onlyOne(reference, input, input.form === 'epodoc' ? having : found);
  });
  const documents = all.flatMap(({ found }) => found.flatMap((doc) => abstractDocument(doc) ?? []));
  if (documents.length === 0) throw nothingFound();
  return worldPatentData('exchange', tag('exchange-documents', documents.join('')));
}

async function fulltext(deps: PublishedDeps, question: Question, part: 'claims' | 'description'): Promise<string> {
  const { reference } = question;
  const takeOne = (input: InputNumber, found: readonly PatentDocument[]): PatentDocument[] => {
    if (input.form !== 'epodoc') return onlyOne(reference, input, found);
    const having = found.filter((doc) => fulltextDocument(doc, part) !== undefined);
    return onlyOne(reference, input, having);
  };
  const other = part === 'claims' ? 'description' : 'claims';
  const all = await findAll(deps, question, takeOne, [other]);
  const documents = all.flatMap(({ found }) => found.flatMap((doc) => fulltextDocument(doc, part) ?? []));
  if (documents.length === 0) throw nothingFound();
  return worldPatentData(`pub-ftxt-${part}`, fulltextDocuments(documents));
}

async function inquiry(deps: PublishedDeps, question: Question): Promise<string> {
  const { reference } = question;
  const having = (input: InputNumber, found: readonly PatentDocument[]): PatentDocument[] =>
    onlyOne(reference, input, found).filter((doc) => fulltextInstances(doc) !== '');
  const all = await findAll(deps, question, having, []);
  const results = all.map(({ input, found }) =>
    found.length === 0
      ? ''
      : tag(
          'ops:fulltext-inquiry',
          askedReference(reference, input) +
            found
              .map((doc) => tag('ops:inquiry-result', inquiredReference('docdb', doc) + fulltextInstances(doc)))
              .join(''),
        ),
  );
  return worldPatentData('pub-inquiry', results.join(''));
}

/** The simple family, the publication itself first: of each application the first publication, with what was asked for of it. */
async function equivalents(deps: PublishedDeps, question: Question): Promise<string> {
  const { reference, constituents } = question;
  const all = await findAll(deps, question, (input, found) => onlyOne(reference, input, found));
  const inside = async (doc: PatentDocument): Promise<string> => {
    if (constituents.includes('full-cycle'))
      return (await fullCycle(deps.backend, [doc])).map(exchangeDocument).join('');
    if (constituents.includes('biblio')) return exchangeDocument(doc);
    return constituents.includes('abstract') ? (abstractDocument(doc) ?? '') : '';
  };
  const inquiries = await Promise.all(
    all.map(async ({ input, found }) => {
      const [asked] = found;
      if (!asked) return '';
      const members = (await deps.families.membersOf(asked, true)).filter(({ id }) => id !== asked.id);
      const firsts = byApplication([asked, ...members]).flatMap(([first]) => first ?? []);
      const results = await Promise.all(
        firsts.map(async (first) =>
          tag('ops:inquiry-result', inquiredReference('epodoc', first) + (await inside(first))),
        ),
      );
      return tag('ops:equivalents-inquiry', askedReference(reference, input) + results.join(''));
    }),
  );
  return worldPatentData('pub-inquiry', inquiries.join(''));
}

/** Answers the retrieval of published data by number. Throws faults. */
export async function publishedData(deps: PublishedDeps, question: Question): Promise<string> {
  const [first = 'biblio'] = question.constituents;
  switch (first) {
    case 'biblio':
    case 'full-cycle':
      return biblio(deps, question);
    case 'abstract':
      return question.constituents.some((one) => one !== 'abstract')
        ? biblio(deps, question)
        : abstract(deps, question);
    case 'claims':
    case 'description':
      return fulltext(deps, question, first);
    case 'fulltext':
      return inquiry(deps, question);
    case 'equivalents':
      return equivalents(deps, { ...question, constituents: question.constituents.slice(1) });
    default:
      throw fault('CLIENT.NotFound', `There is no service “${first}”.`);
  }
}

/** A family, or the legal events of one: members with the constituents asked for. */
export async function familyData(
  deps: PublishedDeps,
  question: Question,
  write: (asked: PatentDocument, input: InputNumber, members: PatentDocument[]) => string,
  style: string,
): Promise<string> {
  const { reference } = question;
  const all = await findAll(deps, question, (input, found) => onlyOne(reference, input, found).slice(0, 1));
  const families = await Promise.all(
    all.map(async ({ input, found: [asked] }) =>
      asked ? write(asked, input, await deps.families.membersOf(asked)) : '',
    ),
  );
  return worldPatentData(style, families.join(''));
}
