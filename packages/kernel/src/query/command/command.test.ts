import { describe, expect, it } from 'vitest';
import { parseQuery } from '../parse.js';
import { sameMeaning } from '../query.fixture.js';
import { parseCommand } from './grammar.js';

const meanings: readonly (readonly [string, string])[] = [
  ['heat pump', 'heat OR pump'],
  ['heat AND pump OR valve', '(heat pump) OR valve'],
  ['valve OR heat AND pump', 'valve OR (heat pump)'],
  ['a XOR b AND c', '@xor(a (b c))'],
  ['a OR b XOR c', 'a OR @xor(b c)'],
  ['a AND b SAME c', 'a @together/paragraph/..0(b c)'],
  ['a SAME b WITH c', '@together/paragraph/..0(a @together/sentence/..0(b c))'],
  ['a WITH b ADJ c', '@together/sentence/..0(a @next/1(b c))'],
  ['a ADJ b ADJ c', '@next/1(a b c)'],
  ['a ADJ3 b', '@next/3(a b)'],
  ['a near5 b', '@near/5(a b)'],
  ['a ONEAR5 b', '@next/5(a b)'],
  ['a WITH2 b', '@together/sentence/..2(a b)'],
  ['a NOT b', 'a -b'],
  ['a NOT WITH b', 'a -@together/sentence/..0(a b)'],
  ['NOT a', '-a'],
  ['"heat pump"', '"heat pump"'],
  ['"heat pump', 'heat OR pump'],
  ['heat # a comment with "quotes', 'heat'],
  ['batter$', 'batter*'],
  ['batter*', 'batter*'],
  ['batter$3', '@like("batter???")'],
  ['b?t', '@like("b#t")'],
  ['"heat pump$".TI.', 'title:@together/word/..1/ordered(heat pump*)'],
  ['"heat pump"$2', '@together/word/..1/ordered(heat @like("pump??"))'],
  ['pump.TI.', 'title:pump'],
  ['pump.ti,ab.', 'title:pump OR abstract:pump'],
  ['(heat ADJ pump).TI.', 'title:@next/1(heat pump)'],
  ['(heat AND pump.CLM.).TI.', 'title:heat claims:pump'],
  ['(heat ADJ pump).TI,AB.', 'title:@next/1(heat pump) OR abstract:@next/1(heat pump)'],
  ['TI/pump AND AB/(valve seat)', 'title:pump (abstract:valve OR abstract:seat)'],
  ['TTL/"heat pump"', 'title:"heat pump"'],
  ['pump.BI.', 'title:pump OR abstract:pump OR claims:pump OR description:pump'],
  ['and/or', 'and/or'],
  ['comp.os.linux', 'comp.os.linux'],
  ['20200512.PD.', 'date:2020-05-12'],
  ['2020.PY.', 'date:2020'],
  ['@PD>=20200101', 'date:2020-01-01..'],
  ['@pd>=20200101<=20201231', 'date:2020-01-01..2020-12-31'],
  ['@AD<2020', 'filed:..2019'],
  ['@AD>="20200101"', 'filed:2020-01-01..'],
  ['ISD/20200101->20201231', 'date:2020-01-01..2020-12-31'],
  ['@PD<>2020', '-date:2020'],
  ['@SIZE<2589', '@index("SIZE" "<" "2589")'],
  ['6000000.PN.', 'id:US6000000'],
  ['EP1000000.PN.', 'id:EP1000000'],
  ['RE38134.PN.', 'id:USRE38134'],
  ['"15375290".APNR.', 'application:US15375290'],
  ['H01M10/0525.CPC.', 'cpc:H01M10/0525'],
  ['H01M.CPC.', 'cpc:H01M'],
  ['H01M10/05$.CPC.', 'cpc:H01M10/05*'],
  ['US.CC.', 'office:US'],
  ['philadelphia.AACI.', '@index("AACI" "=" "philadelphia")'],
  ['L1 AND L23', '@set(L1) @set(L23)'],
  ['S2 OR "L1"', '@set(S2) OR "L1"'],
  ['a & b | c', '(a b) OR c'],
  ['"heat pump"~7', '@near/7(heat pump)'],
  ['pump^4', '@boost/4(pump)'],
];

const refusals: readonly (readonly [string, string, number, number])[] = [
  ['', 'query.empty', 0, 0],
  [' # only a comment', 'query.empty', 0, 17],
  ['AND a', 'query.missing_operand', 0, 3],
  ['a AND', 'query.missing_operand', 5, 5],
  ['a AND OR b', 'query.missing_operand', 6, 8],
  ['(a', 'query.unclosed_group', 0, 1],
  ['a)', 'query.extra_bracket', 1, 2],
  ['a ()', 'query.empty_group', 2, 4],
  ['.TI. a', 'query.missing_operand', 0, 4],
  ['a.TI..AB.', 'query.unexpected', 5, 9],
  ['2024?.PD.', 'query.bad_date', 0, 5],
  ['20241301.PD.', 'query.bad_date', 0, 8],
  ['@PD>=20241301', 'query.bad_date', 0, 13],
  ['a AND @PD>=', 'query.bad_comparison', 6, 11],
  ['202005.PY.', 'query.bad_date', 0, 6],
  ['pump.CPC.', 'query.bad_class', 0, 4],
];

describe('command language', () => {
  it.each(meanings)('%s', (query, means) => {
    const answer = parseQuery(query, 'command');
    const wanted = parseQuery(means, 'simple');
    expect(wanted.errors).toEqual([]);
    expect(answer.errors).toEqual([]);
    expect(answer.ast && sameMeaning(answer.ast)).toEqual(wanted.ast && sameMeaning(wanted.ast));
  });

  it.each(refusals)('refuses %s', (query, code, from, to) => {
    const answer = parseQuery(query, 'command');
    expect(answer).toMatchObject({ valid: false, ast: null, canonical: null });
    expect(answer.errors[0]).toMatchObject({ code, from, to });
  });

  it.each([
    ['and', 'heat pump valve', 'heat pump valve'],
    ['adj', 'heat pump OR valve', '@next/1(heat pump) OR valve'],
    ['with', 'heat pump', '@together/sentence/..0(heat pump)'],
  ] as const)('takes %s for a blank when that is set', (blank, query, means) => {
    expect(parseCommand(query, { blank }).ast).toEqual(parseQuery(means, 'simple').ast);
  });
});
