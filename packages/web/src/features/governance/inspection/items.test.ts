import { expect, it } from 'vitest';
import { readItems, writeItems } from './items.js';

it('reads the items of a checklist back as they were written', () => {
  const items = [
    { code: 'A1', text: { zh: '有制度', en: 'There are rules' }, clause: '4.2' },
    { code: 'A2', text: { zh: '有人员', en: 'There are people' }, clause: null },
  ];
  expect(readItems(writeItems(items))).toEqual(items);
  expect(readItems(' A3 | 只有中文 \n\n')).toEqual([
    { code: 'A3', text: { zh: '只有中文', en: '只有中文' }, clause: null },
  ]);
});
