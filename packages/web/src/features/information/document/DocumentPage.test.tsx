// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PublicationAnswer } from '../../../app/api/types.js';
import { byText, click, openPage } from '../../../testing/openPage.js';

const publication: PublicationAnswer = {
  document: {
    id: 'EP1B1',
    office: 'EP',
    number: '1',
    kind: 'B1',
    date: '2003-02-12',
    lang: 'de',
    titles: { en: 'Brick press', de: 'Ziegelpresse' },
    claims: [
      { lang: 'de', number: 1, text: 'Presse', dependsOn: [] },
      { lang: 'de', number: 2, text: 'Presse nach Anspruch 1', dependsOn: [1] },
      { lang: 'en', number: 1, text: 'Press', dependsOn: [] },
    ],
    description: [
      { lang: 'de', heading: 'STAND DER TECHNIK' },
      { lang: 'de', number: '0001', text: 'Ein <i>Absatz</i>.' },
    ],
    figures: [
      { number: '1', file: 'a.png' },
      { number: '2', file: 'b.tif' },
      { number: '3', file: 'c.png' },
    ],
    citations: [{ id: 'US1A' }, { id: 'US2A' }],
    sources: [{ format: 'ep-st36', file: 'x.zip!a.xml', offset: 12, sha256: 'ab'.repeat(32) }],
    extra: { demo: true },
  },
  alternatives: ['EP1A1'],
  linked: { US1A: 'US1A1' },
  citedBy: { total: 0, ids: [] },
  files: {
    'a.png': { hash: 'aa', mediaType: 'image/png', size: 10, pages: 1 },
    'b.tif': { hash: 'bb', mediaType: 'image/tiff', size: 20, pages: 1 },
  },
};

const open = () => openPage('/publications/EP1B1', { '/publications/EP1B1': { body: publication } });

afterEach(() => vi.unstubAllGlobals());

describe('the document page', () => {
  it('shows the title in the language of the document, the demo label and the sources', async () => {
    const page = await open();
    await page.settle(() => page.element.querySelector('h1') !== null);
    expect(page.element.querySelector('h1')?.textContent).toBe('(54) Ziegelpresse');
    expect(page.element.textContent).toContain('Generated demo document');
    expect(page.element.textContent).toContain('x.zip!a.xml');
    expect(page.element.textContent).toContain('(45) Grant published on');
    page.close();
  });

  it('folds claims and changes their language', async () => {
    const page = await open();
    await page.settle(() => page.element.querySelector('.claim') !== null);
    expect(page.element.querySelectorAll('.claim')).toHaveLength(2);
    await click(byText(page.element, 'Fold 1'));
    expect(page.element.querySelectorAll('.claim')).toHaveLength(1);
    await click([...page.element.querySelectorAll('main button')].find((button) => button.textContent === 'English'));
    expect(page.element.querySelector('.claim__text')?.textContent).toBe('Press');
    page.close();
  });

  it('gives paragraphs anchors, shows images it can and names files it lacks', async () => {
    const page = await open();
    await page.settle(() => page.element.querySelector('.description__group') !== null);
    expect(page.element.querySelector('#de-p-0001')?.textContent).toContain('Ein <i>Absatz</i>.');
    expect([...page.element.querySelectorAll('img')].map((img) => img.getAttribute('src'))).toEqual([
      '/api/v1/files/aa',
      '/api/v1/files/bb/pages/1',
    ]);
    expect(byText(page.element, 'image/tiff')?.getAttribute('download')).toBe('b.tif');
    expect(page.element.textContent).toContain('did not come with the data: Fig. 3');
    page.close();
  });

  it('links citations that the corpus has, and only those', async () => {
    const page = await open();
    await page.settle(() => page.element.querySelector('#citations') !== null);
    expect(byText(page.element, 'US1A')?.getAttribute('href')).toBe('/publications/US1A1');
    expect(byText(page.element, 'US2A')).toBeUndefined();
    page.close();
  });

  it('offers a search when the corpus does not hold the number', async () => {
    const body = { error: { code: 'document.not_found', message: 'No.' } };
    const page = await openPage('/publications/XX1', { '/publications/XX1': { status: 404, body } });
    await page.settle(() => page.element.querySelector('h1') !== null);
    expect(byText(page.element, 'Search for this number')?.getAttribute('href')).toBe('/search?q=id%3AXX1');
    page.close();
  });

  it('lets the reader choose when a number names several', async () => {
    const body = { error: { code: 'document.ambiguous', message: 'Several.' }, alternatives: ['EP1A1', 'EP1B1'] };
    const page = await openPage('/publications/EP1', { '/publications/EP1': { status: 409, body } });
    await page.settle(() => page.element.querySelector('h1') !== null);
    expect(page.element.querySelectorAll('.publication-links a')).toHaveLength(2);
    page.close();
  });
});
