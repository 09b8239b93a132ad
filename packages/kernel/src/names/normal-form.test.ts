import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalName, normalPerson } from './normal-form.js';

describe('the normal form of a name', () => {
  it.each([
    [['LANTERN WORKS CO., LTD.', 'Lantern Works Company Limited', 'Lantern-Works Co Ltd', 'The Lantern Works Inc.']],
    [['Müller GmbH', 'MULLER GESELLSCHAFT MIT BESCHRÄNKTER HAFTUNG', 'Müller GmbH & Co. KG', 'Muller AG']],
    [['Lumière S.A.', 'LUMIERE SA', 'Lumiere Société Anonyme', 'Lumière S.A.R.L.']],
    [['北河光电股份有限公司', '北河光電股份有限公司', '北河光电有限责任公司', '北河光电 有限公司', '北河光电']],
    [['株式会社青空', '青空株式会社', '青空（株）', '㈱青空'.replace('㈱', '(株)')]],
    [['한빛전자 주식회사', '주식회사 한빛전자', '한빛전자']],
    [['Aozora Kabushiki Kaisha', 'AOZORA K.K.', 'Aozora Corp.']],
  ])('is one for %j', (names) => {
    expect(new Set(names.map(normalName)).size).toBe(1);
    expect(normalName(names[0] as string)).not.toBe('');
  });

  it('leaves a name that is only a legal form, and tells different owners apart', () => {
    expect(normalName('AG')).toBe('AG');
    expect(normalName('公司')).toBe('公司');
    expect(normalName('Co-operative Bank plc')).not.toBe(normalName('Operative Bank plc'));
    expect(normalName('北河光电有限公司')).not.toBe(normalName('南河光电有限公司'));
  });

  it('of a person does not hang on the order of words', () => {
    expect(normalPerson('MEI, Example')).toBe(normalPerson('Example Mei'));
    expect(normalPerson('李 明')).toBe('李明');
  });

  it('does not change when it is taken again', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const once = normalName(text);
        expect(normalName(once)).toBe(once);
      }),
    );
  });
});
