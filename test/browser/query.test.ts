import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue as en } from '../../packages/web/src/i18n/en/catalogue.js';
import { catalogue as zh } from '../../packages/web/src/i18n/zh/catalogue.js';
import { launchChromium } from './chromium.js';
import { startSmall } from './small.js';

type Language = 'zh' | 'en';
const PAGES = { zh, en };

const PARTS = ['battery', 'electrode', 'separator', 'electrolyte', 'anode', 'cathode', 'housing', 'sensor'];
const WORDS = ['电池', '电极', '隔膜', '电解质', '负极', '正极', '壳体', '传感器'];

function documentOf(number: number, part: number) {
  const id = `EP${3_000_000 + number}A1`;
  return {
    id,
    office: 'EP',
    number: String(3_000_000 + number),
    kind: 'A1',
    date: `20${10 + (number % 15)}-03-0${1 + (number % 9)}`,
    titles: { en: `Lithium ${PARTS[part]} of kind ${number}`, zh: `锂${WORDS[part]}` },
    abstracts: { en: `A ${PARTS[part]} with a ${PARTS[(part + 3) % 8]}.` },
    applicants: [{ name: number % 2 === 0 ? 'Brightwater Ltd' : 'North University' }],
    classifications: [{ scheme: 'IPC', symbol: number % 3 === 0 ? 'H01M 10/0525' : 'H01M 50/40' }],
  };
}
const DOCUMENTS = Array.from({ length: 60 }, (_, i) => documentOf(i, i % 8));

/** Thirty clauses: alternatives in two fields, a class, dates and what is shut out. */
const STRATEGY = {
  en: `(${PARTS.map((part) => `title:${part}`).join(' OR ')})
(${PARTS.map((part) => `abstract:${part}`).join(' OR ')} OR text:cell OR text:module)
(class:H01M10 OR class:H01M50 OR class:H01G11) (applicant:brightwater OR applicant:university)
date:2010..2026 -title:zeppelin -title:bicycle -kind:B1 -office:US -applicant:nobody`,
  zh: `发明名称=(${WORDS.map((word) => word).join(' OR ')})
AND (${PARTS.map((part) => `摘要=${part}`).join(' OR ')} OR 全文=cell OR 全文=module)
AND (IPC分类号=H01M10 OR IPC分类号=H01M50 OR IPC分类号=H01G11) AND (申请人=brightwater OR 申请人=university)
AND 公开日=20100101:20261231 NOT 发明名称=飞艇 NOT 发明名称=自行车 NOT 文献种类=B1 NOT 公开国=US NOT 申请人=nobody`,
};

let browser: Browser;
let program: Awaited<ReturnType<typeof startSmall>>;
beforeAll(async () => {
  [browser, program] = await Promise.all([launchChromium(), startSmall(DOCUMENTS)]);
});
afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

async function openPage(language: Language, path: string): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({ locale: language === 'zh' ? 'zh-CN' : 'en-GB', acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(program.url + path);
  return { page, problems };
}

/** What a checker of accessibility finds of weight. */
async function seriousFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    // The policy of the pages lets no script in from elsewhere, so it is run by the browser's own debugger.
    await page.evaluate(axe.source);
  }
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await checker.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

