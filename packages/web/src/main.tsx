import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { ApiError, OFFLINE } from './app/api/client.js';
import { createAppRouter } from './app/router.js';
import { chooseLanguage, rememberedLanguage } from './i18n/languages.js';
import { setUpLanguage } from './i18n/setup.js';
import './app/theme.css';
import './app/base.css';
import './app/parts.css';

/** A refusal stays a refusal; only a lost connection is worth a second try on its own. */
const worthAnotherTry = (failures: number, error: unknown): boolean =>
  failures < 1 && error instanceof ApiError && error.code === OFFLINE;

const i18n = await setUpLanguage(chooseLanguage(rememberedLanguage(), navigator.languages));
const queries = new QueryClient({ defaultOptions: { queries: { retry: worthAnotherTry, retryDelay: 500 } } });
const router = createAppRouter();
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id "root".');

createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nextProvider>
  </StrictMode>,
);
