import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textBorders } from './sentences.js';

const sentences = (text: string): string[] => {
  const starts = [0, ...textBorders(text).map(({ at }) => at)];
  return starts.map((from, i) => text.slice(from, starts[i + 1]).trim());
};

describe('the borders of a text', () => {
  it.each([
    ['A cell. Its anode is thin! Is it?  Yes.', ['A cell.', 'Its anode is thin!', 'Is it?', 'Yes.']],
    ['电池。正极“薄”。 负极！', ['电池。', '正极“薄”。', '负极！']],
    ['See Fig. 2 and e.g. The part, at 1.5 mm. Then', ['See Fig. 2 and e.g. The part, at 1.5 mm.', 'Then']],
    ['He said “stop.” Then left', ['He said “stop.”', 'Then left']],
    ['one.\n\ntwo', ['one.', 'two']],
    ['no end', ['no end']],
  ])('%s', (text, expected) => {
    expect(sentences(text)).toEqual(expected);
  });

  it('tell paragraphs from sentences', () => {
    expect(textBorders('aa.\nBb. Cc')).toEqual([
      { at: 4, paragraph: true },
      { at: 8, paragraph: false },
    ]);
  });

  it('ascend and lie inside the text', () => {
    const text = fc.array(fc.constantFrom('a', 'B', '.', ' ', '。', '\n', '!', '”', 'Fig', '1')).map((l) => l.join(''));
    fc.assert(
      fc.property(text, (value) => {
        let before = 0;
        for (const { at } of textBorders(value)) {
          expect(at).toBeGreaterThan(before);
          expect(at).toBeLessThan(value.length);
          before = at;
        }
      }),
    );
  });
});
