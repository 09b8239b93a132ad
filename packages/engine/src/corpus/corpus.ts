import { randomUUID } from 'node:crypto';
import {
  type CheckReport,
  type CorpusState,
  type CorpusStats,
  type PatentDocument,
  QuanlianError,
  type QueryNode,
  type SearchRequest,
  type SearchResult,
  type Sort,
} from '@quanlian/contract';
import type { ApplyResult } from '../backend.js';
import { readCursor } from '../query/cursor.js';
import { scanSnapshot, searchSnapshot } from '../query/search.js';
import { ByteCache } from '../storage/cache.js';
import { errorCode, type FileSystem } from '../storage/file-system.js';
import { takeLock, type WriterLock } from '../storage/lock.js';
import { type Manifest, publishManifest } from '../storage/manifest.js';
import { checkCommit } from './check.js';
import { manifestAt, newestManifest, newestSequence, sweepFolder, withdrawManifest } from './folder.js';
import { resolveNumber } from './resolve.js';
import { createSnapshotStore, findDocument, readDocument, type Snapshot, type SnapshotStore } from './snapshot.js';
import { countCorpus } from './stats.js';
import { CommitBuilder, diskFull, type Marks } from './writer.js';

/** How one thread opens a corpus folder. */
export interface CorpusSettings {
  readonly fs: FileSystem;
  readonly dir: string;
  readonly write: boolean;
  /** Bytes for what was read from disk lately, and for building a segment. */
  readonly cacheBytes: number;
  readonly buildBytes: number;
  /** Names this writer in the lock, so that a thread started again finds its own. */
  readonly lockToken?: string;
}

/** Older commits held open for cursors. */
const HELD_COMMITS = 3;
const SWEEP_EVERY = 16;
const REFRESH_ATTEMPTS = 5;

/** A corpus folder as one thread sees it: one current commit, older ones on demand, all calls synchronous. */
export class Corpus {
  readonly #settings: CorpusSettings;
  readonly #store: SnapshotStore;
  readonly #lock: WriterLock | undefined;
  readonly #held = new Map<number, Snapshot>();
  #current: Snapshot;

  /** Refuses `corpus.locked`, `corpus.version` and `corpus.corrupt`. */
  constructor(settings: CorpusSettings) {
    const { fs, dir, write, cacheBytes, lockToken } = settings;
    this.#settings = settings;
    this.#store = createSnapshotStore(fs, dir, new ByteCache(cacheBytes));
    if (write) {
      fs.makeDir(dir);
      this.#lock = takeLock(fs, dir, lockToken ?? randomUUID());
    }
    try {
      // Before the sweep: a folder of another version or with a damaged manifest is left alone.
      newestManifest(fs, dir);
      if (write) sweepFolder(fs, dir);
      this.#current = this.#openNewest();
    } catch (error) {
      this.#lock?.release();
      throw error;
    }
  }

  /** Opens the newest commit; another one may be made, and old files go, between looking and opening. */
  #openNewest(): Snapshot {
    for (let attempt = 1; ; attempt++) {
      try {
        return this.#store.open(newestManifest(this.#settings.fs, this.#settings.dir), this.#current);
      } catch (error) {
        const mayHaveMoved =
          errorCode(error) === 'ENOENT' || (error instanceof QuanlianError && error.code === 'corpus.corrupt');
        if (!mayHaveMoved || this.#lock || attempt === REFRESH_ATTEMPTS) throw error;
      }
    }
  }

  #moveTo(next: Snapshot): void {
    this.#hold(this.#current);
    this.#current = next;
  }

  #hold(snapshot: Snapshot): void {
    this.#held.set(snapshot.manifest.sequence, snapshot);
    for (const [sequence, oldest] of this.#held) {
      if (this.#held.size <= HELD_COMMITS) return;
      this.#held.delete(sequence);
      oldest.release();
    }
  }

  get state(): CorpusState {
    return { sequence: this.#current.manifest.sequence, documents: this.#current.documents };
  }

  marks(): Readonly<Record<string, string>> {
    return this.#current.manifest.marks;
  }

  refresh(): CorpusState {
    const { fs, dir } = this.#settings;
    if (newestSequence(fs, dir) !== this.#current.manifest.sequence) this.#moveTo(this.#openNewest());
    return this.state;
  }

  apply(batch: readonly PatentDocument[], marks?: Marks): ApplyResult {
    const { fs, dir, buildBytes } = this.#settings;
    if (this.#lock === undefined) {
      throw new QuanlianError(
        'corpus.locked',
        `The corpus folder ${dir} was opened to read only; open it for writing to load.`,
      );
    }
    this.#lock.confirm();
    const builder = new CommitBuilder(fs, dir, buildBytes);
    const { result, manifest } = builder.prepare(this.#current, batch, marks);
    if (manifest === null) return result;
    try {
      this.#lock.confirm();
      publishManifest(fs, dir, manifest);
    } catch (error) {
      if (withdrawManifest(fs, dir, manifest.sequence)) builder.undo();
      throw errorCode(error) === 'ENOSPC' ? diskFull(dir, error) : error;
    }
    this.#moveTo(this.#store.open(manifest, this.#current));
    if (manifest.sequence % SWEEP_EVERY === 0) sweepFolder(fs, dir);
    return result;
  }

  /** The commit a cursor names. */
  #snapshotAt(sequence: number): Snapshot {
    if (sequence === this.#current.manifest.sequence) return this.#current;
    const held = this.#held.get(sequence);
    if (held) return held;
    const manifest = manifestAt(this.#settings.fs, this.#settings.dir, sequence);
    if (manifest === undefined) {
      throw new QuanlianError(
        'cursor.expired',
        `The cursor belongs to state ${sequence} of the corpus, which is not kept any more; ask for the first page again.`,
      );
    }
    const snapshot = this.#store.open(manifest);
    this.#hold(snapshot);
    return snapshot;
  }

  search(request: SearchRequest): SearchResult {
    const cursor = request.cursor === undefined ? undefined : readCursor(request.cursor, request.query, request.sort);
    const snapshot = cursor === undefined ? this.#current : this.#snapshotAt(cursor.sequence);
    return searchSnapshot(snapshot, request, cursor);
  }

  /** Every hit in order, from the commit current now; once begun, the commit stays open until the last one or `return`. */
  scan(query: QueryNode, sort: Sort): Generator<PatentDocument> {
    return this.#scanCommit(this.#current.manifest, query, sort);
  }

  *#scanCommit(manifest: Manifest, query: QueryNode, sort: Sort): Generator<PatentDocument> {
    const own = this.#store.open(manifest);
    try {
      yield* scanSnapshot(own, query, sort);
    } finally {
      own.release();
    }
  }

  get(ids: readonly string[]): (PatentDocument | null)[] {
    return ids.map((id) => {
      const place = findDocument(this.#current, id);
      return place === undefined ? null : readDocument(this.#current, place);
    });
  }

  resolve(numbers: readonly string[]): string[][] {
    return numbers.map((text) => resolveNumber(this.#current, text));
  }

  stats(): CorpusStats {
    return countCorpus(this.#current);
  }

  check(): CheckReport {
    return checkCommit(this.#settings.fs, this.#settings.dir, this.#current.manifest);
  }

  close(): void {
    for (const snapshot of this.#held.values()) snapshot.release();
    this.#held.clear();
    this.#current.release();
    this.#lock?.release();
  }
}