/** The elements that make the page scroll sideways. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const width = window.innerWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width);
    return wide.map((one) => one.outerHTML.slice(0, 120));
  });

const editorOf = (page: Page, language: Language) => page.getByRole('textbox', { name: PAGES[language].query.editor });

async function type(page: Page, language: Language, text: string): Promise<void> {
  await editorOf(page, language).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('quanlian.query.draft')))
    .toContain(JSON.stringify(text));
}

async function run(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
}

describe.each(['zh', 'en'] as const)('the query page in %s', (language) => {
  const { query } = PAGES[language];

  it('takes a strategy of thirty clauses: typed, explained, run, saved, combined, recorded and replayed', async () => {
    const { page, problems } = await openPage(language, '/query');
    if (language === 'zh') await page.getByLabel(query.language.label).selectOption('cnipa');
    await type(page, language, STRATEGY[language]);

    const counts = page.getByRole('region', { name: query.counts.title });
    await expect.poll(async () => counts.locator('tbody tr').count()).toBeGreaterThanOrEqual(30);
    const whole = Number(await counts.locator('tbody tr').first().locator('.amount').textContent());
    expect(whole).toBeGreaterThan(5);
    await expect.poll(() => seriousFaults(page)).toEqual([]);

    await editorOf(page, language).click();
    await run(page);
    const history = page.getByRole('region', { name: query.history.title });
    await history.getByText('S1', { exact: true }).waitFor();
    await page.locator('.query-page__found .hit').first().waitFor();

    await page.getByLabel(query.saved.name, { exact: true }).fill('strategy');
    await page.getByRole('button', { name: query.saved.save }).click();
    await page.getByRole('button', { name: 'strategy', exact: true }).waitFor();

    const narrower = language === 'zh' ? 'IPC分类号=H01M10/0525' : 'class:H01M10/0525';
    await type(page, language, narrower);
    await run(page);
    await history.getByText('S2', { exact: true }).waitFor();
    await history.getByRole('checkbox').nth(1).check();
    await history.getByRole('checkbox').nth(0).check();
    await history.getByRole('button', { name: 'AND', exact: true }).click();
    await expect.poll(() => editorOf(page, language).textContent()).toBe('S1 AND S2');
    await editorOf(page, language).click();
    await run(page);
    await history.getByText('S3', { exact: true }).waitFor();
    const both = Number(await history.locator('tbody tr').first().locator('.amount').textContent());
    expect(both).toBeGreaterThan(0);
    expect(both).toBeLessThan(whole);

    await page.getByRole('button', { name: 'strategy', exact: true }).click();
    await expect.poll(() => editorOf(page, language).textContent()).toContain('H01G11');

    await page.locator('.query-page__found').getByText('S1 AND S2').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: query.record.json, exact: true }).click(),
    ]);
    const record = join(program.data, `record-${language}.json`);
    await download.saveAs(record);
    const [paper] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: query.record.pdf, exact: true }).click(),
    ]);
    expect((await readFile(await paper.path())).subarray(0, 5).toString()).toBe('%PDF-');

    // One document more that the query finds.
    const added = { ...documentOf(language === 'zh' ? 900 : 903, 0) };
    const more = join(program.data, `more-${language}.jsonl`);
    await writeFile(more, `${JSON.stringify(added)}\n`);
    await page.goto(`${program.url}/loads`);
    await page.locator('input[type=file]').setInputFiles(more);
    await expect
      .poll(async () => (await fetch(`${program.url}/api/v1/publications/${added.id}`)).status, { timeout: 30_000 })
      .toBe(200);

    await page.goto(`${program.url}/query`);
    await page.getByRole('button', { name: query.replay.title }).click();
    await page.getByLabel(query.replay.file).setInputFiles(record);
    await page.getByText(query.replay.different).waitFor();
    await page.getByRole('heading', { name: new RegExp(`${query.replay.added}.*1$`) }).waitFor();
    await page.getByRole('link', { name: added.id, exact: true }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);

    const tampered = JSON.parse(await readFile(record, 'utf8')) as { signed: { total: number } };
    tampered.signed.total += 1;
    const forged = join(program.data, `forged-${language}.json`);
    await writeFile(forged, JSON.stringify(tampered));
    await page.getByLabel(query.replay.file).setInputFiles(forged);
    await page.getByText('replay.refused').waitFor();
    expect(problems.filter((problem) => !problem.includes('422'))).toEqual([]);
    await page.context().close();
  });

  it('marks mistakes, offers words, translates, writes from a form and fits a narrow window', async () => {
    const { page, problems } = await openPage(language, '/query');
    await page.setViewportSize({ width: 360, height: 740 });
    await type(page, language, 'battery titl:x');
    await page.getByText(PAGES[language].search.fault.query.unknown_field).first().waitFor();
    await page.locator('.query-editor .cm-lintRange-error').waitFor();

    await type(page, language, '');
    await page.keyboard.type('elect');
    await page.getByRole('option', { name: /electrode/ }).waitFor();
    // The list takes no key in its first moment, so that nobody chooses by accident.
    await expect
      .poll(async () => {
        await page.keyboard.press('ArrowDown');
        return page.locator('[role=option][aria-selected=true]').count();
      })
      .toBe(1);
    await page.keyboard.press('Enter');
    await expect.poll(() => editorOf(page, language).textContent()).toMatch(/^electro(de|lyte)$/);

    await type(page, language, 'title:battery OR claims:"solid electrolyte"');
    await page.getByLabel(query.language.label).selectOption('cnipa');
    await expect
      .poll(() => editorOf(page, language).textContent())
      .toBe('发明名称=battery OR 权利要求="solid electrolyte"');
    await page.getByLabel(query.language.label).selectOption('cql');
    await page.getByText(query.language.lost).waitFor();
    await expect.poll(() => editorOf(page, language).textContent()).toBe('ti=battery');
    await page.getByRole('button', { name: query.language.undo }).click();
    await expect.poll(() => editorOf(page, language).textContent()).toContain('权利要求');

    await type(page, language, '全文=electrolite');
    await page.getByRole('button', { name: /electrolyte/ }).click();
    await expect.poll(() => editorOf(page, language).textContent()).toBe('全文=electrolyte');

    await page.getByRole('button', { name: query.form.title }).click();
    await page.getByLabel(query.form.text.replace('{{place}}', '1')).fill('separator');
    await page.getByLabel(query.form.text.replace('{{place}}', '4')).fill('2015..2026');
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: query.form.write, exact: true }).click();
    await expect
      .poll(() => editorOf(page, language).textContent())
      .toBe('发明名称=separator AND 公开(公告)日=2015:2026');
    expect(await tooWide(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('reads a list of numbers and hands out the report', async () => {
    const { page, problems } = await openPage(language, '/numbers');
    const { numbers } = query;
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByLabel(numbers.list).fill('EP 3000001 A1\nZL200710308494.X\n200710308494.1\nnothing');
    await page.getByRole('button', { name: numbers.read }).click();
    await page.getByRole('link', { name: 'EP3000001A1' }).waitFor();
    await page.getByRole('rowheader', { name: 'nothing' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV', exact: true }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toContain('CN200710308494');
    expect(await tooWide(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
