import type { PatentDocument } from '@quanlian/contract';
import { describe, expect, it } from 'vitest';
import { newestCommit } from '../corpus/folder.js';
import { openCorpusInline } from '../inline.js';
import { openSections } from '../segment/container.js';
import { MemoryDisk } from '../testing/memory-disk.js';
import { makeRecord, seededChance } from '../testing/records.js';
import { runMerge } from './job.js';

const WORDS = Array.from({ length: 60 }, (_, i) => `word${i}`);

/** A record with some words that most have, some that few have, and one of its own. */
function drawn(number: number, version: number): PatentDocument {
  const chance = seededChance(number * 7 + version);
  const text = (length: number): string =>
    Array.from({ length }, () => WORDS[Math.floor(WORDS.length * chance() ** 3)]).join(' ');
  return makeRecord(number, version, {
    titles: { en: text(6) },
    abstracts: { en: `${text(chance() < 0.02 ? 3000 : 60)} own${number}v${version}` },
    applicants: [{ name: `Owner ${Math.floor(chance() * 40)}` }],
  });
}

/** Reads the sections of what the segments of some batches are merged to, or of the only one as it was built. */
async function sectionsOf(batches: readonly (readonly PatentDocument[])[]): Promise<(section: string) => Buffer> {
  const disk = new MemoryDisk();
  const merging = { fanOut: 1000, mostDocs: 1 << 20 };
  const corpus = await openCorpusInline({ dir: '/corpus', write: true, fs: disk, merging });
  for (const batch of batches) await corpus.apply(batch);
  await corpus.close();
  const { segments: sources } = newestCommit(disk, '/corpus').manifest;
  expect(sources).toHaveLength(batches.length);
  const [first] = sources;
  const name = sources.length > 1 ? 'merged.seg' : first.name;
  const { bytes } = sources.length > 1 ? runMerge(disk, '/corpus', { sources, name }) : first;
  const sections = openSections(disk, `/corpus/${name}`, bytes);
  return (section) => Buffer.from(sections.read(section, 0, sections.length(section)));
}

describe('lists of merged segments', () => {
  it('are to the byte those of a segment built at once', { timeout: 60_000 }, async () => {
    const numbers = Array.from({ length: 900 }, (_, i) => (i * 37) % 900);
    const isReplaced = (number: number): boolean => number % 6 === 1;
    const first = numbers.filter((number) => number % 3 !== 2).map((number) => drawn(number, 0));
    const second = numbers
      .filter((number) => number % 3 === 2 || isReplaced(number))
      .map((number) => drawn(number, isReplaced(number) ? 1 : 0));
    const third = numbers.filter((number) => number % 11 === 0).map((number) => drawn(number, 2));
    const final = numbers.map((number) => drawn(number, number % 11 === 0 ? 2 : isReplaced(number) ? 1 : 0));
    const merged = await sectionsOf([first, second, third]);
    const fresh = await sectionsOf([final]);
    for (const name of ['words', 'marks', 'keys'])
      for (const part of ['index', 'terms', 'postings', 'positions'])
        expect(merged(`${name}.${part}`).equals(fresh(`${name}.${part}`)), `${name}.${part}`).toBe(true);
  });
});
