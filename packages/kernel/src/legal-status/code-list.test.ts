import type { EventCode, LegalEvent } from '@quanlian/contract';
import { expect, test } from 'vitest';
import { eventCodeList, withCodeList } from './code-list.js';
import { eventMap, mapEvent } from './mapping.js';
import { legalTimeline } from './timeline.js';

const own = eventMap([
  {
    office: 'DE',
    version: 1,
    source: 'a test',
    verifiedOn: '2026-01-01',
    events: [{ code: 'OWN', category: 'F', key: 'F10', certainty: 'high' }],
  },
]);
const row = (code: string, letter: string, influence: '+' | '-' | null, more: Partial<EventCode> = {}): EventCode => ({
  office: 'DE',
  code,
  title: `Title of ${code}`,
  influence,
  ...(letter === '' ? {} : { class: letter, classTitle: `class ${letter}` }),
  ...more,
});
const list = eventCodeList('2024.17', [
  row('OWN', 'H', '-'),
  row('8339', 'H', '-'),
  row('NEW', 'Z', null),
  row('BARE', '', '-'),
  row('UNDO', 'F', '-'),
  row('SPC', 'H', '-', { title: 'SPC LAPSED' }),
  row('PG25', 'H', '-', { office: 'EP' }),
]);
const map = withCodeList(own, () => list);
const read = (code: string, office = 'DE') => mapEvent({ office, code, date: '2020-01-01', st27: null }, map);

test('our own table goes before the list', () => {
  expect(read('OWN')).toMatchObject({ category: 'F', mappedBy: 'table' });
  expect(read('OWN').listed).toBeUndefined();
});

test('a code of the list alone is named and read by its class, padded or not', () => {
  const title = { edition: '2024.17', title: 'Title of 8339', class: 'H', classTitle: 'class H' };
  expect(read('8339')).toMatchObject({
    category: 'H',
    status: 'ended',
    mappedBy: 'list',
    certainty: 'low',
    listed: title,
  });
  expect(read(' 8339 ')).toMatchObject({ mappedBy: 'list' });
});

test.each([
  ['UNDO', 'DE', 'F'],
  ['SPC', 'DE', 'H'],
  ['PG25', 'EP', 'H'],
])('%s moves no status: its influence, its certificate or its state speaks against it', (code, office, category) => {
  expect(read(code, office)).toMatchObject({ category, status: null, mappedBy: 'list' });
});

test.each(['NEW', 'BARE'])('%s has a name and no class, and stays unmapped', (code) => {
  expect(read(code)).toMatchObject({ category: null, mappedBy: null, listed: { title: `Title of ${code}` } });
});

test('a code that neither has stays unmapped and unnamed; so does any code without a list', () => {
  expect(read('NONE')).toMatchObject({ category: null, mappedBy: null });
  expect(read('NONE').listed).toBeUndefined();
  const none = mapEvent(
    { office: 'DE', code: '8339', st27: null },
    withCodeList(own, () => undefined),
  );
  expect(none).toMatchObject({ category: null, mappedBy: null });
});

test('a lapse that only the list knows ends the right', () => {
  const events: LegalEvent[] = [{ office: 'DE', code: '8339', date: '2020-01-01', st27: null }];
  const publications = [{ id: 'DE1B', date: '2010-01-01', granted: true }];
  const { spans } = legalTimeline({ filed: '2005-01-01', publications, events, horizonMonths: 240 }, map);
  expect(spans.map(({ status }) => status)).toEqual(['pending', 'in-force', 'ended']);
});
