// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest';
import { openPage } from '../../../testing/openPage.js';
import { SIGNED_OUT } from '../../../testing/work.js';

afterEach(() => vi.unstubAllGlobals());

const day = (date: string, kind: string, provisional = false, name: object | null = null) => ({
  date,
  working: kind === 'working' || kind === 'make-up',
  kind,
  name,
  provisional,
});
const shown = async (days: object[]) => {
  const answers = { '/identity/session': SIGNED_OUT, '/calendar/days': { body: { years: [2026], days } } };
  const page = await openPage('/working-days?year=2026', answers);
  await page.settle(() => page.element.querySelector('.months') !== null);
  return page;
};

it('marks holidays and make-up days, and never lets a year that is not announced pass for a final one', async () => {
  const holiday = { zh: '元旦', en: 'New Year’s Day' };
  const final = await shown([day('2026-01-01', 'holiday', false, holiday), day('2026-01-04', 'make-up')]);
  expect(final.element.querySelector('main .notice')?.textContent).toContain('is announced');
  expect(final.element.querySelector('.month__holiday[title]')?.getAttribute('title')).toBe('holiday · New Year’s Day');
  expect(final.element.querySelectorAll('.month__make-up[title]')).toHaveLength(1);
  final.close();
  const open = await shown([day('2026-01-01', 'working', true), day('2026-01-02', 'working', true)]);
  expect(open.element.querySelector('main .notice')?.textContent).toContain('not announced yet');
  open.close();
  const partly = await shown([day('2026-12-23', 'working'), day('2026-12-24', 'working', true)]);
  expect(partly.element.querySelector('main .notice')?.textContent).toContain('From 2026-12-24 to 2026-12-24');
  partly.close();
});
