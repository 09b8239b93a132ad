// @vitest-environment happy-dom
import type { Hit } from '@quanlian/contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { byText, click, openPage } from '../../../testing/openPage.js';

const hit = (n: number, part: Partial<Hit> = {}): Hit => ({
  id: `EP${n}B1`,
  office: 'EP',
  title: `Title ${n}`,
  applicants: [],
  classes: [],
  score: 1,
  passages: [],
  ...part,
});

const answer = (total: number, hits: Hit[], clauses: { clause: string; hits: number }[] = []) => ({
  body: {
    total,
    hits,
    facets: {},
    clauses,
    cursor: null,
    corpus: { sequence: 1, documents: 3 },
    query: { input: '', canonical: '', ast: { op: 'all' } },
  },
});

afterEach(() => vi.unstubAllGlobals());

describe('the search page', () => {
  it('shows hits, marks matches as elements and never takes text for markup', async () => {
    const title = '<b>Battery</b> cell';
    const passages = [{ field: 'title', lang: 'en', text: title, highlights: [{ from: 3, to: 10 }] }];
    const page = await openPage('/search?q=battery', {
      '/search': answer(1, [hit(1, { title, passages, demo: true })]),
    });
    await page.settle(() => page.element.querySelector('.hit') !== null);
    expect(page.element.querySelector('.hit h2')?.textContent).toBe(title);
    expect(page.element.querySelector('.hit b')).toBeNull();
    expect(page.element.querySelector('.hit mark')?.textContent).toBe('Battery');
    expect(page.element.querySelector('[role=status]')?.textContent).toContain('1 document');
    expect(page.element.querySelector('.hit')?.textContent).toContain('Generated demo data');
    page.close();
  });

  it('asks for the page, order and filters that the address names, and leads to the last page', async () => {
    const hits = Array.from({ length: 20 }, (_, i) => hit(i));
    const page = await openPage('/search?q=x&filter=office%3AEP&sort=newest&page=3', { '/search': answer(1263, hits) });
    await page.settle(() => page.element.querySelector('.hit') !== null);
    const asked = page.asked.find((url) => url.searchParams.get('offset') === '40');
    expect(asked?.searchParams.getAll('filter')).toEqual(['office:EP']);
    expect(asked?.searchParams.get('sort')).toBe('newest');
    await click(byText(page.element, 'Last'));
    expect(page.router.state.location.searchStr).toBe('?q=x&filter=office%3AEP&sort=newest&page=64');
    page.close();
  });

  it('says which clause emptied the result', async () => {
    const clauses = [
      { clause: 'battery', hits: 12 },
      { clause: 'zzzz', hits: 0 },
    ];
    const page = await openPage('/search?q=battery+zzzz', { '/search': answer(0, [], clauses) });
    await page.settle(() => page.element.querySelector('.clauses__empty') !== null);
    expect(page.element.querySelector('.clauses__empty')?.textContent).toBe('zzzz0');
    expect(page.asked.some((url) => url.searchParams.get('explain') === 'true')).toBe(true);
    page.close();
  });

  it('marks where a query cannot be read, in the language of the reader', async () => {
    const body = {
      error: { code: 'query.invalid', message: 'The bracket is not closed.' },
      errors: [{ code: 'query.unclosed_group', message: 'The bracket is not closed.', from: 2, to: 3 }],
    };
    const page = await openPage('/search?q=a+%28b', { '/search': { status: 400, body } }, 'zh');
    await page.settle(() => page.element.querySelector('[role=alert]') !== null);
    expect(page.element.querySelector('[role=alert] mark')?.textContent).toBe('(');
    expect(page.element.querySelectorAll('[role=alert]')).toHaveLength(1);
    expect(page.element.querySelector('[role=alert]')?.textContent).toContain('这个左括号没有闭合');
    page.close();
  });

  it('tells when the server cannot be reached, and tries again', async () => {
    const answers: Parameters<typeof openPage>[1] = { '/search': 'offline' };
    const page = await openPage('/search?q=x', answers);
    await page.settle(() => page.element.querySelector('[role=alert]') !== null);
    expect(page.element.querySelector('[role=alert]')?.textContent).toContain('page.offline');
    answers['/search'] = answer(1, [hit(1)]);
    await click(byText(page.element, 'Try again'));
    await page.settle(() => page.element.querySelector('.hit') !== null);
    page.close();
  });
});
