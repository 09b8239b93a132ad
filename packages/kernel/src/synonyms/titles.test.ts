import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { synonymFaults } from './read.js';
import { synonymsFromTitles } from './titles.js';

describe('synonyms from the titles of classes', () => {
  it('pair what stands at the same place in both languages', () => {
    const titles = [
      { en: 'Secondary cells; Manufacture thereof', zh: '二次电池；及其制造' },
      { en: 'Valves (for engines F01L); Taps', zh: '阀门（发动机用的入F01L）；龙头' },
      { en: 'Storage batteries', zh: '二次电池' },
      { en: 'Only English' },
      { en: 'One; two', zh: '一个' },
      { en: 'Cells comprising an electrolyte and a case of metal', zh: '包括电解质和金属壳体的电池' },
    ];
    expect(synonymsFromTitles('IPC', titles)).toEqual({
      name: 'IPC',
      groups: [
        { terms: ['secondary cells', '二次电池'] },
        { terms: ['manufacture thereof', '及其制造'] },
        { terms: ['valves', '阀门'] },
        { terms: ['taps', '龙头'] },
        { terms: ['storage batteries', '二次电池'] },
      ],
    });
  });

  it('leave out what stands for many things', () => {
    const titles = ['零件', '部件', '附件', '细节'].map((zh) => ({ en: 'Details', zh }));
    expect(synonymsFromTitles('x', titles).groups).toEqual([]);
  });

  it('are always a set that can be kept', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'B', '电', '池', ' ', ';', '；', '(', ')', '-', '1') });
    const titles = fc.array(fc.record({ en: text, zh: text }), { maxLength: 20 });
    fc.assert(
      fc.property(titles, (given) => {
        expect(synonymFaults(synonymsFromTitles('x', given))).toEqual([]);
      }),
    );
  });
});
