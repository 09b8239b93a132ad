import { randomUUID } from 'node:crypto';
import {
  type CheckReport,
  type ColumnName,
  type ColumnUpdate,
  type CorpusState,
  type CorpusStats,
  type PatentDocument,
  QuanlianError,
  type QueryNode,
  type SearchRequest,
  type SearchResult,
  type SimilarRequest,
  type SimilarResult,
  type Sort,
  type Suggestion,
  type SuggestRequest,
  type SynonymSet,
} from '@quanlian/contract';
import type { ApplyResult, ColumnResult, LongPart } from '../backend.js';
import type { PackedColumn } from '../columns/packed.js';
import { type MergeJob, takeMerged } from '../merge/job.js';
import { MERGE_SETTINGS, type MergeSettings } from '../merge/policy.js';
import { readCursor } from '../query/cursor.js';
import { type RankedAnswer, rankSnapshot, type SearchSettings, scanSnapshot, searchSnapshot } from '../query/search.js';
import { findSimilar } from '../query/similar.js';
import { suggest } from '../query/suggest.js';
import type { BuiltSegment } from '../segment/builder.js';
import { ByteCache } from '../storage/cache.js';
import { DamagedFile } from '../storage/damage.js';
import type { FileSystem } from '../storage/file-system.js';
import { takeLock, type WriterLock } from '../storage/lock.js';
import { type FileEntry, FORMAT_VERSION, type Manifest, OLD_VERSION, synonymsName } from '../storage/manifest.js';
import type { BatchRecord } from './batch.js';
import { checkCommit } from './check.js';
import { columnCommit } from './columns.js';
import { Committer } from './commits.js';
import { manifestAt, newestCommit, newestGeneration, sweepFolder } from './folder.js';
import { resolveNumber } from './resolve.js';
import {
  createSnapshotStore,
  findDocument,
  type LiveSegment,
  readDocument,
  type Snapshot,
  type SnapshotStore,
} from './snapshot.js';
import { countCorpus } from './stats.js';
import { checkSynonyms, readSynonyms } from './synonyms.js';
import { upgradeCommit } from './upgrade.js';
import type { CommitBuilder, Marks, NextNumbers, Prepared } from './writer.js';

/** How one thread opens a corpus folder. */
export interface CorpusSettings {
  readonly fs: FileSystem;
  readonly dir: string;
  readonly write: boolean;
  /** Bytes for what was read from disk lately, for building a segment, and for what one query holds. */
  readonly cacheBytes: number;
  readonly buildBytes: number;
  readonly queryBytes: number;
  /** Names this writer in the lock, so that a thread started again finds its own. */
  readonly lockToken?: string;
  readonly merging?: MergeSettings | undefined;
}

/** Older commits held open for cursors. */
const HELD_COMMITS = 3;
const REFRESH_ATTEMPTS = 5;

/** A corpus folder as one thread sees it: one current commit, older ones on demand, all calls synchronous. */
export class Corpus {
  readonly #settings: CorpusSettings;
  readonly #store: SnapshotStore;
  readonly #committer: Committer | undefined;
  readonly #held = new Map<number, Snapshot>();
  #current: Snapshot;

  /** Refuses `corpus.locked`, `corpus.version` and, when nothing can be read at all, `corpus.corrupt`. */
  constructor(settings: CorpusSettings) {
    const { fs, dir, write, cacheBytes, buildBytes, lockToken } = settings;
    this.#settings = settings;
    this.#store = createSnapshotStore(fs, dir, new ByteCache(cacheBytes));
    let lock: WriterLock | undefined;
    if (write) {
      fs.makeDir(dir);
      lock = takeLock(fs, dir, lockToken ?? randomUUID());
      this.#committer = new Committer(fs, dir, buildBytes, lock);
    }
    try {
      this.#prepareFolder();
      this.#current = this.#openNewest();
    } catch (error) {
      lock?.release();
      throw error;
    }
  }

  /** A folder of another version or with a damaged manifest is left alone; one of the older version is made new. */
  #prepareFolder(): void {
    const { fs, dir } = this.#settings;
    const { manifest, damage } = newestCommit(fs, dir);
    if (manifest.version === OLD_VERSION) {
      if (this.#committer === undefined) {
        throw new QuanlianError(
          'corpus.version',
          `The corpus folder ${dir} has format version ${OLD_VERSION}; open it for writing once to make it of version ${FORMAT_VERSION}.`,
        );
      }
      this.#committer.commit(manifest, (builder, next) => upgradeCommit(builder, next, manifest));
    }
    if (this.#committer !== undefined && damage.length === 0) sweepFolder(fs, dir);
  }

