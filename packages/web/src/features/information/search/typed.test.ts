import { describe, expect, it } from 'vitest';
import { completed, fieldsToAsk, typedAtEnd } from './typed.js';

describe('what is typed', () => {
  it.each([
    ['batt', { text: 'batt', field: 'text', from: 0 }],
    ['solid (batt', { text: 'batt', field: 'text', from: 7 }],
    ['a title:sep', { text: 'sep', field: 'title', from: 2 }],
    ['标题:sep', { text: 'sep', field: 'title', from: 0 }],
    ['class:H01M', { text: 'H01M', field: 'class', from: 0 }],
    ['申请人:华为', { text: '华为', field: 'applicant', from: 0 }],
  ])('at the end of %s is read with its field', (query, typed) => {
    expect(typedAtEnd(query)).toEqual(typed);
  });

  it.each(['', 'a', 'battery ', '"solid sta', 'nothing:abc', 'batt*'])(
    'at the end of %j is nothing to complete',
    (query) => {
      expect(typedAtEnd(query)).toBeUndefined();
    },
  );

  it('is asked for as a word, a name or a class', () => {
    expect(fieldsToAsk({ text: 'bat', field: 'text', from: 0 })).toEqual(['text', 'applicant']);
    expect(fieldsToAsk({ text: '华为', field: 'text', from: 0 })).toEqual(['applicant']);
    expect(fieldsToAsk({ text: 'sep', field: 'title', from: 0 })).toEqual(['title']);
    expect(fieldsToAsk({ text: 'H01', field: 'ipc', from: 0 })).toEqual(['ipc']);
    expect(fieldsToAsk({ text: 'EP1', field: 'id', from: 0 })).toEqual([]);
  });

  it('is replaced by what is picked', () => {
    const typed = { text: 'sep', field: 'title', from: 2 };
    expect(completed('a title:sep', typed, 'term', 'separator')).toBe('a title:separator ');
    const plain = { text: 'bei', field: 'text', from: 2 };
    expect(completed('a bei', plain, 'term', 'being')).toBe('a being ');
    expect(completed('a bei', plain, 'applicant', 'Beispiel "X" AG')).toBe('a applicant:"Beispiel X AG" ');
    expect(completed('ipc:H01', { text: 'H01', field: 'ipc', from: 0 }, 'class', 'H01M 10/00')).toBe(
      'ipc:"H01M 10/00" ',
    );
  });
});
