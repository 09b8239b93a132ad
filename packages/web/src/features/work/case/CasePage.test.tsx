// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { byText, click, openPage } from '../../../testing/openPage.js';
import { casePage, idOf, SIGNED_OUT, signedIn } from '../../../testing/work.js';

afterEach(() => vi.unstubAllGlobals());

const address = `/cases/${idOf(9)}`;
const answers = (page = casePage()) => ({
  '/identity/session': signedIn('case.read'),
  [address]: { body: page },
});

describe('the page of a case', () => {
  it('draws the path taken, numbered, and says it in words', async () => {
    const page = await openPage(address, answers());
    await page.settle(() => page.element.querySelector('.diagram svg') !== null);
    const taken = [...page.element.querySelectorAll('.diagram__arrow--taken text')].map((one) => one.textContent);
    expect(taken).toEqual(['1,3', '2']);
    expect(page.element.querySelector('.diagram__state--current title')?.textContent).toBe('Waiting for review');
    expect(page.element.querySelector('.diagram svg')?.getAttribute('aria-label')).toContain('Waiting for review');
    page.close();
  });

  it('gives each clock its rule, what is left, and says when a year is provisional', async () => {
    const page = await openPage(address, answers());
    await page.settle(() => page.element.querySelector('.clock') !== null);
    const clock = page.element.querySelector('.clock');
    expect(clock?.textContent).toContain('9 days left, 7 of them working days');
    expect(clock?.textContent).toContain('provisional');
    expect(clock?.querySelector('a')?.getAttribute('href')).toBe('/rules/house.review');
    page.close();
  });

  it('asks for what a step needs, and says in the own language why another cannot be taken', async () => {
    const page = await openPage(address, answers(), 'zh');
    await page.settle(() => page.element.querySelectorAll('.action').length >= 2);
    expect(page.element.textContent).toContain('您无权在本事项中办理“办结”。');
    await click(byText(page.element, '退回'));
    await page.settle(() => page.element.querySelector('textarea[name=note]') !== null);
    expect(page.element.querySelector<HTMLTextAreaElement>('textarea[name=reason]')?.required).toBe(true);
    page.close();
  });

  it('sends the version that was seen with a step', async () => {
    const page = await openPage(address, { ...answers(), [`${address}/transitions`]: { body: casePage() } });
    await page.settle(() => page.element.querySelectorAll('.action').length >= 2);
    const sent = vi.fn();
    const shown = globalThis.fetch;
    vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
      if (init?.method === 'POST') sent(url, JSON.parse(String(init.body)), init.headers);
      return shown(url, init);
    });
    await click(byText(page.element, 'Send back'));
    await page.settle(() => page.element.querySelector('textarea[name=note]') !== null);
    const form = page.element.querySelector<HTMLFormElement>('.fold__inside form');
    for (const [name, text] of [
      ['note', 'Not enough'],
      ['reason', 'Two visits are missing'],
    ]) {
      const box = form?.querySelector<HTMLTextAreaElement>(`textarea[name=${name}]`);
      if (box) box.value = text ?? '';
    }
    form?.requestSubmit();
    await page.settle(() => sent.mock.calls.length > 0);
    const [url, body, headers] = sent.mock.calls[0] ?? [];
    expect(url).toContain(`${address}/transitions`);
    expect(body).toEqual({
      transition: 'return',
      expectedVersion: 4,
      reason: 'Two visits are missing',
      fields: { note: 'Not enough' },
      papers: [],
    });
    expect(headers).toMatchObject({ 'x-quanlian': '1' });
    page.close();
  });

  it('leads somebody who is not signed in to the page for it, and back', async () => {
    const page = await openPage(address, { '/identity/session': SIGNED_OUT, [address]: SIGNED_OUT });
    await page.settle(() => byText(page.element.querySelector('main') ?? page.element, 'Sign in') !== undefined);
    const link = page.element.querySelector('main .notice a');
    expect(link?.getAttribute('href')).toBe(`/sign-in?to=${encodeURIComponent(address)}`);
    page.close();
  });
});
