import type { QueryNode, Syntax } from '@quanlian/contract';
import { parseQuery, readCql } from '@quanlian/kernel';
import { afterAll, describe, expect, it } from 'vitest';
import { type Case, casesOf, createTally } from './conformance.js';
import { readXcql, toXcql } from './xcql.js';

/** Cases the product does not follow, with the reason. */
const DOUBTFUL: Readonly<Record<string, string>> = {
  Q0613: 'Refuses “foo bar”, but Q0162 of the same language accepts “a b” as one term of two words; we follow Q0162.',
  Q0147: 'The expected tree has the prefixes replaced by their identifiers on each clause; other cases keep names.',
  Q0151: 'The expected tree has lost the second prefix, which Q0063 keeps for the same query.',
};

const SYNTAX_OF: readonly (readonly [RegExp, Syntax])[] = [
  [/^OPS (?:CQL|extended)/, 'cql'],
  [/^CQL (?:1\.1\/1\.2|1\.2|\(Wikipedia examples\)|misc\/errors)$/, 'cql12'],
  [/^USPTO /, 'command'],
];

const syntaxOf = (language: string): Syntax | undefined => SYNTAX_OF.find(([name]) => name.test(language))?.[1];

const withoutBlanks = (text: string): string => text.replace(/\s/gu, '');

function sameTree(query: string, syntax: Syntax, other: string): boolean {
  const [a, b] = [query, other].map((text) => parseQuery(text, syntax).ast);
  return a !== null && JSON.stringify(a) === JSON.stringify(b);
}

function words(node: QueryNode): string[] {
  if (node.op === 'term' || node.op === 'phrase') return [node.text];
  return 'clauses' in node ? node.clauses.flatMap(words) : [];
}

/** What a case expects beyond being accepted, by the kind of its answer; kinds that only inform are true. */
function meets({ query, expected, expected_kind: kind, language }: Case): boolean {
  const text = String(query);
  const syntax = syntaxOf(String(language)) ?? 'simple';
  const canonical = parseQuery(text, syntax).canonical ?? '';
  switch (kind) {
    case 'xcql': {
      const reading = readCql(text);
      return (
        reading.query !== undefined &&
        JSON.stringify(toXcql(reading.query)) === JSON.stringify(readXcql(String(expected)))
      );
    }
    case 'canonical-cql':
      return canonical === expected;
    case 'normalised-text':
      if (syntax === 'cql12') return withoutBlanks(canonical) === withoutBlanks(String(expected));
      return sameTree(text, syntax, String(expected));
    case 'expanded+number-normalised text':
    case 'standard-cql':
      return sameTree(text, syntax, String(expected));
    case 'index-aliases': {
      const value = text.slice(text.indexOf('='));
      return (expected as string[]).every((alias) => sameTree(text, syntax, alias + value));
    }
    case '.polish().keywords()': {
      const { ast } = parseQuery(text, syntax);
      return ast !== null && (expected as string[]).every((word) => words(ast).includes(word));
    }
    case 'index': {
      const { alias } = expected as { alias: string };
      return parseQuery(`x.${alias}.`, syntax).errors.every(({ code }) => /bad_date|bad_class/.test(code));
    }
    default:
      return true;
  }
}

const cases = casesOf('queries.json')?.filter(({ language }) => syntaxOf(String(language)) !== undefined);
const tally = createTally('Queries: agreement by language and kind of answer');

describe.skipIf(cases === undefined)('queries of the conformance set', () => {
  afterAll(() => tally.print());
  const list = (cases ?? []).map((entry) => ({ ...entry, name: `${entry.id} ${JSON.stringify(entry['query'])}` }));

  it.each(list)('$name', (entry) => {
    const { id, language, query, valid, expected, expected_kind: kind } = entry as Case;
    const syntax = syntaxOf(String(language)) ?? 'simple';
    const answer = parseQuery(String(query), syntax);
    const agreed = answer.valid === valid && (valid !== true || meets(entry));
    tally.note(`${String(language)} → ${String(kind ?? (valid === true ? 'accepted' : 'refused'))}`, id, agreed);
    const got = JSON.stringify({ canonical: answer.canonical, errors: answer.errors, ast: answer.ast });
    expect(agreed, `expected ${JSON.stringify(expected)}, got ${got}`).toBe(DOUBTFUL[id] === undefined);
  });

  it('has a reason for every doubtful case', () => {
    for (const [id, reason] of Object.entries(DOUBTFUL)) {
      expect(list.some((entry) => entry.id === id)).toBe(true);
      expect(reason.length).toBeGreaterThan(20);
    }
  });
});
