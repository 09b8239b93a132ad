import type { PatentDocument } from '@quanlian/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { newestCommit } from '../corpus/folder.js';
import { openCorpusInline } from '../inline.js';
import { memorySink } from '../segment/dictionary.js';
import { ReversedWalk } from '../segment/reversed.js';
import { ByteReader, ByteWriter, bytesOf } from '../storage/bytes.js';
import { MemoryDisk } from '../testing/memory-disk.js';
import { makeRecord, seededChance } from '../testing/records.js';
import { FirstTerms } from './first-terms.js';
import { openSource } from './job.js';
import { ListMerge } from './list-merge.js';
import { mergeListsInModule, mergeWordsInModule } from './merger.js';
import { GONE, type MergeSource, mapDocs, mapGroups } from './order.js';

const WORDS = Array.from({ length: 40 }, (_, i) => `word${i}`);
/** Letters whose order as UTF-8 is not that as UTF-16, and ends of names that compare in their last characters alone. */
const ODD = ['', '\u0001', 'é', '宽', '\ue000', '\uffee', '😀', '😀\ue000'];

/** A record with words that most have, words that few have, and a few with thousands of places. */
function drawn(number: number, version: number): PatentDocument {
  const chance = seededChance(number * 7 + version);
  const oneOf = (list: readonly string[]): string => list[Math.floor(list.length * chance() ** 3)];
  const text = (length: number): string => Array.from({ length }, () => oneOf(WORDS)).join(' ');
  const owner = `Owner${chance() < 0.3 ? 'ship' : ''}`;
  return makeRecord(number, version, {
    titles: { en: text(4), zh: chance() < 0.5 ? '一种电池' : '电池装置' },
    abstracts: { en: `${text(chance() < 0.02 ? 4000 : 30)} own${number}v${version} ${oneOf(ODD)}x${oneOf(ODD)}` },
    applicants: [{ name: `${owner}${oneOf(ODD)}${oneOf(ODD)}` }, { name: `${owner} ${Math.floor(chance() * 90)}` }],
  });
}

/** Takes what is written, all of it. */
function taker() {
  const bytes = new ByteWriter();
  return { bytes, take: (more: Uint8Array, from: number, to: number) => bytes.piece(more, from, to) };
}

function mergedPlainly(name: string, sources: readonly MergeSource[], maps: readonly Uint32Array[], placed: boolean) {
  const [postings, places, terms, index] = [taker(), taker(), memorySink(), taker()];
  const sinks = { postings: postings.take, places: places.take, terms };
  const take = (bytes: Uint8Array): void => index.take(bytes, 0, bytes.length);
  new ListMerge(sinks, name, sources, maps, placed)
    .run()
    .writeIndex(
      { begin: () => undefined, write: take, finish: () => ({ bytes: 0, crc: 0 }), abandon: () => undefined },
      name,
    );
  return [postings.bytes.copy(), places.bytes.copy(), terms.bytes.copy(), index.bytes.copy()];
}

function mergedInModule(
  name: string,
  sources: readonly MergeSource[],
  maps: readonly Uint32Array[],
  placed: boolean,
  windowBytes: number,
) {
  const [postings, places, terms] = [taker(), taker(), taker()];
  const sinks = { postings: postings.take, places: places.take, terms: terms.take };
  const docs = maps.reduce((sum, map) => sum + map.length, 0);
  const rows = sources.map(({ sections }, row) => ({ sections, map: maps[row] }));
  const merged = mergeListsInModule(name, rows, { docs, placed }, sinks, windowBytes);
  if (merged === undefined) throw new Error('There is no module.');
  const index = Buffer.concat([bytesOf(Uint32Array.of(merged.count)), merged.index]);
  return [postings.bytes.copy(), places.bytes.copy(), terms.bytes.copy(), index];
}

describe('the module that merges', () => {
  let sources: MergeSource[] = [];

  beforeAll(async () => {
    const disk = new MemoryDisk();
    const merging = { fanOut: 1000, mostDocs: 1 << 20 };
    const corpus = await openCorpusInline({ dir: '/corpus', write: true, fs: disk, merging });
    const numbers = Array.from({ length: 1500 }, (_, i) => (i * 37) % 1500);
    const parts = [0, 1, 2, 3].map((part) => numbers.filter((number) => number % 4 === part || number % 50 === part));
    for (const [part, list] of parts.entries()) await corpus.apply(list.map((number) => drawn(number, part)));
    // A small one whose records are nearly all replaced.
    await corpus.apply(Array.from({ length: 20 }, (_, i) => drawn(2000 + i, 0)));
    await corpus.apply(Array.from({ length: 19 }, (_, i) => drawn(2000 + i, 1)));
    await corpus.close();
    const { segments } = newestCommit(disk, '/corpus').manifest;
    sources = segments.map((entry) => openSource(disk, '/corpus', entry));
  }, 60_000);

  for (const windowBytes of [64, 1000, 1 << 17])
    it(`writes to the byte what JavaScript writes, reading ${windowBytes} bytes at once`, () => {
      const { maps: groupMaps } = mapGroups(sources);
      const { maps: docMaps } = mapDocs(sources, groupMaps);
      expect(docMaps.some((map) => map.includes(GONE))).toBe(true);
      const all = [
        ['words', docMaps, true],
        ['marks', docMaps, true],
        ['keys', docMaps, false],
        ['groups', groupMaps, false],
      ] as const;
      for (const [name, maps, placed] of all) {
        const plain = mergedPlainly(name, sources, maps, placed);
        const fast = mergedInModule(name, sources, maps, placed, windowBytes);
        expect(plain[0].length).toBeGreaterThan(0);
        for (const [i, part] of ['postings', 'places', 'terms', 'index'].entries())
          expect(Buffer.compare(plain[i], fast[i]), `${name}: ${part}`).toBe(0);
      }
    });

  it('writes every reversed word once, in order', () => {
    const words = new FirstTerms(sources.map(({ sections }) => new ReversedWalk(sections)));
    const expected: string[] = [];
    for (; words.count > 0; words.next()) {
      const [{ bytes, from, to }] = words.at;
      expected.push(Buffer.from(bytes.subarray(from, to)).toString('utf8'));
    }
    const { bytes, take } = taker();
    const index = mergeWordsInModule(
      'reversed',
      sources.map(({ sections }) => sections),
      take,
      64,
    );
    const written = bytes.copy();
    const reader = new ByteReader(written);
    const met: string[] = [];
    const starts: number[] = [];
    while (reader.at < written.length) {
      starts.push(reader.at);
      met.push(reader.text());
    }
    expect(met).toEqual(expected);
    const firsts = new ByteReader(index ?? new Uint8Array(0));
    for (let i = 0; i < met.length; i += 128) {
      expect(firsts.text()).toBe(met[i]);
      expect(firsts.varint()).toBe(starts[i]);
    }
    expect(firsts.at).toBe(firsts.bytes.length);
  });
});
