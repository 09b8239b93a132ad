import { expect, it } from 'vitest';
import { ByteCache } from '../storage/cache.js';
import { MemoryDisk } from '../testing/memory-disk.js';
import { makeRecord } from '../testing/records.js';
import { SegmentBuilder } from './builder.js';
import { groupHash } from './group-filter.js';
import { openSegment } from './segment.js';

it('a segment tells of nearly all groups it has not got, and of none it has', () => {
  const disk = new MemoryDisk();
  disk.makeDir();
  const builder = new SegmentBuilder(disk, '/corpus/segment-1.seg');
  const has = Array.from({ length: 3000 }, (_, i) => `EP${1_000_000 + i * 3}`);
  for (const [i, key] of has.entries()) builder.addGroup({ key, records: [makeRecord(i, 0)], documents: [] });
  const built = builder.finish();
  const segment = openSegment(disk, '/corpus/segment-1.seg', built, new ByteCache(1 << 20));
  expect(has.filter((key) => !segment.mayHaveGroup(groupHash(key)))).toEqual([]);
  const others = has.map((key) => `${key}7`);
  const taken = others.filter((key) => segment.mayHaveGroup(groupHash(key)));
  expect(taken.length).toBeLessThan(others.length * 0.03);
  segment.close();
});
