import type { SectionReader } from '../segment/container.js';
import { readBlockOffsets } from '../segment/dictionary.js';
import { giveMemory, openModule, takeMemory, type WasmMemory } from '../storage/wasm-module.js';

/** What the module made of `assembly/merger.ts` gives. */
interface Exports {
  start(count: number, piece: number): void;
  createSource(
    row: number,
    docs: number,
    blocks: number,
    terms: number,
    lists: number,
    places: number,
    usual: number,
  ): number;
  addSource(source: number): void;
  mapAt(source: number): number;
  offsetsAt(source: number): number;
  mergeLists(docs: number, placed: number): void;
  mergeWords(): void;
  termCount(): number;
  indexAt(): number;
  indexBytes(): number;
}

/** Sections of a source that the module reads, in its order. */
const SECTIONS = ['terms', 'postings', 'positions'] as const;
/** Bytes read of a section at once, a few blocks of its file, and bytes handed over at once. */
const WINDOW_BYTES = 1 << 18;
const PIECE_BYTES = 1 << 20;

/** Takes `bytes[from..to)`, which the next call may change. */
export type Taker = (bytes: Uint8Array, from: number, to: number) => void;

/** Takes what is written of lists: documents with frequencies, places, and blocks of terms. */
export interface ListSinks {
  readonly postings: Taker;
  readonly places: Taker;
  readonly terms: Taker;
}

/** What is to be merged: the sections of each source, and where its documents go. */
export interface MergedSource {
  readonly sections: SectionReader;
  readonly map: Uint32Array;
}

let start: ReturnType<typeof openModule<Exports>>;
let isOpened = false;

function openMerger(): typeof start {
  if (!isOpened) start = openModule<Exports>('merger');
  isOpened = true;
  return start;
}

/** Reads the sections of the sources on for the module. */
function reader(sources: readonly MergedSource[], name: string, memory: WasmMemory) {
  const passed = new Float64Array(sources.length * SECTIONS.length);
  return (stream: number, into: number, least: number, most: number): number => {
    const { sections } = sources[Math.floor(stream / SECTIONS.length)];
    const view = new Uint8Array(memory.buffer, into >>> 0, most >>> 0);
    const section = `${name}.${SECTIONS[stream % SECTIONS.length]}`;
    const bytes = sections.readOn(section, passed[stream], view, least >>> 0);
    passed[stream] += bytes;
    return bytes;
  };
}

interface Merging {
  readonly name: string;
  readonly sources: readonly MergedSource[];
  readonly sinks: ListSinks;
  readonly windowBytes: number;
}

/** The terms of what was merged: how many, and the index of their blocks. */
interface MergedTerms {
  readonly count: number;
  readonly index: Uint8Array;
}

function addSource(merger: Exports, memory: WasmMemory, merging: Merging, row: number, hasBlocks: boolean): void {
  const { name, sources, windowBytes } = merging;
  const { sections, map } = sources[row];
  const [terms, lists, places] = SECTIONS.map((part) =>
    sections.has(`${name}.${part}`) ? sections.length(`${name}.${part}`) : 0,
  );
  const offsets = hasBlocks ? [...readBlockOffsets(sections, name), terms] : [terms];
  const source = merger.createSource(row, map.length, offsets.length - 1, terms, lists, places, windowBytes);
  new Uint32Array(memory.buffer, merger.mapAt(source) >>> 0, map.length).set(map);
  new Uint32Array(memory.buffer, merger.offsetsAt(source) >>> 0, offsets.length).set(offsets);
  merger.addSource(source);
}

/** Has an instance of the module merge some sources. */
function runModule(merging: Merging, hasBlocks: boolean, work: (merger: Exports) => void): MergedTerms | undefined {
  const start = openMerger();
  if (start === undefined) return undefined;
  const { name, sources, sinks, windowBytes } = merging;
  const memory = takeMemory();
  const targets = [sinks.postings, sinks.places, sinks.terms];
  const merger = start(memory, {
    read: reader(sources, name, memory),
    write: (target, from, bytes) => {
      targets[target](new Uint8Array(memory.buffer, from >>> 0, bytes >>> 0), 0, bytes >>> 0);
    },
  });
  merger.start(sources.length, Math.min(PIECE_BYTES, 8 * windowBytes));
  for (let row = 0; row < sources.length; row++) addSource(merger, memory, merging, row, hasBlocks);
  work(merger);
  const index = new Uint8Array(memory.buffer, merger.indexAt() >>> 0, merger.indexBytes()).slice();
  const count = merger.termCount();
  giveMemory(memory);
  return { count, index };
}

/**
 * Merges the lists of one dictionary into so many documents in the module of WebAssembly, as `ListMerge` does. Undefined
 * where there is no module.
 */
export const mergeListsInModule = (
  name: string,
  sources: readonly MergedSource[],
  { docs, placed }: { readonly docs: number; readonly placed: boolean },
  sinks: ListSinks,
  windowBytes = WINDOW_BYTES,
): MergedTerms | undefined =>
  runModule({ name, sources, sinks, windowBytes }, true, (merger) => merger.mergeLists(docs, Number(placed)));

const NO_MAP = new Uint32Array(0);
const nothing: Taker = () => undefined;

/** Merges words that stand in full; returns the index. Undefined where there is no module. */
export const mergeWordsInModule = (
  name: string,
  sources: readonly SectionReader[],
  terms: Taker,
  windowBytes = WINDOW_BYTES,
): Uint8Array | undefined =>
  runModule(
    {
      name,
      sources: sources.map((sections) => ({ sections, map: NO_MAP })),
      sinks: { postings: nothing, places: nothing, terms },
      windowBytes,
    },
    false,
    (merger) => merger.mergeWords(),
  )?.index;
