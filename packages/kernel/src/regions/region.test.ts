import type { Party } from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../merkle/bytes.js';
import { sha256 } from '../merkle/sha256.js';
import { districtPlaces, PLACES, placeName, regionValue } from './places.js';
import { createRegionReader, type Region } from './region.js';

const reader = createRegionReader();
const at = (address: string, more: Partial<Party> = {}): Region =>
  reader.ofParty({ name: 'x', country: 'CN', address, ...more });

/** Second pairs of digits of the codes of cities, by province, as the public list of 2023 has them: single or from, to. */
const CITY_CODES: Readonly<Record<string, readonly (number | readonly [number, number])[]>> = {
  11: [1],
  12: [1],
  13: [[1, 11]],
  14: [[1, 11]],
  15: [[1, 9], 22, 25, 29],
  21: [[1, 14]],
  22: [[1, 8], 24],
  23: [[1, 12], 27],
  31: [1],
  32: [[1, 13]],
  33: [[1, 11]],
  34: [
    [1, 8],
    [10, 13],
    [15, 18],
  ],
  35: [[1, 9]],
  36: [[1, 11]],
  37: [
    [1, 11],
    [13, 17],
  ],
  41: [[1, 17]],
  42: [[1, 3], [5, 13], 28],
  43: [[1, 13], 31],
  44: [
    [1, 9],
    [12, 20],
    [51, 53],
  ],
  45: [[1, 14]],
  46: [[1, 4]],
  50: [1],
  51: [1, [3, 11], [13, 20], [32, 34]],
  52: [[1, 6], 23, [26, 27]],
  53: [1, [3, 9], 23, [25, 26], [28, 29], 31, [33, 34]],
  54: [[1, 6], 25],
  61: [[1, 10]],
  62: [
    [1, 12],
    [29, 30],
  ],
  63: [
    [1, 2],
    [22, 23],
    [25, 28],
  ],
  64: [[1, 5]],
  65: [[1, 2], [4, 5], 23, [27, 32], 40, [42, 43]],
};
const rangeOf = (one: number | readonly [number, number]): number[] =>
  typeof one === 'number' ? [one] : Array.from({ length: one[1] - one[0] + 1 }, (_, i) => one[0] + i);

