import { describe, expect, it } from 'vitest';
import { parseQuery } from '../parse.js';
import { sameMeaning } from '../query.fixture.js';
import { parseOps } from './grammar.js';
import { OPS_SETTINGS } from './indexes.js';

/** A query and what it means in the simple syntax. */
const meanings: readonly (readonly [string, string])[] = [
  ['ti=green energy', 'title:green (title:energy OR abstract:energy OR inventor:energy OR applicant:energy)'],
  ['ti="green energy"', 'title:"green energy"'],
  ['ti all "green energy"', 'title:green title:energy'],
  ['ti any "green, energy"', 'title:green OR title:energy'],
  ['ia any "John Smith"', 'inventor:John OR applicant:John OR inventor:Smith OR applicant:Smith'],
  ['ti=a or ti=b and ti=c not ti=d', '(title:a OR title:b) title:c -title:d'],
  ['ti=(a or b)', 'title:a OR title:b'],
  ['pd within "20051212 20051214"', 'date:2005-12-12..2005-12-14'],
  ['pd within 2014-03-10,2014-03-16', 'date:2014-03-10..2014-03-16'],
  ['pd="2005 2006"', 'date:2005..2006'],
  ['pd=2005:2006', 'date:2005..2006'],
  ['pd=20050101/20051231', 'date:2005-01-01..2005-12-31'],
  ['pd=12/2005', 'date:2005-12'],
  ['pd=14.12.2005', 'date:2005-12-14'],
  ['pd>200512', 'date:2006-01..'],
  ['20070101:20070115', 'date:2007-01-01..2007-01-15'],
  ['ti=green prox ti=energy', 'title:@near/1(green energy)'],
  ['ti=green prox/distance<3/ordered=true ti=energy', 'title:@next/2(green energy)'],
  ['ti=green prox/unit=sentence ti=energy', 'title:@together/sentence/..0(green energy)'],
  ['ti=green prox/distance>2 ti=energy', 'title:@together/word/3..(green energy)'],
  ['ta=green prox/distance<=3 ta=energy', 'title:@near/3(green energy) OR abstract:@near/3(green energy)'],
  ['ti="solar cell* panel"', 'title:@together/word/..1/ordered(solar cell* panel)'],
  ['ti=*phone', 'title:@like("*phone")'],
  ['ti=colo?r', 'title:@like("colo?r")'],
  ['pn=EP', 'office:EP'],
  ['pr=GB', 'priority:GB*'],
  ['num=EP', 'office:EP OR application:EP* OR priority:EP*'],
  ['pn=EP100*', 'id:EP100*'],
  ['cpc=/low H01M10/0525', 'cpc:H01M10/0525+'],
  ['cpc=H01M10/0525', 'cpc:H01M10/0525'],
  ['cl=H04L12/00', 'class:=H04L12/00'],
  ['cpc=H04L 12/433', 'cpc:H04L12/433'],
  ['H04L 12/433', 'class:H04L12/433'],
  ['cpc=H04L12/4*', 'cpc:H04L12/4*'],
  ['cpc=/high A01B', '@index("cpc" "=" "A01B" "/high")'],
  ['ti=/exact 后', 'title:=后'],
  ['pa==IBM', '@index("pa" "==" "IBM")'],
  ['cpci=A01B', '@index("cpci" "=" "A01B")'],
];

const refusals: readonly (readonly [string, string, number, number])[] = [
  ['', 'query.empty', 0, 0],
  ['foo=bar', 'query.unknown_field', 0, 3],
  ['ti=a and bar within 2010', 'query.unknown_field', 9, 12],
  ['not pd=2010', 'query.leading_not', 0, 3],
  ['ti=', 'query.missing_value', 0, 3],
  ['ti=a and', 'query.missing_operand', 8, 8],
  ['and ti=a', 'query.missing_operand', 0, 3],
  ['=a', 'query.missing_operand', 0, 1],
  ['(ti=a', 'query.unclosed_group', 0, 1],
  ['ti=a)', 'query.extra_bracket', 4, 5],
  ['ti=()', 'query.empty_group', 3, 5],
  ['ti="a', 'query.unclosed_quote', 3, 5],
  ['ti=a prox pa=b', 'query.prox_fields', 5, 9],
  ['ti=a prox/unit=page ti=b', 'query.bad_prox', 5, 19],
  ['pa=*siemens', 'query.bad_wildcard', 3, 11],
  ['pn=US*', 'query.short_stem', 3, 6],
  ['ti=/low green', 'query.bad_relation', 8, 13],
  ['ti=/far green', 'query.bad_relation', 8, 13],
  ['ti<>green', 'query.bad_relation', 4, 9],
  ['ti>green', 'query.bad_relation', 3, 8],
  ['pd=20091', 'query.bad_date', 3, 8],
  ['pd=2009-13', 'query.bad_date', 3, 10],
  ['pd within "2010 2009"', 'query.bad_date', 10, 21],
  ['cpc=green', 'query.bad_class', 4, 9],
];

describe('OPS CQL', () => {
  it.each(meanings)('%s', (query, means) => {
    const answer = parseQuery(query, 'cql');
    const wanted = parseQuery(means, 'simple');
    expect(wanted.errors).toEqual([]);
    expect(answer.errors).toEqual([]);
    expect(answer.ast && sameMeaning(answer.ast)).toEqual(wanted.ast && sameMeaning(wanted.ast));
  });

  it.each(refusals)('refuses %s', (query, code, from, to) => {
    const answer = parseQuery(query, 'cql');
    expect(answer).toMatchObject({ valid: false, ast: null, canonical: null });
    expect(answer.errors[0]).toMatchObject({ code, from, to });
  });

  it('names every wrong value', () => {
    const codes = parseQuery('pd=x1 or cpc=9 or pn=U*', 'cql').errors.map((error) => error.code);
    expect(codes).toEqual(['query.bad_date', 'query.bad_class', 'query.short_stem']);
  });

  it('limits terms only where a limit is set', () => {
    const query = Array.from({ length: 30 }, (_, i) => `ti=word${i}`).join(' or ');
    expect(parseOps(query).errors).toEqual([]);
    const perIndex = parseOps(query, { ...OPS_SETTINGS, mostTermsPerIndex: 10 });
    expect(perIndex.errors[0]).toMatchObject({ code: 'query.too_many_terms', from: query.indexOf('word10') });
    const inAll = parseOps(query, { ...OPS_SETTINGS, mostTerms: 20 });
    expect(inAll.errors[0]).toMatchObject({ code: 'query.too_many_terms', from: query.indexOf('word20') });
  });
});
