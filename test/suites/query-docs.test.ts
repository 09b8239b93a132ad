import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SYNTAXES } from '@quanlian/contract';
import { parseQuery } from '@quanlian/kernel';
import { describe, expect, it } from 'vitest';

/** The examples of a page: the lines of each block that is marked with a language. */
function examplesIn(page: string): { syntax: string; query: string }[] {
  const text = readFileSync(fileURLToPath(new URL(`../../docs/${page}`, import.meta.url)), 'utf8');
  return [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)].flatMap(([, syntax = '', block = '']) =>
    block
      .split('\n')
      .filter((query) => query.trim() !== '')
      .map((query) => ({ syntax, query })),
  );
}

describe.each(['query-languages.md', 'query-languages.zh.md'])('the examples of %s', (page) => {
  const examples = examplesIn(page);

  it('are of every language', () => {
    expect([...new Set(examples.map(({ syntax }) => syntax))].sort()).toEqual([...SYNTAXES].sort());
  });

  it.each(examples)('$syntax reads $query', ({ syntax, query }) => {
    const language = SYNTAXES.find((known) => known === syntax) ?? 'simple';
    expect(parseQuery(query, language).errors).toEqual([]);
  });
});
