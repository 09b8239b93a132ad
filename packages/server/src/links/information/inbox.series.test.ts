import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byDate, dayTold, findGaps } from './inbox.series.js';

describe('files of the inbox', () => {
  it('are taken by the date in their names, back files without a date first', () => {
    expect(
      byDate([
        'ipg180626.zip',
        'ipa180621.zip',
        'ipg180619.zip',
        'list 2018-06-20.csv',
        'docdb_xml_201824_000.zip',
        'back.zip',
      ]),
    ).toEqual([
      'back.zip',
      'docdb_xml_201824_000.zip',
      'ipg180619.zip',
      'list 2018-06-20.csv',
      'ipa180621.zip',
      'ipg180626.zip',
    ]);
  });

  it('name the weeks that are missing, for each office and series', () => {
    const names = [
      'ipg180619.zip',
      'ipg180710.zip',
      'ipg180717.zip',
      'ipa180621.zip',
      'docdb_xml_201852_Amend_001.zip',
      'docdb_xml_201902_Amend_001.zip',
      'EPRTBJV2018000025001001.zip',
      'EPRTBJV2018000027001001.zip',
      'unrelated.zip',
    ];
    expect(findGaps(names)).toEqual([
      { office: 'US', series: 'grants', missing: ['2018-06-26', '2018-07-03'] },
      { office: 'EP', series: 'docdb-front', missing: ['2019-W01'] },
      { office: 'EP', series: 'ep-full-text', missing: ['2018-W26'] },
    ]);
  });

  it('tell their day, whatever the way of writing it', () => {
    const days = [
      'ipg180619.zip',
      'pftaps19760106_wk01.zip',
      'docdb_xml_201852_Amend_001.zip',
      'a 2018_W25.xml',
      'x.zip',
    ];
    expect(days.map(dayTold)).toEqual(['2018-06-19', '1976-01-06', '2018-12-24', '2018-06-18', null]);
    expect(dayTold('ipg180231.zip')).toBeNull();
  });

  it('miss no week when an issue comes a day late', () => {
    expect(findGaps(['pa020103.zip', 'pa020111.zip', 'pa020117.zip'])).toEqual([]);
  });

  it('stand once each in their order, whatever the names', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (names) => {
        expect([...byDate(names)].sort()).toEqual([...names].sort());
        findGaps(names);
      }),
    );
  });
});
