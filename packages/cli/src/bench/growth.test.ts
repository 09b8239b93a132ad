import { describe, expect, it } from 'vitest';
import { type GrowthSize, growthReport, growthTable } from './growth.js';
import { growthChart } from './growth-chart.js';

const size = (docs: number, milliseconds: readonly number[]): GrowthSize => ({
  docs,
  rss: 100,
  load: { docs: docs + docs / 20, seconds: 4, cpu: 2, bytes: docs * 900, stored: docs * 300, segments: 3, rss: 200 },
  timings: [
    ...milliseconds.map((p50, n) => ({
      engine: 'own',
      id: `phrase #${n}`,
      mode: 'top',
      min: p50,
      p50,
      p95: p50,
      hits: n,
      ids: [],
    })),
    { engine: 'own', id: 'newest #9', mode: 'newest', min: 1, p50: 0.5, p95: 1, hits: 7, ids: [] },
  ],
});

describe('how cost grows', () => {
  const report = growthReport([size(100_000, [30, 10, 20]), size(1000, [1, 3, 2])]);

  it('is told by the median of a class at every size, the smallest first', () => {
    expect(report.sizes.map(({ docs }) => docs)).toEqual([1000, 100_000]);
    expect(report.rows.map(({ kind, mode, times }) => [kind, mode, times])).toEqual([
      ['phrase', 'top', [2, 20]],
      ['newest', 'newest', [0.5, 0.5]],
    ]);
  });

  it('as the power of the documents that the time follows', () => {
    expect(report.rows.map(({ power }) => power)).toEqual([0.5, 0]);
    expect(growthTable(report)).toMatch(/phrase +top +2\.00 +20\.0 +1 +0\.50/);
  });

  it('with loading by processor second and bytes by document', () => {
    expect(report.sizes[0]).toMatchObject({
      documentsPerCpuSecond: 525,
      bytesPerDocument: 900,
      storedPerDocument: 300,
    });
  });

  it('is drawn, a line for each class', () => {
    const svg = growthChart(report);
    expect(svg.match(/<polyline/g)).toHaveLength(2);
    expect(svg).toContain('>phrase, best ten</text>');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('is drawn for one size, too', () => {
    expect(growthChart(growthReport([size(1000, [1])]))).not.toMatch(/NaN|Infinity|undefined/);
  });
});
