import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium } from './chromium.js';
import { signIn, type Visitor, visit } from './visitor.js';

const { url, accounts } = inject('program');

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

async function lapsedPatent(): Promise<string> {
  const answer = await fetch(`${url}/api/v1/search?filter=status:lapsed&filter=kind:B&limit=1`);
  const { hits } = (await answer.json()) as { hits: { id: string }[] };
  const [first] = hits;
  if (first === undefined) throw new Error('no patent of the demo city has lapsed');
  return first.id;
}

const figure = (text: string | null): number => Number((text ?? '').replace(/\D/g, ''));

/** Saves the table of that name as a file and gives its lines. */
async function savedLines({ page, say }: Visitor, title: string): Promise<string[]> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: say('work:saveCsv', { title }), exact: true }).click(),
  ]);
  return (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/);
}

describe.each(['zh', 'en'] as const)('the register in %s', (language) => {
  it('leads from a class to its documents', async () => {
    const visitor = await visit(browser, url, language);
    const { page, say } = visitor;
    await visitor.open('/classes');
    await page.getByRole('link', { name: 'H', exact: true }).click();
    await page.getByRole('link', { name: 'H01', exact: true }).click();
    await page.getByRole('heading', { level: 2, name: /^H01 / }).waitFor();
    const row = page.locator('.place').filter({ hasText: /^H01M/ });
    const count = row.locator('a.figures');
    const documents = figure(await count.textContent());
    expect(documents).toBeGreaterThan(0);
    await count.click();
    await page.waitForURL(/\/search/);
    await page.locator('.hit').first().waitFor();
    const total = say('search:total_other', { total: documents.toLocaleString('en') });
    await page.locator('main').getByText(total).first().waitFor();
    await page.locator('.hit a').first().click();
    await page.waitForURL(/\/publications\//);
    await page.getByRole('heading', { level: 2, name: say('document:section.family') }).waitFor();
    expect(visitor.problems).toEqual([]);
    await visitor.leave();
  });

  it('tells why a patent lapsed, and leads along its family', async () => {
    const visitor = await visit(browser, url, language);
    const { page, say } = visitor;
    const id = await lapsedPatent();
    await visitor.open(`/publications/${id}`);
    const legal = page.locator('section[aria-labelledby=legal]');
    const lapsed = legal
      .locator('tbody tr')
      .filter({ hasText: say('register:status.lapsed') })
      .first();
    await lapsed.waitFor();
    const why = (await lapsed.textContent()) ?? '';
    expect(why).toContain('ST.27 H10');
    expect(why).toContain(language === 'zh' ? '第44条' : 'Art. 44');
    expect(await legal.getByRole('img').getAttribute('aria-label')).toContain(say('register:status.lapsed'));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      legal.getByRole('button', { name: say('work:saveCsv', { title: say('register:chain') }), exact: true }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toContain(say('register:status.lapsed'));
    const member = page.locator('section[aria-labelledby=family] tbody a').first();
    const other = (await member.textContent()) ?? '';
    expect(other).not.toBe(id);
    await member.click();
    await page.waitForURL(`**/publications/${other}`);
    await page.locator('section[aria-labelledby=family]').getByRole('link', { name: id, exact: true }).waitFor();
    expect(visitor.problems).toEqual([]);
    await visitor.leave();
  });

  it('merges two names with a reason and undoes it', async () => {
    const visitor = await visit(browser, url, language);
    const { page, say } = visitor;
    await signIn(visitor, 'officer', accounts['officer']);
    await visitor.open('/names');
    const proposal = page.getByRole('button', { name: say('names:merge.open'), exact: true });
    await proposal.first().waitFor();
    const before = await proposal.count();
    await proposal.first().click();
    const reason = `reason ${language} ${Date.now()}`;
    await page.getByLabel(say('names:merge.reason'), { exact: true }).fill(reason);
    await page.locator('form[aria-label] button[type=submit]').last().click();
    const merged = page.locator('tr').filter({ hasText: reason });
    await merged.getByText(say('names:history.active'), { exact: true }).waitFor();
    await expect.poll(() => proposal.count(), { timeout: 30_000 }).toBe(before - 1);
    await merged.getByRole('button', { name: say('names:undo.open'), exact: true }).click();
    await merged.locator('input').fill('they are two');
    await merged.getByRole('button', { name: say('names:undo.send'), exact: true }).click();
    await merged.getByText('they are two').waitFor();
    await expect.poll(() => proposal.count(), { timeout: 30_000 }).toBe(before);
    expect(visitor.problems).toEqual([]);
    await visitor.leave();
  });

  it('keeps what can be done with names in view in a narrow window', async () => {
    const visitor = await visit(browser, url, language);
    const { page, say } = visitor;
    await page.setViewportSize({ width: 390, height: 800 });
    await signIn(visitor, 'officer', accounts['officer']);
    await visitor.open('/names');
    const open = page.getByRole('button', { name: say('names:merge.open'), exact: true }).first();
    await open.waitFor();
    const box = await open.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 391)).toBeLessThanOrEqual(390);
    const card = page.locator('.cards > li').first();
    await card.getByText(say('names:proposals.evidence'), { exact: true }).waitFor();
    expect(visitor.problems).toEqual([]);
    await visitor.leave();
  });

  it('finds a class by words, tells how many documents it has, and asks which scheme to compare', async () => {
    const visitor = await visit(browser, url, language);
    const { page, say } = visitor;
    await visitor.open('/classes?scheme=CPC');
    await page.getByLabel(say('classes:words'), { exact: true }).fill(language === 'zh' ? '电池' : 'batteries');
    await page.getByRole('button', { name: say('classes:find'), exact: true }).click();
    const place = page.locator('.place').filter({ hasText: /^H01M/ });
    expect(figure(await place.locator('a.figures').textContent())).toBeGreaterThan(0);
    await page.getByRole('link', { name: say('classes:view.compare'), exact: true }).click();
    const scheme = page.getByLabel(say('classes:compare.scheme'), { exact: true });
    for (const name of ['IPC', 'CPC']) {
      await scheme.selectOption(name);
      await page.getByText(say('classes:compare.one', { scheme: name }), { exact: true }).waitFor();
    }
    expect(visitor.problems).toEqual([]);
    await visitor.leave();
  });

  it('merges two typed names, counts them as one where asked, and is as before once that is undone', async () => {
    const visitor = await visit(browser, url, language);
    const { page, say } = visitor;
    await signIn(visitor, 'officer', accounts['officer']);
    const answer = await fetch(`${url}/api/v1/search?facet=applicant&limit=0`);
    const { facets } = (await answer.json()) as { facets: { applicant: { values: { value: string }[] } } };
    const [first = '', second = ''] = facets.applicant.values.slice(-2).map(({ value }) => value);
    const search = `/search?filter=${encodeURIComponent(`applicant:${first}`)}`;
    const total = async (): Promise<number> => {
      await page.locator('.hit').first().waitFor();
      return figure(await page.locator('.results__total strong').textContent());
    };
    await visitor.open(search);
    const before = await total();
    await visitor.open('/names');
    await page.getByLabel(say('names:typed.names'), { exact: true }).fill(`${first}\n${second}`);
    const reason = `typed ${language} ${Date.now()}`;
    await page.getByLabel(say('names:typed.reason'), { exact: true }).fill(reason);
    await page.getByRole('button', { name: say('names:typed.send'), exact: true }).click();
    const merged = page.locator('tr').filter({ hasText: reason });
    await merged.getByText(say('names:history.active'), { exact: true }).waitFor();
    await visitor.open(search);
    expect(await total()).toBe(before);
    await page.getByLabel(say('answers:choice.merged'), { exact: true }).check();
    await page.waitForURL(/names=merged/);
    await expect.poll(total, { timeout: 30_000 }).toBeGreaterThan(before);
    await visitor.open('/names');
    await merged.getByRole('button', { name: say('names:undo.open'), exact: true }).click();
    await merged.locator('input').fill('they are two');
    await merged.getByRole('button', { name: say('names:undo.send'), exact: true }).click();
    await merged.getByText('they are two').waitFor();
    await visitor.open(`${search}&names=merged`);
    await expect.poll(total, { timeout: 30_000 }).toBe(before);
    expect(visitor.problems).toEqual([]);
    await visitor.leave();
  });

  it.each([
    ['/coverage', 'coverage:years'],
    ['/classes?view=fields', 'fields:field35'],
  ] as const)('gives the chart of %s as a table and a file', async (path, key) => {
    const visitor = await visit(browser, url, language);
    const { page, say } = visitor;
    await visitor.open(path);
    await page.locator('.chart svg, .chart canvas').first().waitFor({ state: 'attached' });
    const rows = page.getByRole('table', { name: say(key), exact: true }).locator('tbody tr');
    const shown = await rows.count();
    expect(shown).toBeGreaterThan(5);
    expect(await savedLines(visitor, say(key))).toHaveLength(shown + 1);
    expect(await page.getByRole('img').first().getAttribute('aria-label')).toContain(say(key));
    await page.getByRole('button', { name: say('work:saveXlsx', { title: say(key) }), exact: true }).waitFor();
    await page.getByRole('button', { name: say('facets:saveSvg', { title: say(key) }), exact: true }).waitFor();
    expect(visitor.problems).toEqual([]);
    await visitor.leave();
  });
});
