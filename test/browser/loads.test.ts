import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from './chromium.js';
import { startSmall } from './small.js';
import { type Visitor, visit } from './visitor.js';

const lamp = (number: number, title: string): string =>
  `<patent-document ucid="EP-${number}-A1" country="EP" doc-number="${number}" kind="A1" lang="EN" date="20180619"><bibliographic-data><publication-reference><document-id><country>EP</country><doc-number>${number}</doc-number><kind>A1</kind><date>20180619</date></document-id></publication-reference><technical-data><invention-title lang="EN">${title}</invention-title></technical-data></bibliographic-data></patent-document>\n`;

/** The second record is broken: its title never ends. */
const broken = (number: number): string => lamp(number, 'A lamp without end').replace('</invention-title>', '');

let browser: Browser;
let server: Awaited<ReturnType<typeof startSmall>>;
let inbox: string;
beforeAll(async () => {
  server = await startSmall([{ id: 'EP9000001A1', office: 'EP', number: '9000001', kind: 'A1', sources: [] }]);
  browser = await launchChromium();
  inbox = join(server.data, 'folder', 'inbox');
  await mkdir(inbox, { recursive: true });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Each language has a weekly series of its own. */
const SERIES = {
  zh: { letters: 'ipg', series: 'grants' },
  en: { letters: 'ipa', series: 'applications' },
} as const;

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
const put = async (name: string, text: string): Promise<void> => {
  await writeFile(join(inbox, name), text);
  await expect.poll(() => isThere(join(inbox, 'done', `${name}.report.json`)), { timeout: 60_000 }).toBe(true);
};

/** The part of the page about the inbox, with its newest state. */
async function inboxOf(visitor: Visitor) {
  await visitor.open('/loads');
  return visitor.page.locator('section[aria-labelledby=inbox]');
}

it.each(['zh', 'en'] as const)(
  'a file of the inbox with a broken record is named, mended and read again, in %s',
  async (language) => {
    const visitor = await visit(browser, server.url, language);
    const { page, say } = visitor;
    const first = language === 'zh' ? 1_000_000 : 2_000_000;
    const { letters, series } = SERIES[language];
    const [early, late] = [`${letters}180619.xml`, `${letters}180703.xml`];
    const part = await inboxOf(visitor);
    await part.getByText(say('loads:inbox.empty')).waitFor();

    await put(late, lamp(first + 1, 'A lamp'));
    await put(early, lamp(first + 2, 'A hat') + broken(first + 3) + lamp(first + 4, 'A rope'));
    await inboxOf(visitor);
    const missing = say('loads:inbox.gap', {
      office: 'US',
      series: say(`loads:inbox.series.${series}`),
      weeks: '2018-06-26',
    });
    await part.getByText(missing).waitFor();
    const failed = part.locator('.inbox__failed');
    expect(await failed.textContent()).toContain(`done/${early}`);
    expect(await failed.textContent()).toContain('record.malformed');
    const load = page.locator('.load').filter({ hasText: early });
    await load.getByText(say('loads:failure.title', { failed: 1 })).click();
    await load.locator('td .code').first().waitFor();
    expect(await load.locator('table').textContent()).toContain(say('errors:record.malformed'));

    // Read again as it is, it fails again; mended, it gives the record, and nothing twice.
    const again = say('loads:inbox.againNamed', { name: early });
    const report = join(inbox, 'done', `${early}.report.json`);
    const readAt = async (): Promise<string> =>
      readFile(report, 'utf8').then(
        (text) => (JSON.parse(text) as { id: string }).id,
        () => '',
      );
    const before = await readAt();
    await writeFile(
      join(inbox, 'done', early),
      lamp(first + 2, 'A hat') + lamp(first + 3, 'A coat') + lamp(first + 4, 'A rope'),
    );
    await failed.getByRole('button', { name: again, exact: true }).click();
    await part.getByText(early).waitFor();
    await expect.poll(async () => ['', before].includes(await readAt()), { timeout: 60_000 }).toBe(false);
    await inboxOf(visitor);
    expect(await failed.count()).toBe(0);
    const newest = page.locator('.load').filter({ hasText: early }).first();
    expect(await newest.locator('dd').allTextContents()).toEqual(['3', '1', '0', '2', '0', '0']);
    await visitor.open(`/publications/EP${first + 3}A1`);
    expect(await page.locator('main h1').textContent()).toContain('A coat');
    expect(visitor.problems).toEqual([]);
    await visitor.leave();
  },
);

it.each(['zh', 'en'] as const)(
  'a table in another encoding is shown in it and loaded in it, in %s',
  async (language) => {
    const visitor = await visit(browser, server.url, language);
    const { page, say } = visitor;
    const number = language === 'zh' ? '101000001' : '101000002';
    // 公开号,标题 and 锂电池 in GB 18030.
    const table = Buffer.concat([
      Buffer.from([0xb9, 0xab, 0xbf, 0xaa, 0xba, 0xc5, 0x2c, 0xb1, 0xea, 0xcc, 0xe2, 0x0d, 0x0a]),
      Buffer.from(`CN${number}A,`),
      Buffer.from([0xef, 0xae, 0xb5, 0xe7, 0xb3, 0xd8, 0x0d, 0x0a]),
    ]);
    await visitor.open('/loads');
    const part = page.locator('section[aria-labelledby=tables]');
    await part.locator('input[type=file]').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: table });
    const encoding = part
      .locator('label')
      .filter({ hasText: say('loads:table.encoding') })
      .locator('select');
    await encoding.waitFor();
    expect(await encoding.inputValue()).toBe('gb18030');
    await encoding.selectOption('big5');
    await part.getByRole('rowheader', { name: '公开号' }).waitFor({ state: 'detached' });
    await encoding.selectOption('gb18030');
    await part.getByRole('rowheader', { name: '公开号' }).waitFor();
    await part.getByRole('button', { name: say('loads:table.look') }).click();
    await part.getByRole('cell', { name: '锂电池' }).last().waitFor();
    await part.getByRole('button', { name: say('loads:table.load') }).click();
    await part.locator('h3').waitFor({ state: 'detached' });
    const held = () => page.evaluate(async (id) => (await fetch(`/api/v1/publications/${id}`)).status, `CN${number}A`);
    await expect.poll(held, { timeout: 60_000 }).toBe(200);
    await visitor.open(`/publications/CN${number}A`);
    expect(await page.locator('main h1').textContent()).toContain('锂电池');
    await visitor.leave();
  },
);
