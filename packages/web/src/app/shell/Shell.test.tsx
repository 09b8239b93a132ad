// @vitest-environment happy-dom
import { LINKS } from '@quanlian/contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { byText, click, openPage } from '../../testing/openPage.js';

afterEach(() => vi.unstubAllGlobals());

describe('every page', () => {
  it('names the seven links and says of six that they are not there yet', async () => {
    const page = await openPage('/', {});
    const links = [...page.element.querySelectorAll('.chain li')];
    expect(links).toHaveLength(LINKS.length);
    expect(links.filter((link) => link.textContent?.includes('not available yet'))).toHaveLength(6);
    expect(page.element.querySelector('.chain a')).toBeNull();
    page.close();
  });

  it('changes language, remembers it and says so to the browser', async () => {
    const page = await openPage('/', {}, 'en');
    await page.settle(() => page.element.querySelector('h1') !== null);
    expect(document.documentElement.lang).toBe('en');
    await click(byText(page.element, '中文'));
    await page.settle(() => page.element.querySelector('h1')?.textContent === '专利检索');
    expect(document.documentElement.lang).toBe('zh-CN');
    expect(localStorage.getItem('quanlian.language')).toBe('zh');
    page.close();
  });

  it('focuses the search box on the slash key, but not while something is typed', async () => {
    const page = await openPage('/', {});
    await page.settle(() => page.element.querySelector('input[type=search]') !== null);
    const box = page.element.querySelector<HTMLInputElement>('input[type=search]');
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }));
    expect(document.activeElement).toBe(box);
    const typed = new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true });
    box?.dispatchEvent(typed);
    expect(typed.defaultPrevented).toBe(false);
    page.close();
  });

  it('says where there is no page', async () => {
    const page = await openPage('/nowhere', {});
    await page.settle(() => page.element.querySelector('h1')?.textContent === 'There is no such page');
    page.close();
  });
});
