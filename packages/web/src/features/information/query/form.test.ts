import { SYNTAXES } from '@quanlian/contract';
import { parseQuery } from '@quanlian/kernel';
import { describe, expect, it } from 'vitest';
import { type FormRow, writeForm } from './form.js';

let id = 0;
const row = (field: string, text: string, joint: FormRow['joint'] = 'and'): FormRow => ({
  id: id++,
  joint,
  field,
  text,
});

describe('the form', () => {
  const rows = [
    row('title', 'battery OR cell'),
    row('claims', '"solid electrolyte"'),
    row('date', '2020..2022'),
    row('class', 'H01M10/0525'),
    row('applicant', 'university', 'not'),
    row('title', '  '),
  ];

  it('writes a query in the language asked, each line joined to those before', () => {
    expect(writeForm(rows, 'simple')).toEqual({
      text: '(title:battery OR title:cell) claims:"solid electrolyte" date:2020..2022 class:H01M10/0525 -applicant:university',
      lost: [],
    });
    expect(writeForm([row('title', 'a'), row('abstract', 'b', 'or')], 'command')).toEqual({
      text: 'a.TI. OR b.AB.',
      lost: [],
    });
  });

  it.each(SYNTAXES)('writes what %s reads', (syntax) => {
    const written = writeForm(rows, syntax);
    expect('text' in written && parseQuery(written.text, syntax).valid).toBe(true);
  });

  it('says what the language cannot write and which line is wrong', () => {
    expect(writeForm(rows, 'cql')).toMatchObject({ lost: ['claims:"solid electrolyte"'] });
    const wrong = row('date', 'yesterday');
    expect(writeForm([row('title', 'a'), wrong], 'simple')).toMatchObject({ row: wrong });
    expect(writeForm([row('title', ' ')], 'simple')).toEqual({ text: '', lost: [] });
  });
});
