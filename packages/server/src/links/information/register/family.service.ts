import type { FamilyAnswer, FamilyMember, PatentDocument, QueryNode } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { applicationKey, createFamilies, type FamilyFacts, familyFacts } from '@quanlian/kernel';
import { titleOf } from './title.js';

/** More members than a page can show are not looked for; the answer says that it is not complete. */
const MOST_MEMBERS = 500;
const PER_STEP = 200;

async function allIds(
  backend: SearchBackend,
  query: QueryNode,
  most: number,
): Promise<{ ids: string[]; more: boolean }> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await backend.search({
      query,
      sort: 'oldest',
      limit: PER_STEP,
      ...(cursor === undefined ? {} : { cursor }),
    });
    ids.push(...page.hits.map(({ id }) => id));
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined && ids.length < most);
  return { ids: ids.slice(0, most), more: cursor !== undefined || ids.length > most };
}

/** Documents that name one of these applications as theirs, as a priority or as related, or bear one of these family numbers. */
function tiedBy(keys: readonly string[], families: readonly string[]): QueryNode {
  const values = (field: string, list: readonly string[]): QueryNode[] =>
    list.map((value) => ({ op: 'value', field, value }));
  return {
    op: 'or',
    clauses: [
      ...values('application', keys),
      ...values('priority', keys),
      ...values('related', keys),
      ...values('family', families),
    ],
  };
}

/** Everything tied to a document, directly or through others, as far as documents of the corpus say it. */
async function gather(
  backend: SearchBackend,
  start: PatentDocument,
): Promise<{ documents: PatentDocument[]; complete: boolean }> {
  const documents = new Map([[start.id, start]]);
  const asked = new Set<string>();
  let complete = true;
  for (;;) {
    const facts = [...documents.values()].map(familyFacts);
    const keys = [
      ...new Set(
        facts.flatMap(({ application, priorities, related }) => [
          ...(application ? [application] : []),
          ...priorities,
          ...related,
        ]),
      ),
    ];
    const families = [...new Set(facts.flatMap(({ familyId }) => familyId ?? []))];
    const fresh = {
      keys: keys.filter((key) => !asked.has(key)),
      families: families.filter((name) => !asked.has(`#${name}`)),
    };
    if (fresh.keys.length + fresh.families.length === 0) break;
    for (const key of fresh.keys) asked.add(key);
    for (const name of fresh.families) asked.add(`#${name}`);
    const { ids, more } = await allIds(backend, tiedBy(fresh.keys, fresh.families), MOST_MEMBERS);
    const unknown = ids.filter((id) => !documents.has(id)).slice(0, MOST_MEMBERS - documents.size);
    for (const found of await backend.get(unknown)) if (found) documents.set(found.id, found);
    if (more || documents.size >= MOST_MEMBERS) {
      complete = false;
      break;
    }
  }
  return { documents: [...documents.values()], complete };
}

function tiesOf(document: PatentDocument, facts: FamilyFacts, shared: ReadonlySet<string>): FamilyMember['ties'] {
  const dates = new Map((document.priorities ?? []).map((one) => [applicationKey(one), one.date ?? null]));
  const tie = (kind: FamilyMember['ties'][number]['kind'], date: (key: string) => string | null) => (key: string) =>
    shared.has(key) ? [{ key, kind, date: date(key) }] : [];
  return [
    ...(facts.application ? tie('application', () => document.application?.date ?? null)(facts.application) : []),
    ...facts.priorities.flatMap(tie('priority', (key) => dates.get(key) ?? null)),
    ...facts.related.flatMap(tie('related', () => null)),
  ];
}

/** The simple and the extended family of a document, with what ties each member, oldest publication first. */
export async function familyOf(backend: SearchBackend, start: PatentDocument): Promise<FamilyAnswer> {
  const { documents, complete } = await gather(backend, start);
  const families = createFamilies();
  const facts = new Map(documents.map((document) => [document.id, familyFacts(document)]));
  for (const one of facts.values()) families.put(one);
  const extended = new Set(families.extendedMembers(families.extended(start.id) ?? ''));
  const name = families.simple(start.id) ?? start.id;
  const uses = new Map<string, number>();
  for (const { application, priorities, related } of facts.values()) {
    for (const key of new Set([...(application ? [application] : []), ...priorities, ...related]))
      uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  const shared = new Set([...uses].filter(([, count]) => count > 1).map(([key]) => key));
  const members = documents
    .filter(({ id }) => extended.has(id) || families.simple(id) === name)
    .map((document): FamilyMember => {
      const own = facts.get(document.id) as FamilyFacts;
      return {
        id: document.id,
        office: document.office,
        kind: document.kind ?? null,
        date: document.date ?? null,
        title: titleOf(document),
        application: own.application ?? null,
        filed: document.application?.date ?? null,
        simple: families.simple(document.id) === name,
        ties: tiesOf(document, own, shared),
      };
    })
    .sort((a, b) => (a.date ?? '9').localeCompare(b.date ?? '9') || a.id.localeCompare(b.id));
  return {
    id: start.id,
    simple: { name, size: members.filter(({ simple }) => simple).length },
    extended: { size: members.length },
    members,
    complete,
  };
}
