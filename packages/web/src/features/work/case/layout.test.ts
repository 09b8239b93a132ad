import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, NODE_HEIGHT, NODE_WIDTH, placeDiagram } from './layout.js';

const words = (text: string) => ({ zh: text, en: text });
const node = (id: string, layer: number) => ({
  id,
  title: words(id),
  kind: 'active',
  layer,
  visits: 0,
  current: false,
});
const edge = (from: string, to: string, taken: number[] = []) => ({
  id: `${from}-${to}-${taken.join('.')}`,
  transition: `${from}-${to}`,
  title: words(`${from} to ${to}`),
  from,
  to,
  taken,
});

describe('placeDiagram', () => {
  it('draws steps between the same states as one arrow, with all the times they were taken in order', () => {
    const { arrows } = placeDiagram({
      nodes: [node('a', 0), node('b', 1)],
      edges: [edge('a', 'b', [3]), { ...edge('a', 'b', [1]), transition: 'other' }],
    });
    expect(arrows).toHaveLength(1);
    expect(arrows[0]?.taken).toEqual([1, 3]);
    expect(arrows[0]?.titles).toHaveLength(2);
  });

  it('runs arrows back on the left of every box and arrows that skip a row on the right', () => {
    const { arrows, nodes } = placeDiagram({
      nodes: [node('a', 0), node('b', 1), node('c', 2)],
      edges: [edge('a', 'b'), edge('b', 'c'), edge('a', 'c'), edge('c', 'a')],
    });
    const left = Math.min(...nodes.map(({ x }) => x));
    const mark = (id: string) => arrows.find((arrow) => arrow.id === id)?.mark.x ?? Number.NaN;
    expect(mark('c>a')).toBeLessThan(left);
    expect(mark('a>c')).toBeGreaterThan(left + NODE_WIDTH);
  });

  it('never lays one box over another or outside of the picture', () => {
    const layers = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(layers, fc.array(fc.tuple(fc.nat(13), fc.nat(13)), { maxLength: 20 }), (rows, pairs) => {
        const states = rows.map((layer, place) => node(`s${place}`, layer));
        const edges = pairs
          .filter(([from, to]) => from < rows.length && to < rows.length)
          .map(([from, to]) => edge(`s${from}`, `s${to}`));
        const { nodes, width, height, arrows } = placeDiagram({ nodes: states, edges });
        for (const one of nodes) {
          expect(one.x).toBeGreaterThanOrEqual(0);
          expect(one.x + NODE_WIDTH).toBeLessThanOrEqual(width);
          expect(one.y + NODE_HEIGHT).toBeLessThanOrEqual(height);
          for (const other of nodes) {
            if (other === one) continue;
            const apart = Math.abs(one.x - other.x) >= NODE_WIDTH || Math.abs(one.y - other.y) >= NODE_HEIGHT;
            expect(apart, `${one.id} ${other.id}`).toBe(true);
          }
        }
        for (const { mark } of arrows) expect(mark.x >= 0 && mark.x <= width).toBe(true);
      }),
    );
  });
});

describe('linesOf', () => {
  it('breaks at words, never inside one that fits, and says where something is missing', () => {
    expect(linesOf('Draft')).toEqual(['Draft']);
    expect(linesOf('Waiting to be signed for')).toEqual(['Waiting to be', 'signed for']);
    expect(linesOf('等待被检查单位提交整改证明材料并复查')).toEqual(['等待被检查单位提交', '整改证明材料并复查']);
    expect(linesOf('x'.repeat(60)).at(-1)?.endsWith('…')).toBe(true);
  });
});