describe('where an owner is', () => {
  it.each([
    ['518057 广东省深圳市南山区高新区科技中一路', '广东省', '深圳市', '深圳市南山区'],
    ['中国广东深圳南山区', '广东省', '深圳市', '深圳市南山区'],
    ['100084 北京市海淀区清华园1号', '北京市', '北京市', '北京市海淀区'],
    ['上海市上海市浦东新区张江路', '上海市', '上海市', '上海市浦东新区'],
    ['江苏省苏州市工业园区星湖街', '江苏省', '苏州市', undefined],
    ['江苏省苏州市昆山市玉山镇', '江苏省', '苏州市', '苏州市昆山市'],
    ['吉林省吉林市船营区', '吉林省', '吉林市', '吉林市船营区'],
    ['内蒙古自治区锡林郭勒盟锡林浩特市', '内蒙古自治区', '锡林郭勒盟', '锡林郭勒盟锡林浩特市'],
    ['杭州市西湖区文三路', '浙江省', '杭州市', '杭州市西湖区'],
    ['澜江市砚湖区松岭路7号', undefined, '澜江市', '澜江市砚湖区'],
    ['210094 孝陵卫200号', '江苏省', undefined, undefined],
    ['朝阳区建国路1号', undefined, undefined, undefined],
    ['孝陵卫200号', undefined, undefined, undefined],
    ['No. 7, Keji Road, Shenzhen, Guangdong 518057', '广东省', '深圳市', undefined],
    ['Xinghu Street, Suzhou', undefined, undefined, undefined],
    ['Xinghu Street, Suzhou, Jiangsu', '江苏省', '苏州市', undefined],
    ["Xi'an", '陕西省', '西安市', undefined],
  ])('%s', (address, province, city, district) => {
    const expected = Object.entries({ province, city, district }).filter(([, value]) => value !== undefined);
    expect(at(address)).toEqual(Object.fromEntries(expected));
  });

  it('is read from the parts of an address, and abroad from the state alone', () => {
    expect(at('科技路1号', { region: '广东', city: '深圳市' })).toEqual({ province: '广东省', city: '深圳市' });
    expect(reader.ofParty({ name: 'x', country: 'US', region: 'CA', city: 'San Jose' })).toEqual({
      province: 'California',
    });
    expect(reader.ofParty({ name: 'x', country: 'DE', city: 'Jilin' })).toEqual({});
    expect(reader.ofParty({ name: 'x', country: 'US', region: 'ZZ' })).toEqual({});
    expect(reader.ofParty({ name: '深圳市某某有限公司' })).toEqual({});
  });

  it('is that of the proprietors, else assignees, else applicants', () => {
    const document = {
      id: 'CN1A',
      office: 'CN',
      number: '1',
      sources: [],
      applicants: [{ name: 'a', address: '广东省深圳市' }],
      assignees: [
        { name: 'b', address: '浙江省杭州市' },
        { name: 'c', address: '浙江省杭州市' },
      ],
    };
    expect(reader.ofDocument(document)).toEqual([{ province: '浙江省', city: '杭州市' }]);
  });

  it('knows districts of a table by their codes', () => {
    const more = createRegionReader(
      districtPlaces([
        { code: '320571', zh: '苏州工业园区' },
        { code: '110108', zh: '海淀区', en: 'Haidian' },
        { code: '419001', zh: '济源市' },
        { code: '500229', zh: '城口县' },
        { code: '441999', zh: '莞城街道区' },
        { code: '999999', zh: '无' },
      ]),
    );
    const read = (address: string) => more.ofParty({ name: 'x', country: 'CN', address });
    // A city of the rank of a county lies in its province alone.
    expect(read('河南省济源市沁园路')).toEqual({ province: '河南省', district: '河南省济源市' });
    expect(read('重庆市城口县')).toEqual({ province: '重庆市', city: '重庆市', district: '重庆市城口县' });
    expect(read('848000 和田路1号')).toEqual({ province: '新疆维吾尔自治区' });
    expect(more.ofParty({ name: 'x', country: 'CN', address: '江苏省苏州市苏州工业园区星湖街' }).district).toBe(
      '苏州市苏州工业园区',
    );
    expect(more.ofParty({ name: 'x', country: 'CN', address: '北京市海淀区' }).district).toBe('北京市海淀区');
  });

  it('knows provinces and cities by the codes and names of the public list of 2023', () => {
    const codes: Record<string, number[]> = {};
    const own = PLACES.filter(({ code }) => /^\d{6}$/.test(code));
    for (const { code } of own.filter(({ level }) => level === 'city')) {
      const province = code.slice(0, 2);
      codes[province] = [...(codes[province] ?? []), Number(code.slice(2, 4))];
    }
    const expected = Object.entries(CITY_CODES).map(([province, ranges]) => [province, ranges.flatMap(rangeOf)]);
    expect(codes).toEqual(Object.fromEntries(expected));
    // All names at once: of the list's lines `code name`, sorted, without the parts of a city that is a province and
    // the three regions that the list keeps apart.
    const lines = own
      .filter(({ code }) => !/^(?:11|12|31|50)0[1-9]|^[78]/.test(code))
      .map(({ code, zh }) => `${code} ${zh}`)
      .sort();
    expect(lines).toHaveLength(364);
    expect(toHex(sha256(utf8(lines.join('\n'))))).toBe(
      '9e8fa04162b68b454c98d10318aaf834b22dcfcf5b380bd9cae5991af48fabcc',
    );
  });

  it('finds every city it knows behind its province, and by its code and names', () => {
    for (const one of PLACES.filter(({ level, within }) => level === 'city' && within !== undefined)) {
      expect(at(`${one.within?.zh}${one.zh}人民路1号`)).toEqual({ province: one.within?.value, city: one.value });
      expect(regionValue('city', one.code)).toBe(one.value);
    }
    expect(PLACES.filter(({ level, code }) => level === 'province' && /^\d/.test(code))).toHaveLength(34);
    expect(PLACES.filter(({ level, code }) => level === 'city' && /^\d/.test(code))).toHaveLength(337);
    expect(new Set(PLACES.flatMap(({ code }) => code || [])).size).toBe(PLACES.filter(({ code }) => code).length);
    expect([
      regionValue('province', 'guangdong'),
      regionValue('province', '广东'),
      regionValue('province', 'ca'),
    ]).toEqual(['广东省', '广东省', 'California']);
    // Two cities are called so in English.
    expect(regionValue('city', 'Suzhou')).toBe('Suzhou');
    expect([placeName('province', '广东省', 'en'), placeName('province', 'California', 'zh')]).toEqual([
      'Guangdong',
      '加利福尼亚州',
    ]);
  });

  it('reads any text without failing, and never a city outside the province', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...PLACES.map(({ zh }) => zh)), fc.string()), { maxLength: 6 }),
        (parts) => {
          const { province, city } = at(parts.join(''));
          const held = PLACES.find((one) => one.level === 'city' && one.value === city);
          if (held?.within !== undefined) expect(province).toBe(held.within.value);
        },
      ),
    );
  });
});
