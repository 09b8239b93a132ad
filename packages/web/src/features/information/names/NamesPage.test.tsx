// @vitest-environment happy-dom
import type { NameMerge, NameProposals } from '@quanlian/contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { byText, click, openPage } from '../../../testing/openPage.js';
import { SIGNED_OUT, signedIn } from '../../../testing/work.js';

const PROPOSALS: NameProposals = {
  proposals: [
    {
      names: [
        { name: 'Lantern Works Inc.', documents: 4 },
        { name: 'LANTERN WORKS, INC.', documents: 1 },
      ],
      evidence: { form: 'LANTERN WORKS', inventors: 2, addresses: 1, families: 0 },
    },
  ],
  total: 1,
  sequence: 3,
};
const MERGE: NameMerge = {
  id: '00000000-0000-4000-8000-000000000001',
  organizationId: '00000000-0000-4000-8000-000000000002',
  names: ['Harbour Optics GmbH', 'Harbour Optik'],
  reason: 'its own report',
  author: 'Ada',
  at: '2026-05-01T08:00:00.000Z',
  undone: null,
};
const answers = (merges: NameMerge[] = [MERGE]) => ({
  '/identity/session': signedIn('research.edit'),
  '/names/proposals': { body: PROPOSALS },
  '/names/merges': { body: { merges } },
  '/names/tree': { body: { rows: [] } },
});

afterEach(() => vi.unstubAllGlobals());

describe('the page of names', () => {
  it.each([
    ['en', 'the same normal form (LANTERN WORKS); 2 inventors in common; 1 address in common', 'Merge…', 'Undo…'],
    ['zh', '规范写法相同（LANTERN WORKS）；2 个相同的发明人；1 个相同的地址', '合并……', '撤销……'],
  ] as const)(
    'shows proposals with their evidence, and asks for a reason before anything (%s)',
    async (language, evidence, merge, undo) => {
      const page = await openPage('/names', answers(), language);
      await page.settle(() => page.element.textContent.includes('Lantern Works Inc.'));
      expect(page.element.textContent).toContain(evidence);
      expect(page.element.textContent).toContain('its own report');
      await page.settle(() => byText(page.element, undo) !== undefined);
      await click(byText(page.element, merge));
      const send = page.element.querySelector('form[aria-label] button[type=submit]');
      expect(send?.hasAttribute('disabled')).toBe(true);
      await click(byText(page.element, undo));
      expect(page.element.querySelectorAll('form[aria-label]')).toHaveLength(2);
      page.close();
    },
  );

  it('leaves out what is merged, and says when nobody is signed in', async () => {
    const taken = { ...MERGE, names: ['Lantern Works Inc.', 'LANTERN WORKS, INC.'] };
    const page = await openPage('/names', answers([taken]));
    await page.settle(() => page.element.textContent.includes('There are no such names.'));
    page.close();
    const out = await openPage('/names', { ...answers(), '/identity/session': SIGNED_OUT });
    await out.settle(() => out.element.textContent.includes('Sign in to see and merge names.'));
    out.close();
  });
});
