import type { Page } from 'playwright-core';
import { seriousFaults } from './axe.js';
import type { Visitor } from './visitor.js';

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 360, height: 740 };

interface Ids {
  readonly id: string;
}

const read = <Answer>(page: Page, path: string): Promise<Answer> =>
  page.evaluate(async (address) => (await fetch(`/api/v1${address}`)).json(), path);

function firstOf([first]: readonly Ids[], what: string): string {
  if (first === undefined) throw new Error(`there is no ${what} to look at`);
  return first.id;
}

/** Pages that anybody sees, with one document of the corpus. */
export async function openPages({ page }: Visitor): Promise<string[]> {
  const { hits } = await read<{ hits: Ids[] }>(page, '/search?q=battery&limit=1');
  return [...OPEN, `/publications/${firstOf(hits, 'document')}`];
}

const OPEN = [
  '/',
  '/search?q=battery',
  '/search?q=qqqzzzxxx',
  '/loads',
  '/query',
  '/numbers',
  '/names',
  '/classes',
  '/classes?view=suggest',
  '/classes?view=fields',
  '/classes?view=compare&scheme=CPC',
  '/similar',
  '/synonyms',
  '/coverage',
  '/demo-city',
  '/rules',
  '/working-days',
  '/working-days?year=2040',
  '/certificates',
  '/certificates/unknown',
  '/sign-in',
  '/sign-in?signIn=refused',
  '/forgotten-password',
  '/password',
  '/password#a-secret-of-twenty-signs-and-more',
  '/invitation',
  '/nowhere',
];

/** Pages of whoever administers the city. */
export const ADMINISTRATION = ['/names', '/jobs', '/webhooks', '/audit', '/organizations', '/account', '/governance'];

const OFFICE = [
  '/tasks',
  '/cases',
  '/cases?view=board&process=plan-task',
  '/cases?view=calendar',
  '/notices',
  '/organizations',
  '/account',
  '/audit',
  '/webhooks',
  '/governance',
  '/governance/plans',
  '/governance/training',
  '/governance/training/people',
  '/governance/training/roster',
  '/governance/training/batches',
  '/governance/training/courses',
  '/governance/training/mine',
  '/governance/research',
  '/governance/inspection',
  '/governance/inspection/findings',
  '/governance/inspection/inspections',
  '/governance/inspection/plans',
];

/** The pages of an office, with one of each kind of record there is; throws when a kind has none. */
export async function officePages({ page }: Visitor): Promise<string[]> {
  const { plans } = await read<{ plans: Ids[] }>(page, '/plans');
  const plan = firstOf(plans, 'plan');
  const { indicators } = await read<{ indicators: (Ids & { ownerId: string })[] }>(page, `/plans/${plan}`);
  const indicator = indicators[0];
  const { values } = await read<{ values: Ids[] }>(
    page,
    `/indicators/${indicator?.id}/values?organization=${indicator?.ownerId}`,
  );
  const { cases } = await read<{ cases: Ids[] }>(page, '/cases?process=plan-task');
  const { cases: orders } = await read<{ cases: Ids[] }>(page, '/cases?process=rectification');
  const { batches } = await read<{ batches: Ids[] }>(page, '/training/batches');
  const { inspections } = await read<{ inspections: Ids[] }>(page, '/inspections');
  const { rules } = await read<{ rules: Ids[] }>(page, '/rules');
  const { organizations } = await read<{ organizations: Ids[] }>(page, '/identity/organizations');
  const { certificates } = await read<{ certificates: { code: string }[] }>(page, '/training/certificates');
  return [
    ...OFFICE,
    `/governance/plans/${plan}`,
    `/governance/plans/${plan}/dashboard`,
    `/governance/plans/${plan}/figures/tasksClosed`,
    `/governance/plans/${plan}/indicators/${firstOf(indicators, 'indicator')}`,
    `/governance/values/${firstOf(values, 'value')}`,
    `/cases/${firstOf(cases, 'task')}`,
    `/cases/${firstOf(orders, 'order')}`,
    `/governance/training/batches/${firstOf(batches, 'batch')}`,
    `/governance/inspection/inspections/${firstOf(inspections, 'inspection')}`,
    `/rules/${firstOf(rules, 'rule')}`,
    `/organizations/${firstOf(organizations, 'organization')}`,
    `/certificates/${certificates[0]?.code}`,
  ];
}

/** Opens everything that is folded away, so that forms are looked at as well. */
async function unfoldAll({ page, quiet }: Visitor): Promise<void> {
  await page.evaluate(() => {
    const folds = [...document.querySelectorAll<HTMLElement>('.fold > button[aria-expanded=false]')];
    for (const fold of folds.slice(0, 4)) fold.click();
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  await quiet();
}

/** Looks at a page in both languages, in a wide and a narrow window; tells what is wrong with it. */
export async function faultsOn(visitor: Visitor, path: string): Promise<string[]> {
  const { page, quiet } = visitor;
  const faults: string[] = [];
  const look = async (where: string): Promise<void> => {
    for (const fault of await seriousFaults(page)) faults.push(`${path} ${where}: ${fault.id} ${fault.place}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (overflow > 0) faults.push(`${path} ${where}: wider than the window by ${overflow} pixels`);
    // Two words that only a mistake brings onto a page; a missing translation shows its key.
    const text = await page.evaluate(() => document.querySelector('main')?.textContent ?? '');
    const odd = /\b(?:undefined|NaN|Invalid Date)\b|\[object|\b(?:desk|work|governance|identity):[a-z]+\.\w+/.exec(
      text,
    );
    if (odd !== null) faults.push(`${path} ${where}: shows “${odd[0]}”`);
  };
  await page.setViewportSize(WIDE);
  await visitor.open(path);
  await unfoldAll(visitor);
  for (const language of ['English', '中文']) {
    await page.getByRole('button', { name: language, exact: true }).first().click();
    await quiet();
    for (const size of [WIDE, NARROW]) {
      await page.setViewportSize(size);
      await look(`${language} ${size.width}`);
    }
    await page.setViewportSize(WIDE);
  }
  return faults;
}
