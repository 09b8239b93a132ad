// @vitest-environment happy-dom
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answer, click, openPage } from '../testing/openPage.js';
import { casePage, idOf, signedIn } from '../testing/work.js';

/** A canvas that draws nothing: happy-dom has none, and files are drawn without one. */
const NO_CANVAS = new Proxy(
  {},
  { get: () => () => ({ width: 8, addColorStop: () => undefined }), set: () => true },
) as CanvasRenderingContext2D;

/** Every module that draws: by a chart of the library, by SVG of its own, or by lengths and shades set on elements. */
const DRAWS = /<ChartView|<ChartRecords|<FacetFrame|<svg|role="img"|inlineSize: `|'--share'/;
const sources = import.meta.glob<string>(['../**/*.tsx', '!../**/*.test.tsx'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** What draws and is no chart: a sign, and a code to be read by a camera. */
const NO_CHARTS = ['app/shell/Header.tsx', 'features/identity/account/QrCode.tsx'];
/** What charts are made of; they are looked at in each chart that uses them. */
const PARTS = [
  'charts/ChartView.tsx',
  'features/work/parts/ChartRecords.tsx',
  'features/information/facets/FacetFrame.tsx',
];

interface Scene {
  /** The modules whose charts it shows. */
  readonly draws: readonly string[];
  readonly address: string;
  readonly answers: Readonly<Record<string, Answer>>;
  /** What each chart is called; in English. */
  readonly charts: readonly string[];
  /** A text and no picture of its own stands for these: figures in words stand in the drawing itself. */
  readonly inWords?: readonly string[];
  /** The button that a chart is behind. */
  readonly opens?: string;
}

const both = (en: string) => ({ zh: en, en });
const at = (n: number) => idOf(n);
const legal = {
  id: 'EP1B1',
  on: '2020-01-01',
  status: null,
  timeline: {
    spans: [
      { status: 'pending', from: '2001-01-01', to: '2003-01-01', reasons: [{ kind: 'filing' }] },
      { status: 'in-force', from: '2003-01-01', to: null, reasons: [{ kind: 'filing' }] },
    ],
    events: [],
    knownUntil: null,
    termEnds: null,
    states: [],
    fees: [],
  },
  inForceIn: null,
  term: null,
  laws: {},
  twins: [],
  holders: [],
};
const facet = (...values: string[]) => ({
  values: values.map((value, place) => ({ value, count: 9 - place })),
  unknown: 0,
  distinct: values.length,
});
const found = {
  total: 15,
  hits: [],
  facets: {
    year: facet('2020', '2021'),
    month: { values: [], unknown: 0, distinct: 0 },
    applicant: facet('Alpha', 'Beta'),
    section: facet('A', 'H'),
    office: facet('EP', 'US'),
  },
  tables: [
    {
      rows: ['Alpha', 'Beta'],
      columns: ['2020', '2021'],
      cells: [
        [4, 1],
        [0, 7],
      ],
    },
  ],
  clauses: [],
  cursor: null,
  corpus: { sequence: 1, documents: 15 },
  query: { input: 'x', canonical: 'x', ast: { op: 'all' } },
};
const kind = {
  office: 'EP',
  kind: 'B1',
  documents: 3,
  abstracts: 1,
  claims: 1,
  descriptions: 1,
  first: '2003',
  last: '2004',
};
const table = {
  name: 'field35',
  edition: '2019',
  targets: [1, 2].map((code) => ({
    code: String(code),
    names: both(`Field ${code}`),
    symbols: ['H01M'],
    classes: 1,
    documents: code,
  })),
};
const cell = { organizationId: at(2), organization: both('Office'), tier: null, roster: 8, certified: 6, share: 0.75 };
const indicator = {
  id: at(4),
  planId: at(3),
  code: 'I1',
  ownerId: at(2),
  definition: {
    id: at(8),
    version: 1,
    content: {
      title: both('Grants'),
      text: both('Grants a year'),
      unit: both('patents'),
      source: both('register'),
      direction: 'up',
      formula: { kind: 'stated' },
    },
  },
  baselines: [],
  targets: [{ organizationId: at(2), year: 2026, value: 30 }],
};
const plan = {
  plan: { id: at(3), title: both('Plan'), years: [2026], from: 2026, to: 2027 },
  indicators: [indicator],
  objectives: [],
  measures: [],
  units: [],
  may: { edit: false, define: false },
};
const session = (...permissions: string[]) => ({
  '/identity/session': signedIn(...permissions),
  '/identity/organizations': { body: { organizations: [{ id: at(2), name: both('Office') }] } },
});

const SCENES: readonly Scene[] = [
  {
    draws: ['features/information/coverage/CoverageDetail.tsx'],
    address: '/coverage',
    answers: {
      '/coverage': {
        body: {
          documents: 3,
          rows: [2003, 2004].map((year) => ({ office: 'EP', kind: 'B1', year: String(year), documents: year - 2002 })),
          kinds: [kind],
          fields: [],
          gaps: [],
        },
      },
    },
    charts: ['Documents by year'],
  },
  {
    draws: ['features/information/classes/FieldsView.tsx'],
    address: '/classes?view=fields',
    answers: {
      '/schemes': { body: { versions: [] } },
      '/concordances': { body: { editions: [{ name: 'field35', current: true }] } },
      '/concordances/field35': { body: table },
    },
    charts: ['Field of technology (WIPO 35)'],
  },
  {
    draws: ['ChartFacets', 'ClassFacet', 'BarFacet', 'CrossFacet'].map(
      (name) => `features/information/facets/${name}.tsx`,
    ),
    address: '/search?q=x',
    answers: { '/search': { body: found }, '/concordances': { body: { editions: [] } } },
    charts: [
      'Year of publication',
      'Applicants and owners',
      'IPC/CPC section',
      'Office',
      'Documents by Applicants and owners and Year of publication',
    ],
    inWords: ['Office', 'Documents by Applicants and owners and Year of publication'],
    opens: 'Show figures and filters',
  },
  {
    draws: ['features/information/document/LegalLife.tsx'],
    address: '/publications/EP1B1',
    answers: {
      '/publications/EP1B1': {
        body: {
          document: { id: 'EP1B1', office: 'EP', number: '1', kind: 'B1', titles: { en: 'Press' }, sources: [] },
          alternatives: [],
          linked: {},
          citedBy: { total: 0, ids: [] },
          files: {},
        },
      },
      '/publications/EP1B1/legal': { body: legal },
    },
    charts: ['Course of the legal status'],
  },
  {
    draws: ['features/work/case/StateDiagram.tsx'],
    address: `/cases/${at(9)}`,
    answers: { ...session('case.read'), [`/cases/${at(9)}`]: { body: casePage() } },
    charts: ['States and path'],
  },
  {
    draws: ['features/governance/training/CoveragePage.tsx'],
    address: '/governance/training',
    answers: {
      ...session('training.read'),
      '/training/coverage': { body: { on: '2026-01-01', total: cell, cells: [cell] } },
    },
    charts: ['By organization'],
  },
  {
    draws: ['features/governance/inspection/OverviewPage.tsx'],
    address: '/governance/inspection',
    answers: {
      ...session('inspection.read'),
      '/inspection/overview': {
        body: {
          on: '2026-01-01',
          inspections: {},
          findings: { found: 3, closed: 1, open: 2, overdue: 0, closedShare: 0.3 },
          ageing: [{ band: '0-30', severity: 'major', open: 2 }],
          recurrence: { repeats: 0, share: null, items: [] },
        },
      },
    },
    charts: ['Open findings by age'],
  },
  {
    draws: ['features/governance/plan/DashboardPage.tsx'],
    address: `/governance/plans/${at(3)}/dashboard`,
    answers: {
      ...session('plan.read'),
      [`/plans/${at(3)}`]: { body: plan },
      [`/plans/${at(3)}/dashboard`]: {
        body: {
          year: 2026,
          date: '2026-01-01',
          figures: [],
          standings: [],
          wholes: [],
          units: [
            {
              organizationId: at(2),
              green: 2,
              amber: 1,
              red: 0,
              grey: 0,
              tasksOpen: 1,
              tasksOverdue: 0,
              tasksClosed: 2,
            },
          ],
        },
      },
    },
    charts: ['By organization'],
  },
  {
    draws: ['features/governance/plan/IndicatorPage.tsx'],
    address: `/governance/plans/${at(3)}/indicators/${at(4)}`,
    answers: {
      ...session('plan.read'),
      [`/plans/${at(3)}`]: { body: plan },
      [`/indicators/${at(4)}/definitions`]: { body: { definitions: [] } },
      [`/indicators/${at(4)}/values`]: {
        body: {
          values: [
            {
              id: at(5),
              date: '2026-03-31',
              value: 12,
              restated: null,
              state: 'confirmed',
              colour: 'green',
              sources: 1,
            },
          ],
        },
      },
    },
    charts: ['Course of the values'],
  },
  {
    draws: ['features/identity/account/OpsUsage.tsx'],
    address: '/account',
    answers: {
      ...session('ops.use'),
      '/ops/clients': {
        body: {
          clients: [
            {
              id: at(6),
              name: 'Reader',
              key: 'k',
              organizationId: at(2),
              hourBytes: null,
              weekBytes: null,
              perMinute: {},
              createdAt: '2026-01-01T00:00:00Z',
              revokedAt: null,
            },
          ],
        },
      },
      [`/ops/clients/${at(6)}/usage`]: {
        body: { days: [{ day: '2026-01-02', service: 'search', requests: 4, bytes: 2_000_000 }] },
      },
    },
    charts: ['Use of Reader in the last 30 days'],
    opens: 'Use',
  },
];

// What draws and what writes files is loaded when it is first asked for; no scene should wait for that.
beforeAll(() => Promise.all([import('./engine.js'), import('../app/xlsx.js')]), 120_000);

let saved: { name: string; content: Blob }[] = [];
beforeEach(() => {
  saved = [];
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(NO_CANVAS as never);
  let content: Blob;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    content = blob as Blob;
    return 'blob:file';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, content });
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

type Page = Awaited<ReturnType<typeof openPage>>;

async function file(page: Page, label: string): Promise<{ name: string; content: Blob }> {
  const before = saved.length;
  const button = page.element.querySelector(`button[aria-label="${label}"]`);
  expect(button, `a button “${label}”`).not.toBeNull();
  await click(button);
  await page.settle(() => saved.length > before);
  return saved[before] as { name: string; content: Blob };
}

async function expectFiles(page: Page, title: string): Promise<void> {
  const csv = await (await file(page, `Save “${title}” as CSV`)).content.text();
  const [head = '', ...rows] = csv.trim().split('\r\n');
  expect(head.split(',').length, `columns in the file of “${title}”`).toBeGreaterThan(1);
  expect(rows.length, `rows in the file of “${title}”`).toBeGreaterThan(0);
  const xlsx = await file(page, `Save “${title}” as XLSX`);
  expect(xlsx.name).toMatch(/\.xlsx$/);
  expect(xlsx.content.size).toBeGreaterThan(500);
  const svg = await (await file(page, `Save the chart “${title}” as SVG`)).content.text();
  expect(svg, `the picture of “${title}”`).toMatch(/<svg [\s\S]*<(?:path|rect)/);
}

function expectTable(page: Page, title: string): void {
  const tables = [...page.element.querySelectorAll('table')];
  const own = tables.find((one) => one.querySelector('caption')?.textContent === title);
  const list = [...page.element.querySelectorAll('section')].find(
    (one) => one.querySelector('h3')?.textContent === title,
  );
  const rows = own?.querySelectorAll('tbody tr') ?? list?.querySelectorAll('ul.bars li') ?? [];
  expect(rows.length, `the table of “${title}”`).toBeGreaterThan(0);
  expect([...rows].some((row) => /\d/.test(row.textContent ?? ''))).toBe(true);
}

describe('every chart', () => {
  it('is in a scene below: a new one without table, files and text must not get in', () => {
    const drawing = Object.entries(sources).flatMap(([path, text]) => (DRAWS.test(text) ? [path] : []));
    const known = [...NO_CHARTS, ...PARTS, ...SCENES.flatMap(({ draws }) => draws)].map((path) =>
      path.startsWith('charts/') ? `./${path.slice('charts/'.length)}` : `../${path}`,
    );
    expect(drawing.sort()).toEqual(known.sort());
  });

  it.each(SCENES)('of $address has its table, its files and its text', async (scene) => {
    const page = await openPage(scene.address, scene.answers);
    if (scene.opens !== undefined) {
      const { opens } = scene;
      const button = () =>
        [...page.element.querySelectorAll('button')].find((one) => one.textContent?.startsWith(opens));
      await page.settle(() => button() !== undefined);
      await click(button());
    }
    await page.settle(() => {
      for (const fold of page.element.querySelectorAll('details:not([open])')) {
        (fold as HTMLDetailsElement).open = true;
        fold.dispatchEvent(new Event('toggle'));
      }
      return scene.charts.every((title) =>
        page.element.querySelector(`button[aria-label="Save the chart “${title}” as SVG"]`),
      );
    });
    for (const title of scene.charts) {
      expectTable(page, title);
      await expectFiles(page, title);
    }
    const told = [...page.element.querySelectorAll('[role=img]')].map((one) => one.getAttribute('aria-label') ?? '');
    expect(told.length).toBeGreaterThanOrEqual(scene.charts.length - (scene.inWords?.length ?? 0));
    for (const text of told) expect(text.length, 'a text for who cannot see it').toBeGreaterThan(20);
    page.close();
  });
});
