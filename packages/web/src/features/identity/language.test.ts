// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';
import { rememberedLanguage, rememberLanguage } from '../../i18n/languages.js';
import { languageAfterSignIn } from './language.js';

beforeEach(() => localStorage.clear());

it('takes the language of the account where none was chosen in the browser', () => {
  expect(languageAfterSignIn({ language: 'en', demo: false }, 'zh')).toEqual({ show: 'en', keep: false });
  expect(rememberedLanguage()).toBe('en');
});

it('keeps a choice of this browser, and stores it with the account', () => {
  rememberLanguage('zh');
  expect(languageAfterSignIn({ language: 'en', demo: false }, 'zh')).toEqual({ show: 'zh', keep: true });
  expect(languageAfterSignIn({ language: 'zh', demo: false }, 'zh')).toEqual({ show: 'zh', keep: false });
});

it('leaves the page as it is for demo accounts, which many people share', () => {
  expect(languageAfterSignIn({ language: 'zh', demo: true }, 'en')).toEqual({ show: 'en', keep: false });
  expect(rememberedLanguage()).toBeNull();
});
