import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium } from './chromium.js';

const GRANT = fileURLToPath(new URL('../../packages/formats/src/us-ice/fixtures/grant.xml', import.meta.url));

interface Words {
  readonly query: string;
  readonly demo: RegExp;
  readonly box: string;
  readonly total: RegExp;
  readonly filters: string;
  readonly claims: RegExp;
  readonly load: string;
  readonly done: string;
}

const WORDS: Record<'zh' | 'en', Words> = {
  zh: {
    query: '电池',
    demo: /生成/,
    box: '检索式',
    total: /([\d,]+) 篇文献/,
    filters: '生效的筛选条件',
    claims: /权利要求/,
    load: '数据加载',
    done: '已完成',
  },
  en: {
    query: 'battery',
    demo: /generated/i,
    box: 'Query',
    total: /([\d,]+) documents?/,
    filters: 'Filters in force',
    claims: /Claims/,
    load: 'Load data',
    done: 'Done',
  },
};

let browser: Browser;
const program = inject('program');

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
});

async function openStart(language: 'zh' | 'en'): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({ locale: language === 'zh' ? 'zh-CN' : 'en-GB', acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(program.url);
  return { page, problems };
}

async function total(page: Page, words: Words): Promise<number> {
  const text = await page.getByText(words.total).first().textContent();
  return Number(words.total.exec(text ?? '')?.[1]?.replace(/,/g, ''));
}

async function search(page: Page, words: Words, query: string): Promise<void> {
  const box = page.getByRole('combobox', { name: words.box });
  await box.fill(query);
  await box.press('Enter');
  await page.waitForURL(/\/search\?/);
}

async function exported(page: Page, format: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: format, exact: true }).first().click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

describe.each(['zh', 'en'] as const)('a visit in %s', (language) => {
  const words = WORDS[language];

  it('searches, narrows by a facet, opens a document, loads a file, finds it and exports', async () => {
    const { page, problems } = await openStart(language);
    await page.locator(`html[lang^=${language}]`).waitFor({ state: 'attached' });
    await page.getByText(words.demo).first().waitFor();

    await search(page, words, words.query);
    const all = await total(page, words);
    expect(all).toBeGreaterThan(20);
    await page.locator('mark').first().waitFor();

    const bar = page.locator('button.bar').first();
    await bar.waitFor();
    const inBar = Number((await bar.locator('.amount').first().textContent())?.replace(/,/g, ''));
    await bar.click();
    await page.waitForURL(/filter=/);
    await expect.poll(() => total(page, words)).toBe(inBar);
    const lines = (await exported(page, 'JSON Lines')).trim().split('\n');
    expect(lines).toHaveLength(inBar);

    await page.locator('main article a, main li a').first().click();
    await page.waitForURL(/\/publications\//);
    await page.getByRole('heading', { name: words.claims }).first().waitFor();

    await page.getByRole('link', { name: words.load, exact: true }).first().click();
    await page.waitForURL(/\/loads/);
    await page.locator('input[type=file]').first().setInputFiles(GRANT);
    const load = page.getByRole('listitem').filter({ hasText: 'grant.xml' }).first();
    await load.getByText(words.done, { exact: true }).waitFor();

    await page.goto(program.url);
    await search(page, words, 'LiFePO4 applicant:Brightwater');
    await expect.poll(() => total(page, words)).toBe(1);
    const csv = await exported(page, 'CSV');
    expect(csv.trim().split('\n')).toHaveLength(2);
    expect(csv).toContain('US9900001B2');
    await page
      .getByRole('link', { name: /LiFePO₄/ })
      .first()
      .click();
    await page.waitForURL(/US9900001B2/);
    await page.getByText('The rate is r = (a + b)/2 as in').first().waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('fits a narrow window and says what to try when nothing is found', async () => {
    const { page, problems } = await openStart(language);
    await page.setViewportSize({ width: 360, height: 740 });
    await search(page, words, `${words.query} qqqzzzxxx`);
    await page.locator('main').getByText('qqqzzzxxx').first().waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
