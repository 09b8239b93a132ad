import { SORTS } from '@quanlian/contract';
import { expect, it, vi } from 'vitest';
import { openCorpusInline } from '../inline.js';
import { MemoryDisk } from '../testing/memory-disk.js';
import { makeRecord } from '../testing/records.js';

const BATCHES = 3;
const IN_BATCH = 1000;
const ASKED = 10;

/** How often the id of a document was read, which is what comparing hits of one day takes. */
const reads = vi.hoisted(() => ({ ids: 0 }));
vi.mock('../segment/segment.js', async (importOriginal) => {
  const original = await importOriginal<typeof import('../segment/segment.js')>();
  const openSegment: typeof original.openSegment = (...given) => {
    const segment = original.openSegment(...given);
    const id = segment.id.bind(segment);
    const value = (doc: number): string => {
      reads.ids++;
      return id(doc);
    };
    return Object.defineProperty(segment, 'id', { value });
  };
  return { ...original, openSegment };
});

it.each(SORTS)(
  'the first documents of a scan (%s) come without looking at all hits, even when many tie',
  async (sort) => {
    const corpus = await openCorpusInline({ dir: '/corpus', write: true, fs: new MemoryDisk() });
    for (let batch = 0; batch < BATCHES; batch++) {
      const numbers = Array.from({ length: IN_BATCH }, (_, i) => batch + i * BATCHES);
      await corpus.apply(
        numbers.map((number) => makeRecord(number, 0, { date: '2020-01-07', titles: { en: 'lamp' } })),
      );
    }
    reads.ids = 0;
    const found: string[] = [];
    for await (const { id } of corpus.scan({ op: 'term', field: 'title', text: 'lamp' }, sort)) {
      found.push(id);
      if (found.length === ASKED) break;
    }
    const looked = reads.ids;
    const { hits, total } = await corpus.search({
      query: { op: 'term', field: 'title', text: 'lamp' },
      sort,
      limit: ASKED,
    });
    expect(total).toBe(BATCHES * IN_BATCH);
    expect(found).toEqual(hits.map(({ id }) => id));
    expect(looked).toBeGreaterThan(0);
    expect(looked).toBeLessThan(10 * ASKED);
  },
);
