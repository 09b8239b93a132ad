import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { vi } from 'vitest';
import { createAppRouter } from '../app/router.js';
import type { Language } from '../i18n/languages.js';
import { setUpLanguage } from '../i18n/setup.js';

/** What the server of a test answers: a body with status 200, or a status with a body, or nothing at all. */
export type Answer = { status?: number; body: unknown } | 'offline';

const CORPUS = {
  sequence: 1,
  documents: 3,
  provisional: 0,
  records: 3,
  bytes: 1000,
  segments: 1,
  byOffice: { EP: 3 },
  byKind: { B1: 3 },
  byYear: { 2003: 3 },
  byField: { title: 3 },
  byFormat: { 'ep-st36': 3 },
  demo: false,
  inbox: 'data/inbox',
};

/** Opens the whole application at an address, with a server that answers by path; every other path is not found. */
export async function openPage(address: string, answers: Record<string, Answer>, language: Language = 'en') {
  const asked: URL[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    const asking = new URL(url, 'http://localhost');
    asked.push(asking);
    const path = asking.pathname.replace('/api/v1', '');
    const answer = answers[path] ?? (path === '/corpus' ? { body: CORPUS } : undefined);
    if (answer === 'offline') throw new TypeError('Failed to fetch');
    const { status = 200, body } = answer ?? {
      status: 404,
      body: { error: { code: 'request.not_found', message: 'Nothing.' } },
    };
    return new Response(JSON.stringify(body), { status });
  });
  const i18n = await setUpLanguage(language);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createAppRouter(createMemoryHistory({ initialEntries: [address] }));
  const element = document.createElement('div');
  document.body.replaceChildren(element);
  const root = createRoot(element);
  root.render(
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nextProvider>,
  );
  const settle = (isThere: () => boolean) =>
    vi.waitFor(
      () => {
        if (!isThere()) throw new Error(`Not there yet; the page shows: ${element.textContent}`);
      },
      { timeout: 30_000, interval: 10 },
    );
  await settle(() => element.querySelector('main') !== null);
  return { element, asked, router, settle, close: () => root.unmount() };
}

/** Presses what a reader would press, and lets the page draw what follows at once. */
export async function click(element: Element | null | undefined): Promise<void> {
  if (!(element instanceof HTMLElement)) throw new Error('There is nothing to click.');
  element.click();
  await new Promise((resolve) => setTimeout(resolve));
}

/** The button or link with this text. */
export const byText = (element: ParentNode, text: string): Element | undefined =>
  [...element.querySelectorAll('button, a, summary')].find((one) => one.textContent?.includes(text));
