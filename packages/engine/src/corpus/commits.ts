import type { MergeJob } from '../merge/job.js';
import { chooseMerge, type MergeSettings } from '../merge/policy.js';
import { DamagedFile } from '../storage/damage.js';
import { errorCode, type FileSystem } from '../storage/file-system.js';
import type { WriterLock } from '../storage/lock.js';
import { type Manifest, publishManifest, segmentName } from '../storage/manifest.js';
import { sweepFolder, withdrawManifest } from './folder.js';
import { CommitBuilder, diskFull, type NextNumbers, type Prepared } from './writer.js';

const SWEEP_EVERY = 16;

/** Publishes commits one after another under the writer's lock. */
export class Committer {
  /** Numbers that a commit which failed halfway may have left on the disk. */
  #used: NextNumbers = { generation: 0, sequence: 0, segment: 0 };
  /** Files of the merge under way. */
  #busy: ReadonlySet<string> = new Set();

  constructor(
    readonly fs: FileSystem,
    readonly dir: string,
    readonly buildBytes: number,
    readonly lock: WriterLock,
  ) {}

  #next({ generation, sequence, nextSegment }: Manifest): NextNumbers {
    return {
      generation: Math.max(generation, this.#used.generation) + 1,
      sequence: Math.max(sequence, this.#used.sequence) + 1,
      segment: Math.max(nextSegment, this.#used.segment),
    };
  }

  /**
   * Builds a commit and publishes it. On any failure the corpus is as before; `corpus.disk_full` is told as such, and
   * `corpus.locked` when the lock was lost.
   */
  commit<T>(before: Manifest, prepare: (builder: CommitBuilder, next: NextNumbers) => Prepared<T>): Prepared<T> {
    this.lock.confirm();
    const builder = new CommitBuilder(this.fs, this.dir, this.buildBytes);
    const prepared = this.#build(builder, () => prepare(builder, this.#next(before)));
    const { manifest } = prepared;
    if (manifest === null) return prepared;
    try {
      this.lock.confirm();
      publishManifest(this.fs, this.dir, manifest);
    } catch (error) {
      if (withdrawManifest(this.fs, this.dir, manifest)) builder.undo();
      else this.#used = { ...manifest, segment: manifest.nextSegment };
      throw errorCode(error) === 'ENOSPC' ? diskFull(this.dir, error) : error;
    }
    return prepared;
  }

  #build<T>(builder: CommitBuilder, build: () => Prepared<T>): Prepared<T> {
    try {
      return build();
    } catch (error) {
      builder.undo();
      throw errorCode(error) === 'ENOSPC' ? diskFull(this.dir, error) : error;
    }
  }

  /** The merge that is due, if any; its files are left alone by sweeps until it is ended. */
  startMerge(manifest: Manifest, settings: MergeSettings): MergeJob | undefined {
    const sources = chooseMerge(manifest.segments, settings);
    if (sources === undefined) return undefined;
    const { segment } = this.#next(manifest);
    // Commits made while the merge runs must not take its number.
    this.#used = { ...this.#used, segment: segment + 1 };
    const name = segmentName(segment);
    const files = sources.flatMap(({ name: source, deletions }) => (deletions ? [source, deletions.name] : [source]));
    this.#busy = new Set([name, ...files]);
    return { sources, name };
  }

  endMerge(): void {
    this.#busy = new Set();
  }

  /** Removes what is not needed any more, now and then; what cannot be removed now is tried again later. */
  sweep(generation: number): void {
    if (generation % SWEEP_EVERY !== 0) return;
    try {
      sweepFolder(this.fs, this.dir, this.#busy);
    } catch (error) {
      if (errorCode(error) === undefined && !(error instanceof DamagedFile)) throw error;
    }
  }
}
