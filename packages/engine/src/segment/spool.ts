import { ByteWriter } from '../storage/bytes.js';
import type { FileSystem, WritableFile } from '../storage/file-system.js';
import type { SectionWriter } from './container.js';

const BUFFER_BYTES = 1 << 20;

/** Bytes that must wait until another section is written: in memory while few, in a temporary file when many. */
export class Spool {
  readonly #pending = new ByteWriter();
  #file: WritableFile | undefined;
  #written = 0;

  /** `path` names the temporary file; it should be one that a sweep of the folder removes. */
  constructor(
    readonly fs: FileSystem,
    readonly path: string,
  ) {}

  get length(): number {
    return this.#written + this.#pending.length;
  }

  write(bytes: Uint8Array): void {
    this.piece(bytes, 0, bytes.length);
  }

  /** Writes `bytes[from..to)`. */
  piece(bytes: Uint8Array, from: number, to: number): void {
    if (to - from >= BUFFER_BYTES) {
      this.#flush();
      this.#send(bytes.subarray(from, to));
      return;
    }
    this.#pending.piece(bytes, from, to);
    if (this.#pending.length >= BUFFER_BYTES) this.#flush();
  }

  /** Copies so many varints from `from` on; returns where they end. */
  varints(bytes: Uint8Array, from: number, count: number): number {
    const end = this.#pending.varints(bytes, from, count);
    if (this.#pending.length >= BUFFER_BYTES) this.#flush();
    return end;
  }

  #flush(): void {
    if (this.#pending.length > 0) this.#send(this.#pending.view());
    this.#pending.clear();
  }

  #send(bytes: Uint8Array): void {
    this.#file ??= this.fs.create(this.path);
    this.#file.write(bytes);
    this.#written += bytes.length;
  }

  /** Writes everything as the section open in `out`, and forgets it. */
  moveTo(out: SectionWriter): void {
    if (this.#file !== undefined) {
      this.#file.close();
      this.#copyFile(out);
    }
    out.write(this.#pending.view());
    this.drop();
  }

  #copyFile(out: SectionWriter): void {
    const file = this.fs.open(this.path);
    try {
      const piece = new Uint8Array(BUFFER_BYTES);
      for (let at = 0; at < this.#written; at += piece.length) {
        const part = piece.subarray(0, Math.min(piece.length, this.#written - at));
        file.read(part, at);
        out.write(part);
      }
    } finally {
      file.close();
    }
  }

  drop(): void {
    if (this.#file !== undefined) this.fs.remove(this.path);
    this.#file = undefined;
    this.#written = 0;
    this.#pending.clear();
  }
}
