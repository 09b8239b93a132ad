// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { byText, click, openPage } from '../../../testing/openPage.js';
import { idOf, signedIn } from '../../../testing/work.js';

afterEach(() => vi.unstubAllGlobals());

const hook = {
  id: idOf(1),
  organizationId: idOf(2),
  url: 'https://example.org/told',
  kinds: ['task.dispatched', '*'],
  createdAt: '2026-05-01T00:00:00.000Z',
  lastAt: '2026-05-02T00:00:00.000Z',
  lastResult: 'the other server answered 500',
};
const answers = {
  '/identity/session': signedIn('organization.manage'),
  '/identity/organizations': { body: { organizations: [] } },
  '/notices': { body: { unread: 0, notices: [] } },
  '/notice-kinds': {
    body: { kinds: [{ kind: 'task.dispatched', title: { zh: '{title}：已下达', en: '{title}: dispatched' } }] },
  },
  '/webhooks': { body: { webhooks: [hook] } },
  [`/webhooks/${hook.id}/deliveries`]: {
    body: {
      deliveries: [
        {
          id: idOf(3),
          kind: 'task.dispatched',
          state: 'waiting',
          attempts: 2,
          mostAttempts: 6,
          createdAt: '2026-05-02T00:00:00.000Z',
          dueAt: '2026-05-02T00:01:00.000Z',
          endedAt: null,
          error: 'the other server answered 500',
          body: '{"kind":"task.dispatched"}',
        },
      ],
    },
  },
};

describe('the page of webhooks', () => {
  it('names what each is told of, how the last call went, and what is on its way', async () => {
    const page = await openPage('/webhooks', answers);
    await page.settle(() => page.element.textContent?.includes('…: dispatched') ?? false);
    expect(page.element.textContent).toContain('every notice');
    expect(page.element.querySelector('.tag--wrong')?.textContent).toBe('the other server answered 500');
    await click(byText(page.element, 'Deliveries'));
    await page.settle(() => page.element.querySelector('main table') !== null);
    const cells = [...page.element.querySelectorAll('main tbody td')].map((cell) => cell.textContent);
    expect(cells.slice(1, 4)).toEqual(['…: dispatched', 'waits', '2 / 6']);
    page.close();
  });

  it('shows the secret of a new one once, when it is made', async () => {
    const made = { ...answers['/webhooks'], body: { webhooks: [], webhook: hook, secret: 'the-secret-told-once' } };
    const page = await openPage('/webhooks', { ...answers, '/webhooks': made });
    await page.settle(() => byText(page.element, 'Add a webhook') !== undefined);
    expect(page.element.textContent).not.toContain('the-secret-told-once');
    await click(byText(page.element, 'Add a webhook'));
    await page.settle(() => page.element.querySelector('input[name=url]') !== null);
    const box = page.element.querySelector<HTMLInputElement>('input[name=url]');
    if (box) box.value = hook.url;
    page.element.querySelector<HTMLFormElement>('.fold__inside form')?.requestSubmit();
    await page.settle(() => page.element.querySelector('.told-once')?.textContent === 'the-secret-told-once');
    page.close();
  });
});
