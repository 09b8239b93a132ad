import { describe, expect, it } from 'vitest';
import { readQuestions } from './questions.js';

describe('the questions of a test as lines', () => {
  it('give text, points, options and the right ones', () => {
    const text =
      '? 专利保护期？ | How long? (5)\n+ 二十年 | Twenty years\n- 十年 | Ten years\n\n? 哪些对？\n+ A\n- B\n+ C';
    expect(readQuestions(text)).toEqual([
      {
        kind: 'single',
        text: { zh: '专利保护期？', en: 'How long?' },
        points: 5,
        options: [
          { zh: '二十年', en: 'Twenty years' },
          { zh: '十年', en: 'Ten years' },
        ],
        right: [0],
      },
      {
        kind: 'multiple',
        text: { zh: '哪些对？', en: '哪些对？' },
        points: 1,
        options: ['A', 'B', 'C'].map((letter) => ({ zh: letter, en: letter })),
        right: [0, 2],
      },
    ]);
    expect(readQuestions(' \n')).toEqual([]);
  });

  it('name the line that does not fit', () => {
    for (const [text, line] of [
      ['+ an option without a question', 1],
      ['? one\n+ a\n- b\nanything', 4],
      ['? one\n- a\n- b', 1],
      ['? one\n+ a', 1],
      ['?', 1],
    ] as const)
      expect(() => readQuestions(text), text).toThrow(new RegExp(`^Line ${line} `));
  });
});
