import type { ExplainedClause, Explanation, QueryNode } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import type { AnswerableQuestion } from '../search.service.js';
import { clauseText, countEach, type PlacedClause, placeClauses } from './clauses.js';
import { findHeld } from './held.js';
import { type CountedClause, findEmptying, findMissing, findSpellings, findWider } from './hints.js';

/** A result of at most so many documents is tiny, and why is told. */
const TINY = 5;

/** The fields that `text` stands for. */
const TEXT_FIELDS = ['title', 'abstract', 'claims', 'description', 'applicant', 'inventor'] as const;

/** The same leaf asked of one field; undefined for what is not asked of all text. */
function inField(node: QueryNode, field: string): QueryNode | undefined {
  switch (node.op) {
    case 'term':
    case 'phrase':
    case 'prefix':
    case 'near':
    case 'pattern':
      return node.field === 'text' && !('fields' in node && node.fields) ? { ...node, field } : undefined;
    case 'or':
    case 'proximity': {
      const clauses = node.clauses.flatMap((clause) => inField(clause, field) ?? []);
      return clauses.length === node.clauses.length ? { ...node, clauses } : undefined;
    }
    default:
      return undefined;
  }
}

const isLeaf = ({ node }: PlacedClause): boolean => !('clauses' in node) || node.op === 'proximity';

async function countFields(
  backend: SearchBackend,
  clauses: readonly PlacedClause[],
): Promise<Map<number, ExplainedClause['fields']>> {
  const asked = clauses.filter(isLeaf).flatMap(({ node, index }) =>
    TEXT_FIELDS.flatMap((field) => {
      const query = inField(node, field);
      return query ? [{ index, field, query }] : [];
    }),
  );
  const counts = await countEach(
    backend,
    asked.map(({ query }) => query),
  );
  const byClause = new Map<number, ExplainedClause['fields']>();
  asked.forEach(({ index, field }, i) => {
    byClause.set(index, [...(byClause.get(index) ?? []), { field, hits: counts[i] ?? 0 }]);
  });
  return byClause;
}

/** Why a query finds what it finds: the hits of every clause, and for little or nothing what to do about it. */
export async function explainQuestion(
  backend: SearchBackend,
  { filtered, input, syntax, canonical, ast }: AnswerableQuestion,
): Promise<Explanation> {
  const placed = placeClauses(filtered);
  const {
    total,
    clauses: counted,
    corpus,
  } = await backend.search({
    query: filtered,
    sort: 'newest',
    limit: 0,
    explain: true,
  });
  // The engine counts every node it knows; where a text in several fields adds some, the clauses are counted anew.
  const hits =
    counted.length === placed.length
      ? counted.map((clause) => clause.hits)
      : await countEach(
          backend,
          placed.map(({ node }) => node),
        );
  const clauses = placed.map((clause): CountedClause => ({ ...clause, hits: hits[clause.index] ?? 0 }));
  const fields = await countFields(backend, placed);
  const isTiny = total <= TINY && corpus.documents > 0;
  return {
    query: { input, syntax, canonical, ast },
    total,
    corpus,
    clauses: clauses.map(({ node, index, parent, role, hits: own }) => ({
      index,
      parent,
      op: node.op,
      text: clauseText(node, syntax),
      role,
      hits: own,
      fields: fields.get(index) ?? [],
    })),
    emptied: isTiny ? await findEmptying(backend, clauses, total) : [],
    spellings: isTiny ? await findSpellings(backend, clauses) : [],
    wider: isTiny ? await findWider(backend, clauses) : [],
    coverage: isTiny ? await findMissing(backend, filtered) : [],
    held: isTiny ? await findHeld(backend, placed) : [],
  };
}
