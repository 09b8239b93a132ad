// @vitest-environment happy-dom
import type { Hit } from '@quanlian/contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { byText, click, openPage } from '../../../testing/openPage.js';

const hit = (id: string, part: Partial<Hit> = {}): Hit => ({
  id,
  office: 'EP',
  title: `Title of ${id}`,
  applicants: [],
  classes: [],
  score: 1,
  passages: [],
  ...part,
});

const answer = (more: object = {}) => ({
  body: {
    total: 2,
    hits: [hit('EP1B1'), hit('EP2B1')],
    facets: {},
    clauses: [],
    cursor: null,
    corpus: { sequence: 1, documents: 3 },
    query: { input: '', canonical: '', ast: { op: 'all' } },
    ...more,
  },
});

/** Types into a box as a reader does. */
function type(box: Element | null, text: string): void {
  if (!(box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement)) throw new Error('There is no box.');
  const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box) as object, 'value') ?? {};
  set?.call(box, text);
  box.dispatchEvent(new Event('input', { bubbles: true }));
}
const press = (box: Element | null, key: string) =>
  box?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

afterEach(() => vi.unstubAllGlobals());

describe('the choices over a result', () => {
  it('show families as one and take synonyms in, by the address', async () => {
    const page = await openPage('/search?q=battery', { '/search': answer({ families: 1 }) });
    await page.settle(() => page.element.querySelector('.choices') !== null);
    const [families, synonyms] = page.element.querySelectorAll('.choices input');
    await click(families);
    await click(synonyms);
    await page.settle(() => page.router.state.location.searchStr === '?q=battery&families=true&synonyms=true');
    await page.settle(() => page.asked.some(({ searchParams }) => searchParams.get('collapse') === 'family'));
    expect(page.asked.some(({ searchParams }) => searchParams.get('synonyms') === 'true')).toBe(true);
    expect(page.element.querySelector('[role=status]')?.textContent).toContain('of 1 families');
    page.close();
  });

  it('tell which synonym matched', async () => {
    const passages = [
      {
        field: 'abstract',
        text: 'an accumulator',
        highlights: [{ from: 3, to: 14 }],
        synonyms: [{ from: 3, to: 14, of: 'battery' }],
      },
    ];
    const page = await openPage('/search?q=battery&synonyms=true', {
      '/search': answer({ hits: [hit('EP1B1', { passages })] }),
    });
    await page.settle(() => page.element.querySelector('.hit__synonym') !== null);
    expect(page.element.querySelector('.hit__synonym')?.textContent).toContain('accumulator = battery');
    page.close();
  });

  it('count the hits of each part when the reader asks', async () => {
    const clauses = [
      { clause: 'battery cell', hits: 2 },
      { clause: 'battery', hits: 12 },
    ];
    const page = await openPage('/search?q=battery+cell', { '/search': answer({ clauses }) });
    await page.settle(() => page.element.querySelector('details') !== null);
    expect(page.asked.some(({ searchParams }) => searchParams.get('explain') === 'true')).toBe(false);
    const details = byText(page.element, 'Hits of each part')?.parentElement as HTMLDetailsElement;
    details.open = true;
    details.dispatchEvent(new Event('toggle'));
    await page.settle(() => page.element.querySelector('.clauses') !== null);
    expect(page.element.querySelector('.clauses')?.textContent).toContain('battery12');
    page.close();
  });
});

describe('suggestions', () => {
  it('come while typing, move with the keys and fill the box', async () => {
    const suggestions = [{ text: 'battery', kind: 'term', count: 12 }];
    const page = await openPage('/search?q=x', { '/search': answer(), '/suggestions': { body: { suggestions } } });
    const box = page.element.querySelector('input[name=q]');
    type(box, 'solid batt');
    await page.settle(() => page.element.querySelector('[role=option]') !== null);
    expect(page.asked.filter(({ pathname }) => pathname.endsWith('/suggestions'))[0]?.searchParams.get('text')).toBe(
      'batt',
    );
    press(box, 'ArrowDown');
    await page.settle(() => page.element.querySelector('[aria-selected=true]') !== null);
    expect(box?.getAttribute('aria-activedescendant')).toBe(page.element.querySelector('[role=option]')?.id);
    press(box, 'Enter');
    await page.settle(() => page.element.querySelector('[role=option]') === null);
    expect((box as HTMLInputElement).value).toBe('solid battery ');
    page.close();
  });

  it('that cannot be had keep nobody from searching', async () => {
    const page = await openPage('/search?q=x', { '/search': answer(), '/suggestions': 'offline' });
    type(page.element.querySelector('input[name=q]'), 'batt');
    await page.settle(() => page.asked.some(({ pathname }) => pathname.endsWith('/suggestions')));
    expect(page.element.querySelector('[role=alert]')).toBeNull();
    page.close();
  });
});

describe('similar documents', () => {
  const similar = {
    body: {
      terms: ['separator'],
      hits: [{ hit: hit('EP2B1'), reasons: { terms: ['separator'], classes: ['H01M 50/40'], citations: ['US1A1'] } }],
      corpus: { sequence: 1, documents: 3 },
    },
  };

  it('of a pasted text come with the reasons', async () => {
    const page = await openPage('/similar', { '/similar': similar });
    await page.settle(() => page.element.querySelector('textarea') !== null);
    type(page.element.querySelector('textarea'), 'a porous separator');
    await click(byText(page.element, 'Find similar documents'));
    await page.settle(() => page.element.querySelector('.similar') !== null);
    expect(page.element.querySelector('.similar__reasons')?.textContent).toBe(
      'Words in commonseparatorClasses in commonH01M 50/40Cited by bothUS1A1',
    );
    page.close();
  });
});

describe('synonyms', () => {
  it('are edited a set at a time, and a line that is wrong is told', async () => {
    const sets = [{ name: 'power', text: 'battery = 电池\n', groups: 1 }];
    const page = await openPage('/synonyms', {
      '/synonyms': { body: { sets } },
      '/synonyms/power': {
        status: 400,
        body: { error: { code: 'request.invalid', message: 'Line 2 of the synonyms “power”: wrong.' } },
      },
    });
    await page.settle(() => page.element.querySelector('textarea') !== null);
    type(page.element.querySelector('textarea'), 'battery = 电池\nalone');
    await click(byText(page.element, 'Save'));
    await page.settle(() => page.element.textContent?.includes('Line 2') === true);
    page.close();
  });

  it('begin with a name', async () => {
    const page = await openPage('/synonyms', { '/synonyms': { body: { sets: [] } } });
    await page.settle(() => page.element.querySelector('.synonyms__name') !== null);
    type(page.element.querySelector('.synonyms__name'), 'my field');
    await page.settle(() => byText(page.element, 'Add')?.hasAttribute('disabled') === false);
    await click(byText(page.element, 'Add'));
    await page.settle(() => page.element.querySelector('textarea') !== null);
    expect(page.element.querySelector('h2')?.textContent).toBe('my field');
    page.close();
  });
});

describe('a damaged file', () => {
  it('is told on every page', async () => {
    const page = await openPage('/similar', {
      '/corpus': { body: { documents: 3, byYear: {}, byOffice: {}, demo: false, damaged: ['segment-3.seg'] } },
    });
    await page.settle(() => page.element.querySelector('[role=alert]') !== null);
    expect(page.element.querySelector('[role=alert]')?.textContent).toContain('segment-3.seg');
    page.close();
  });
});
