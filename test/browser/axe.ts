import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** A rule that a page breaks, at the first place where it does. */
interface Fault {
  readonly id: string;
  readonly impact: string;
  readonly place: string;
}

/** The faults of a page that keep people from using it: what axe-core calls serious or critical. */
export async function seriousFaults(page: Page): Promise<Fault[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  // The page's own policy keeps foreign scripts out; what the debugger evaluates is not held by it.
  if (!isThere) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    interface Found {
      id: string;
      impact: string | null;
      nodes: { html: string }[];
    }
    const { axe: there } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Found[] }> } };
    const { violations } = await there.run({ resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, impact, nodes }) => ({ id, impact: String(impact), place: nodes[0]?.html.slice(0, 200) ?? '' }));
  });
}
