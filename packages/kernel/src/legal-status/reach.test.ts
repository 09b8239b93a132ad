import type { LegalEvent } from '@quanlian/contract';
import { expect, it } from 'vitest';
import { eventCodeList, withCodeList } from './code-list.js';
import { eventMap } from './mapping.js';
import { createReach } from './reach.js';

const own = eventMap([
  {
    office: 'XA',
    version: 1,
    source: 'made up',
    verifiedOn: '2026-01-01',
    events: [{ code: 'G1', category: 'F', certainty: 'high' }],
  },
]);
const listed = eventCodeList('1', [{ office: 'XA', code: 'L1', title: 'LAMP PUT OUT', class: 'H' }]);
const event = (code: string, office = 'XA', st27: string | null = null): LegalEvent => ({ office, code, st27 });

it('counts events and codes by how they are understood, and names those that are not', () => {
  const reach = createReach(withCodeList(own, () => listed));
  const told = ['G1', 'g1 ', 'L1', 'U1', 'U2', 'U2'].map((code) => event(code));
  for (const one of [...told, event('N1', 'XA', 'A-2-4-F10-F11-exm-N1'), event('N1'), event('G1', 'XB')])
    reach.add(one);
  expect(reach.result()).toEqual([
    {
      office: 'XA',
      events: { st27: 1, table: 2, list: 1, unmapped: 4 },
      codes: { st27: 1, table: 1, list: 1, unmapped: 2 },
      unmapped: [
        ['U2', 2],
        ['U1', 1],
      ],
    },
    {
      office: 'XB',
      events: { st27: 0, table: 0, list: 0, unmapped: 1 },
      codes: { st27: 0, table: 0, list: 0, unmapped: 1 },
      unmapped: [['G1', 1]],
    },
  ]);
});
