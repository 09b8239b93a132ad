import { describe, expect, it } from 'vitest';
import { parseQuery } from '../parse.js';
import { sameMeaning } from '../query.fixture.js';

const meanings: readonly (readonly [string, string])[] = [
  ['pump', 'pump'],
  ['heat pump', '"heat pump"'],
  ['title = pump', 'title:pump'],
  ['dc.title = pump', 'title:pump'],
  ['> d = "info:srw/cql-context-set/1/dc-v1.1" d.title = pump', 'title:pump'],
  ['> dc = "http://example.org/cars" dc.title = pump', '@index("dc.title" "=" "pump")'],
  ['title any "heat pump"', 'title:heat OR title:pump'],
  ['title all "heat pump"', 'title:heat title:pump'],
  ['title adj "heat pump"', 'title:"heat pump"'],
  ['title == pump', '@index("title" "==" "pump")'],
  ['title = p?mp', 'title:@like("p#mp")'],
  ['title = "pum*"', 'title:pum*'],
  ['title = "pum\\*"', 'title:"pum*"'],
  ['title = ^pump', '@index("title" "=" "^pump")'],
  ['date > 2010', 'date:2011..'],
  ['date within "2002 2005"', 'date:2002..2005'],
  ['date = soon', '@index("date" "=" "soon")'],
  ['class =/below "H01M 10/0525"', 'class:H01M10/0525+'],
  ['id = EP1000000', 'id:EP1000000'],
  ['bioMass >= 100', '@index("bioMass" ">=" "100")'],
  ['a or b and c not d', '((a OR b) c -d)'],
  ['cql.allRecords = 1 not a', '-a'],
  ['a prox b', '@near/1(a b)'],
  ['a prox/distance<=5/unit=sentence/ordered b', '@together/sentence/..5/ordered(a b)'],
  ['a prox/unit=element b', '@modified("/prox/unit=element")(a b)'],
  ['a and/rel.algorithm=CORI b', '@modified("/rel.algorithm=CORI")(a b)'],
  ['a sortby date/sort.descending geo', '@sorted("date/sort.descending" "geo")(a)'],
];

const canonical: readonly (readonly [string, string])[] = [
  ['a AND  ( b OR c )', 'a and (b or c)'],
  ['dc.title   any/Stem "Fish"', 'dc.title any/Stem "Fish"'],
  ['>dc="http://x" dc.a=b', '> dc = "http://x" dc.a = b'],
  ['a prox/distance<3 b SORTBY c', 'a prox/distance<3 b sortby c'],
];

const refusals: readonly (readonly [string, string, number, number])[] = [
  ['', 'query.missing_operand', 0, 0],
  ['a and', 'query.missing_operand', 5, 5],
  ['title =', 'query.missing_operand', 7, 7],
  ['()', 'query.missing_operand', 1, 2],
  ['(a', 'query.unclosed_group', 0, 1],
  ['a)', 'query.unexpected', 1, 2],
  ['"a', 'query.unclosed_quote', 0, 2],
  ['> a = "b"', 'query.missing_operand', 9, 9],
  ['a b.c', 'query.missing_operand', 5, 5],
  ['a and/=b c', 'query.missing_operand', 6, 7],
  ['a sortby', 'query.missing_operand', 8, 8],
];

describe('CQL 1.2', () => {
  it.each(meanings)('%s', (query, means) => {
    const answer = parseQuery(query, 'cql12');
    const wanted = parseQuery(means, 'simple');
    expect(wanted.errors).toEqual([]);
    expect(answer.errors).toEqual([]);
    expect(answer.ast && sameMeaning(answer.ast)).toEqual(wanted.ast && sameMeaning(wanted.ast));
  });

  it.each(canonical)('writes %s in one way', (query, text) => {
    expect(parseQuery(query, 'cql12').canonical).toBe(text);
  });

  it.each(refusals)('refuses %s', (query, code, from, to) => {
    const answer = parseQuery(query, 'cql12');
    expect(answer).toMatchObject({ valid: false, ast: null, canonical: null });
    expect(answer.errors[0]).toMatchObject({ code, from, to });
  });
});
