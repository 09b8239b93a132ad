// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openPage } from '../../testing/openPage.js';
import { SIGNED_OUT, signedIn } from '../../testing/work.js';

afterEach(() => vi.unstubAllGlobals());

const WAYS = { body: { providers: [], demo: true, required: false } };

function fill(root: ParentNode, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    const box = root.querySelector<HTMLInputElement>(`input[name=${name}]`);
    if (box === null) throw new Error(`There is no box "${name}".`);
    box.value = value;
  }
  root.querySelector<HTMLFormElement>('form')?.requestSubmit();
}

describe('signing in', () => {
  it('asks for the code of the second factor, then goes to the tasks', async () => {
    const answers: Parameters<typeof openPage>[1] = {
      '/identity/session': SIGNED_OUT,
      '/identity/sign-in': { body: { ...WAYS.body, state: 'code-needed' } },
      '/identity/sign-in/code': { body: { state: 'signed-in' } },
      '/tasks/mine': { body: { total: 0, complete: true, tasks: [] } },
    };
    const page = await openPage('/sign-in', answers);
    await page.settle(() => page.element.querySelector('input[name=password]') !== null);
    const main = page.element.querySelector('main') ?? page.element;
    await page.settle(() => main.textContent?.includes('demo accounts') === true);
    fill(main, { email: 'li@example.org', password: 'secret of hers' });
    await page.settle(() => main.querySelector('input[name=code]') !== null);
    answers['/identity/session'] = signedIn();
    fill(main, { code: '123456' });
    await page.settle(() => page.router.state.location.pathname === '/tasks');
    await page.settle(() => page.element.querySelector('.head__work') !== null);
    page.close();
  });

  it('never leads to an address of another site', async () => {
    const page = await openPage('/sign-in?to=%2F%2Fevil.example', {
      '/identity/session': SIGNED_OUT,
      '/identity/sign-in': { body: { ...WAYS.body, state: 'signed-in' } },
      '/tasks/mine': { body: { total: 0, complete: true, tasks: [] } },
    });
    await page.settle(() => page.element.querySelector('input[name=password]') !== null);
    fill(page.element.querySelector('main') ?? page.element, { email: 'li@example.org', password: 'secret of hers' });
    await page.settle(() => page.router.state.location.pathname === '/tasks');
    page.close();
  });

  it('says in one sentence that something did not fit, and keeps what was written', async () => {
    const refused = { status: 401, body: { error: { code: 'sign_in.refused', message: 'No.' } } };
    const page = await openPage('/sign-in', { '/identity/session': SIGNED_OUT, '/identity/sign-in': refused });
    await page.settle(() => page.element.querySelector('input[name=password]') !== null);
    fill(page.element.querySelector('main') ?? page.element, { email: 'li@example.org', password: 'wrong' });
    await page.settle(() => page.element.querySelector('[role=alert]') !== null);
    expect(page.element.querySelector('[role=alert]')?.textContent).toContain('do not fit');
    expect(page.element.querySelector<HTMLInputElement>('input[name=email]')?.value).toBe('li@example.org');
    page.close();
  });
});

describe('the links of the chain', () => {
  it('open governance to whoever is signed in, and say to others when it opens', async () => {
    const out = await openPage('/', { '/identity/session': SIGNED_OUT });
    await out.settle(() => out.element.querySelector('.chain')?.textContent?.includes('after signing in') === true);
    expect(out.element.querySelector('.chain a')).toBeNull();
    expect(out.element.querySelector('input[type=search]')).not.toBeNull();
    out.close();
    const inside = await openPage('/', { '/identity/session': signedIn() });
    await inside.settle(() => inside.element.querySelector('.chain a[href="/governance"]') !== null);
    const missing = [...inside.element.querySelectorAll('.chain li')].filter((one) =>
      one.textContent?.includes('not available yet'),
    );
    expect(missing).toHaveLength(5);
    inside.close();
  });
});
