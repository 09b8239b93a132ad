import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from './chromium.js';
import { startSmall } from './small.js';
import { visit } from './visitor.js';

const TITLES = [
  '<script>window.struck=1</script><img src=x onerror="window.struck=1"> needle',
  '<svg onload="window.struck=1"><a href="javascript:window.struck=1">press</a></svg> needle',
  'A\u202egnp.exe needle',
  'needle {{7*7}} \u0001\u001b[2J =cmd|calc!A0',
];
const documents = TITLES.map((title, index) => ({
  id: `EP${3_000_001 + index}A1`,
  office: 'EP',
  number: String(3_000_001 + index),
  kind: 'A1',
  date: `2020-01-0${index + 1}`,
  titles: { en: title },
  abstracts: { en: title },
  applicants: [{ name: title }, { name: 'After it' }],
  inventors: [{ name: title }],
  claims: [{ lang: 'en', number: 1, text: title, dependsOn: [] }],
  description: [{ lang: 'en', text: title }],
  events: [{ office: 'EP', code: 'X1', date: '2021-01-01', text: title, st27: null }],
  sources: [],
}));

let browser: Browser;
let server: Awaited<ReturnType<typeof startSmall>>;
beforeAll(async () => {
  server = await startSmall(documents);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const plain = (text: string): string => text.replace(/[\s\p{C}]+/gu, ' ').trim();

it.each(['zh', 'en'] as const)('whatever a title or name holds is shown as text, in %s', async (language) => {
  const visitor = await visit(browser, server.url, language);
  const { page } = visitor;
  const asked: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== server.url || request.url().endsWith('/x')) asked.push(request.url());
  });
  page.on('dialog', (dialog) => {
    asked.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await visitor.open('/search?q=needle');
  await page.locator('[data-hit]').first().waitFor();
  const shown = await page.locator('[data-hit]').allTextContents();
  expect(shown.map(plain).sort()).toEqual(TITLES.map(plain).sort());
  for (const [index, title] of TITLES.entries()) {
    await visitor.open(`/publications/EP${3_000_001 + index}A1`);
    expect(plain((await page.locator('main h1').textContent()) ?? '')).toContain(plain(title));
    expect(await page.title()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(await page.locator('main [href^="javascript:"], main script, main svg[onload]').count()).toBe(0);
    // Every element that holds a mark of direction keeps it to itself.
    const leaking = await page.evaluate(`[...document.querySelectorAll('main *')]
      .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.includes('\\u202e')))
      .filter((one) => { const style = getComputedStyle(one); return style.display.startsWith('inline') && !style.unicodeBidi.includes('isolate'); })
      .map((one) => one.outerHTML.slice(0, 200))`);
    expect(leaking).toEqual([]);
  }
  expect(await page.evaluate('window.struck')).toBeUndefined();
  expect(asked).toEqual([]);
  expect(visitor.problems).toEqual([]);
  await visitor.leave();
});
