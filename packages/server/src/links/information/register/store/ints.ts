/** Whole numbers of 32 bits that grow at the end. */
export class Ints {
  #numbers: Int32Array;
  #length: number;

  constructor(numbers: Int32Array = new Int32Array(1024), length = 0) {
    this.#numbers = numbers;
    this.#length = length;
  }

  static of(numbers: Int32Array): Ints {
    return new Ints(numbers, numbers.length);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): number {
    if (this.#length === this.#numbers.length) {
      const grown = new Int32Array(Math.max(1024, Math.ceil(this.#numbers.length * 1.5)));
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    this.#numbers[this.#length] = value;
    return this.#length++;
  }

  at(index: number): number {
    return this.#numbers[index] as number;
  }

  set(index: number, value: number): void {
    this.#numbers[index] = value;
  }

  /** What it holds; a view that the next `push` may detach. */
  view(from = 0, to = this.#length): Int32Array {
    return this.#numbers.subarray(from, to);
  }
}