  /**
   * Opens the newest commit, what cannot be read of it left out. Another one may be made, and old files go, between
   * looking and opening, so damage counts only when the commit is still the newest one.
   */
  #openNewest(known: readonly DamagedFile[] = []): Snapshot {
    const { fs, dir } = this.#settings;
    for (let attempt = 1; ; attempt++) {
      const { manifest, damage } = newestCommit(fs, dir);
      const degraded = [...known.filter(({ file }) => damage.every((found) => found.file !== file)), ...damage];
      const before = this.#current;
      try {
        return this.#store.open(manifest, degraded.length > 0 ? { before, degraded } : { before });
      } catch (error) {
        if (!(error instanceof DamagedFile)) throw error;
        if (attempt < REFRESH_ATTEMPTS && newestCommit(fs, dir).manifest.generation !== manifest.generation) continue;
        return this.#store.open(manifest, { before, degraded });
      }
    }
  }

  #moveTo(next: Snapshot): void {
    this.#hold(this.#current);
    this.#current = next;
  }

  /** A later generation of one sequence answers as the earlier one did, so only the later is held. */
  #hold(snapshot: Snapshot): void {
    const { sequence } = snapshot.manifest;
    this.#held.get(sequence)?.release();
    this.#held.set(sequence, snapshot);
    for (const [held, oldest] of this.#held) {
      if (this.#held.size <= HELD_COMMITS) return;
      this.#held.delete(held);
      oldest.release();
    }
  }

  /** What is known to be damaged is left out of other commits too; damage that is new there is thrown. */
  get #known(): { degraded?: readonly DamagedFile[] } {
    const { damage } = this.#current;
    return damage.length === 0 ? {} : { degraded: damage };
  }

  get state(): CorpusState {
    const { manifest, documents, damage } = this.#current;
    const damaged = damage.length === 0 ? {} : { damaged: damage.map(({ file }) => file) };
    return { sequence: manifest.sequence, documents, ...damaged };
  }

  marks(): Readonly<Record<string, string>> {
    return this.#current.manifest.marks;
  }

  refresh(): CorpusState {
    const { fs, dir } = this.#settings;
    const { manifest, damage } = this.#current;
    if (newestGeneration(fs, dir) !== manifest.generation) this.#moveTo(this.#openNewest(damage));
    return this.state;
  }

  /** Refuses `corpus.locked` when opened to read, and `corpus.corrupt` while anything of the corpus is damaged. */
  #writer(): Committer {
    const { fs, dir } = this.#settings;
    if (this.#committer === undefined) {
      throw new QuanlianError(
        'corpus.locked',
        `The corpus folder ${dir} was opened to read only; open it for writing to load.`,
      );
    }
    // A commit that was published but could not be opened is caught up with first.
    if (newestGeneration(fs, dir) !== this.#current.manifest.generation) this.#moveTo(this.#openNewest());
    const [first] = this.#current.damage;
    if (first !== undefined) {
      throw new QuanlianError(
        'corpus.corrupt',
        `The corpus serves read-only because a file is damaged. ${first.message}`,
        { cause: first },
      );
    }
    return this.#committer;
  }

  #commit<T>(prepare: (builder: CommitBuilder, next: NextNumbers) => Prepared<T>): T {
    const committer = this.#writer();
    const { result, manifest } = committer.commit(this.#current.manifest, prepare);
    if (manifest !== null) {
      this.#moveTo(this.#openNewest());
      committer.sweep(manifest.generation);
    }
    return result;
  }

  apply(batch: readonly BatchRecord[], marks?: Marks): ApplyResult {
    return this.#commit((builder, next) => builder.prepare(this.#current, next, batch, marks));
  }

  applyColumns(name: ColumnName, updates: readonly ColumnUpdate[] | PackedColumn, basis: number): ColumnResult {
    return this.#commit((builder, next) => columnCommit(builder, next, this.#current.manifest, name, updates, basis));
  }

  /** Keeps synonym sets in the corpus for every search that asks for them; none takes them away. */
  applySynonyms(sets: readonly SynonymSet[]): CorpusState {
    checkSynonyms(sets);
    return this.#commit((builder, next) => {
      const { generation, sequence } = next;
      const bytes = Buffer.from(JSON.stringify(sets), 'utf8');
      const synonyms = sets.length === 0 ? null : builder.writeFile(synonymsName(generation), bytes);
      const manifest = { ...this.#current.manifest, generation, sequence, synonyms };
      return { result: { sequence, documents: this.#current.documents }, manifest };
    });
  }

  synonyms(): readonly SynonymSet[] {
    return readSynonyms(this.#settings.fs, this.#settings.dir, this.#current.manifest);
  }

  /** The merge that is due, if any. It may run in another thread; `endMerge` must follow in any case. */
  startMerge(): MergeJob | undefined {
    const { merging = MERGE_SETTINGS } = this.#settings;
    if (this.#committer === undefined || this.#current.damage.length > 0) return undefined;
    return this.#committer.startMerge(this.#current.manifest, merging);
  }

  /** Puts a merged segment in the place of its sources, with what has changed in them since. */
  endMerge(job: MergeJob, built: BuiltSegment | undefined): CorpusState {
    const { fs, dir } = this.#settings;
    try {
      if (built !== undefined) {
        this.#commit((builder, { generation, segment }) => {
          const before = this.#current.manifest;
          const write = (name: string, bytes: Uint8Array): FileEntry => builder.writeFile(name, bytes);
          const segments = takeMerged(fs, dir, job, built, before.segments, generation, write);
          return { result: null, manifest: { ...before, generation, nextSegment: segment, segments } };
        });
      }
    } finally {
      this.#committer?.endMerge();
    }
    return this.state;
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
    const snapshot = this.#store.open(manifest, this.#known);
    this.#hold(snapshot);
    return snapshot;
  }

  /** Answers from a snapshot; what is found to be damaged while reading is left out, and the rest answers. */
  #read<T>(read: (snapshot: Snapshot) => T, snapshot: Snapshot = this.#current): T {
    for (let from = snapshot; ; ) {
      try {
        return read(from);
      } catch (error) {
        if (!(error instanceof DamagedFile) || from.damage.some(({ file }) => file === error.file)) throw error;
        const without = this.#store.open(from.manifest, { before: from, degraded: [...from.damage, error] });
        if (from === this.#current) this.#moveTo(without);
        else this.#hold(without);
        from = without;
      }
    }
  }

  #searchSettings(snapshot: Snapshot): SearchSettings {
    const { fs, dir, queryBytes } = this.#settings;
    return { queryBytes, storedSynonyms: () => readSynonyms(fs, dir, snapshot.manifest) };
  }

  search(request: SearchRequest): SearchResult {
    const cursor = request.cursor === undefined ? undefined : readCursor(request.cursor, request);
    const start = cursor === undefined ? this.#current : this.#snapshotAt(cursor.sequence);
    return this.#read((snapshot) => searchSnapshot(snapshot, request, cursor, this.#searchSettings(snapshot)), start);
  }

  /** As `search`, without reading the documents. */
  rank(request: SearchRequest): RankedAnswer {
    return this.#read((snapshot) => rankSnapshot(snapshot, request, this.#searchSettings(snapshot)));
  }

  /** Bytes that the records take in the segments of this commit. */
  storedBytes(): number {
    return this.#current.segments.reduce((sum, { segment }) => sum + segment.storedBytes, 0);
  }

  /** The segments of this commit with their facts. Refuses `corpus.corrupt` when any part cannot be read. */
  facts(): readonly LiveSegment[] {
    const [first] = this.#current.damage;
    if (first !== undefined) throw first;
    return this.#current.segments;
  }

  suggest(request: SuggestRequest): Suggestion[] {
    return this.#read((snapshot) => suggest(snapshot, request));
  }

  similar(request: SimilarRequest): SimilarResult {
    return this.#read((snapshot) => findSimilar(snapshot, request, this.#settings.queryBytes));
  }

  /** Every hit in order, from the commit current now; once begun, the commit stays open until the last one or `return`. */
  scan(query: QueryNode, sort: Sort, asOf?: string): Generator<PatentDocument> {
    return this.#scanCommit(this.#current.manifest, query, sort, asOf);
  }

  *#scanCommit(manifest: Manifest, query: QueryNode, sort: Sort, asOf: string | undefined): Generator<PatentDocument> {
    const own = this.#store.open(manifest, this.#known);
    try {
      yield* scanSnapshot(own, query, sort, this.#settings.queryBytes, asOf);
    } finally {
      own.release();
    }
  }

  get(ids: readonly string[], leaveOut: readonly LongPart[] = []): (PatentDocument | null)[] {
    return this.#read((snapshot) =>
      ids.map((id) => {
        const place = findDocument(snapshot, id);
        return place === undefined ? null : readDocument(snapshot, place, leaveOut);
      }),
    );
  }

  resolve(numbers: readonly string[]): string[][] {
    return this.#read((snapshot) => numbers.map((text) => resolveNumber(snapshot, text)));
  }

  stats(): CorpusStats {
    return this.#read(countCorpus);
  }

  check(): CheckReport {
    const { manifest, damage } = this.#current;
    return checkCommit(this.#settings.fs, this.#settings.dir, manifest, damage);
  }

  close(): void {
    for (const snapshot of this.#held.values()) snapshot.release();
    this.#held.clear();
    this.#current.release();
    this.#committer?.lock.release();
  }
}
