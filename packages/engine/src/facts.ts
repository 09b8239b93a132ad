import { resolve } from 'node:path';
import type { PatentDocument } from '@quanlian/contract';
import { Corpus } from './corpus/corpus.js';
import { shareMemory } from './inline.js';
import type { GroupFacts } from './segment/stored.js';
import { hasBit } from './storage/bits.js';
import { nodeFileSystem } from './storage/file-system.js';

/** A segment of a commit. Its name is never used again for another, and what it holds never changes. */
export interface FactsSegment {
  readonly name: string;
  readonly groups: number;
  isLive(group: number): boolean;
  /** The facts of the wanted groups in order, as `registerText` of the kernel writes them. */
  walk(wanted: (group: number) => boolean): Iterable<GroupFacts>;
}

/** What the register needs of every document of one commit, without any text. */
export interface FactsReader {
  readonly sequence: number;
  readonly documents: number;
  readonly segments: readonly FactsSegment[];
  close(): void;
}

const MEMORY_BYTES = 64 * 1024 * 1024;

/** Opens the newest commit of a corpus folder in the calling thread. Refuses `corpus.corrupt` when a part is damaged. */
export function openFacts(dir: string): FactsReader {
  const corpus = new Corpus({ fs: nodeFileSystem, dir: resolve(dir), write: false, ...shareMemory(MEMORY_BYTES) });
  try {
    const segments = corpus.facts().map(({ entry, segment, gone }) => ({
      name: entry.name,
      groups: entry.groups,
      isLive: (group: number) => !hasBit(gone, group),
      walk: segment.walkFacts,
    }));
    const { sequence, documents } = corpus.state;
    return { sequence, documents, segments, close: () => corpus.close() };
  } catch (error) {
    corpus.close();
    throw error;
  }
}

const LINE_END = 10;

/** The documents in the facts of a group. */
export function registerDocuments(bytes: Uint8Array): PatentDocument[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // JSON has no line ends of its own, so the last line is the documents.
  const at = text.lastIndexOf(LINE_END);
  return at < 0 ? [] : (JSON.parse(text.toString('utf8', at + 1)) as PatentDocument[]);
}
