import { ByteReader, ByteWriter, bytesOf } from '../storage/bytes.js';
import type { Keeper } from '../storage/cache.js';
import type { SectionReader, SectionWriter } from './container.js';

/** Values of one name for each document (or group): sorted different values, and for each row its value numbers. */
export interface ValueColumn {
  readonly values: readonly string[];
  readonly starts: Uint32Array;
  readonly ordinals: Uint32Array;
}

/** Collects a `ValueColumn` row by row. */
export class ValueColumnWriter {
  readonly #ids = new Map<string, number>();
  readonly #rows: number[] = [];
  readonly #starts: number[] = [0];

  /** The number of a value. */
  idOf(value: string): number {
    let id = this.#ids.get(value);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(value, id);
    }
    return id;
  }

  /** Adds a value to the row under way unless it has it. */
  add(id: number): void {
    for (let i = this.#starts[this.#starts.length - 1]; i < this.#rows.length; i++) if (this.#rows[i] === id) return;
    this.#rows.push(id);
  }

  /** Whether the row under way has no value yet. */
  get isEmpty(): boolean {
    return this.#starts[this.#starts.length - 1] === this.#rows.length;
  }

  endRow(): void {
    this.#starts.push(this.#rows.length);
  }

  addRow(values: Iterable<string>): void {
    for (const value of values) this.#rows.push(this.idOf(value));
    this.endRow();
  }

  /** Writes the column with row `r` the one that was added as number `order[r]`. */
  write(out: SectionWriter, name: string, order: Uint32Array): void {
    const values = [...this.#ids.keys()].sort();
    const rank = new Uint32Array(values.length);
    values.forEach((value, index) => {
      rank[this.#ids.get(value) ?? 0] = index;
    });
    const starts = new Uint32Array(order.length + 1);
    const ordinals = new Uint32Array(this.#rows.length);
    let n = 0;
    order.forEach((taken, row) => {
      for (let i = this.#starts[taken]; i < this.#starts[taken + 1]; i++) ordinals[n++] = rank[this.#rows[i]];
      starts[row + 1] = n;
    });
    writeValueColumn(out, name, { values, starts, ordinals });
  }
}

/** Writes a column whose values are sorted and different. */
function writeValueColumn(out: SectionWriter, name: string, { values, starts, ordinals }: ValueColumn): void {
  const texts = new ByteWriter();
  for (const value of values) texts.text(value);
  out.begin(`${name}.values`);
  out.write(texts.view());
  writeNumbers(out, `${name}.starts`, starts);
  writeNumbers(out, `${name}.ordinals`, ordinals);
}

export function writeNumbers(out: Pick<SectionWriter, 'begin' | 'write'>, name: string, numbers: Uint32Array): void {
  out.begin(name);
  out.write(bytesOf(numbers));
}

export function readNumbers(sections: SectionReader, name: string, cache: Keeper): Uint32Array {
  return cache.get(
    name,
    () => new Uint32Array(sections.read(name, 0, sections.length(name)).buffer),
    (numbers) => numbers.byteLength,
  );
}

function readTexts(bytes: Uint8Array): string[] {
  const reader = new ByteReader(bytes);
  const texts: string[] = [];
  while (reader.at < bytes.length) texts.push(reader.text());
  return texts;
}

export function readValueColumn(sections: SectionReader, name: string, cache: Keeper): ValueColumn {
  const values = cache.get(
    `${name}.values`,
    () => readTexts(sections.read(`${name}.values`, 0, sections.length(`${name}.values`))),
    (texts) => texts.reduce((sum, text) => sum + 40 + text.length * 2, 0),
  );
  return {
    values,
    starts: readNumbers(sections, `${name}.starts`, cache),
    ordinals: readNumbers(sections, `${name}.ordinals`, cache),
  };
}
