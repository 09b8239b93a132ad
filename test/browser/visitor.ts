import type { Browser, Locator, Page, Request } from 'playwright-core';
import { catalogue as en } from '../../packages/web/src/i18n/en/catalogue.js';
import { catalogue as zh } from '../../packages/web/src/i18n/zh/catalogue.js';

export type Language = 'zh' | 'en';

/** Gives the words of a page by their key `area:group.name`, with the places filled in. */
type Say = (key: string, places?: Readonly<Record<string, string | number>>) => string;

/** The words the pages use in a language. Throws for a key that no page has. */
function sayIn(language: Language): Say {
  const catalogue: object = { zh, en }[language];
  return (key, places = {}) => {
    const found = key
      .split(/[:.]/)
      .reduce<unknown>((inner, name) => (inner as Record<string, unknown>)?.[name], catalogue);
    if (typeof found !== 'string') throw new Error(`the pages have no words for “${key}”`);
    return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(places[name] ?? ''));
  };
}

/** Values for the boxes of a form by their names; a list ticks or chooses several, a boolean sets a box. */
type Filling = Readonly<Record<string, string | boolean | readonly string[]>>;

const CITY_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });

/** A day of the city, so many days from today. */
export const dayFromNow = (days: number): string => CITY_DAY.format(Date.now() + days * 86_400_000);

/** Somebody before a page. */
export interface Visitor {
  readonly page: Page;
  readonly say: Say;
  /** What the browser complained about, and answers of the server that no page should cause. */
  readonly problems: string[];
  open(path: string): Promise<void>;
  /** Opens something that is folded away and gives its form. */
  unfold(label: string, within?: Locator): Promise<Locator>;
  /** Fills a form, sends it and waits until it was taken; throws with what the page says when it was refused. */
  send(form: Locator, filling?: Filling): Promise<void>;
  /** Waits until the page has read all it shows. */
  quiet(): Promise<void>;
  leave(): Promise<void>;
}

async function fillBox(form: Locator, name: string, value: Filling[string]): Promise<void> {
  const box = form.locator(`[name="${name}"]`);
  if (Array.isArray(value)) {
    for (const one of value) await form.locator(`[name="${name}"][value="${one}"]`).check();
    return;
  }
  if (typeof value === 'boolean') return box.first().setChecked(value);
  const kind = await box.first().evaluate((one) => `${one.tagName} ${(one as { type?: string }).type}`);
  if (kind.startsWith('SELECT')) await box.selectOption(value as string);
  else if (kind.endsWith(' file')) await box.setInputFiles(value as string);
  else await box.fill(value as string);
}

async function sendForm(page: Page, form: Locator, filling: Filling): Promise<void> {
  for (const [name, value] of Object.entries(filling)) await fillBox(form, name, value);
  const writing = page.waitForResponse(
    (answer) => answer.request().method() !== 'GET' && !answer.url().includes('/papers?'),
  );
  await form.locator('button[type=submit]').first().click();
  const answer = await writing;
  if (answer.status() >= 400) throw new Error(`${answer.request().method()} ${answer.url()}: ${await answer.text()}`);
}

/** How long nothing may be on its way before a page counts as settled. */
const QUIET_MS = 120;

/** Tells when the page has asked the server all it wants, which after a change is only a moment later. */
function watchQuiet(page: Page): () => Promise<void> {
  const running = new Set<Request>();
  let lastAt = Date.now();
  const note = (change: (request: Request) => unknown) => (request: Request) => {
    change(request);
    lastAt = Date.now();
  };
  page.on(
    'request',
    note((request) => running.add(request)),
  );
  for (const end of ['requestfinished', 'requestfailed'] as const)
    page.on(
      end as 'requestfinished',
      note((request) => running.delete(request)),
    );
  return async () => {
    lastAt = Date.now();
    const end = lastAt + 20_000;
    while (Date.now() < end && (running.size > 0 || Date.now() - lastAt < QUIET_MS)) await page.waitForTimeout(20);
  };
}

function noteProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  return problems;
}

/** Opens a browser window of its own in a language. */
export async function visit(browser: Browser, url: string, language: Language): Promise<Visitor> {
  const context = await browser.newContext({
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    viewport: { width: 1280, height: 900 },
    timezoneId: 'Asia/Shanghai',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const problems = noteProblems(page);
  const quiet = watchQuiet(page);
  return {
    page,
    say: sayIn(language),
    problems,
    async open(path) {
      await page.goto(`${url}${path}`);
      await quiet();
    },
    async unfold(label, within = page.locator('main')) {
      const fold = within.locator('.fold').filter({ has: page.getByRole('button', { name: label, exact: true }) });
      await fold.first().locator('button[aria-expanded]').first().click();
      return fold.first().locator('.fold__inside form').first();
    },
    async send(form, filling = {}) {
      await sendForm(page, form, filling);
      await quiet();
    },
    quiet,
    leave: () => context.close(),
  };
}

/** Signs somebody of the demo city in, the way anybody does. */
export async function signIn(visitor: Visitor, name: string, password: string | undefined): Promise<void> {
  if (password === undefined) throw new Error(`the program printed no account named ${name}`);
  const { page } = visitor;
  await visitor.open('/sign-in');
  await visitor.send(page.locator('main form').first(), { email: `${name}@demo.invalid`, password });
  await page.waitForURL(/\/tasks/);
  await visitor.quiet();
}
