/** Bytes that grow at the end and are dropped at the front, without copying on every step. */
export interface ByteQueue {
  /** The bytes held; valid until the next `append` or `drop`. */
  readonly bytes: Uint8Array;
  append(chunk: Uint8Array): void;
  drop(count: number): void;
}

export function createByteQueue(): ByteQueue {
  let store = new Uint8Array(256 * 1024);
  let from = 0;
  let to = 0;
  return {
    get bytes() {
      return store.subarray(from, to);
    },
    append(chunk) {
      if (to + chunk.length > store.length) {
        const size = to - from;
        const target = size + chunk.length > store.length / 2 ? new Uint8Array((size + chunk.length) * 2) : store;
        target.set(store.subarray(from, to), 0);
        store = target;
        from = 0;
        to = size;
      }
      store.set(chunk, to);
      to += chunk.length;
    },
    drop(count) {
      from += count;
      if (from === to) {
        from = 0;
        to = 0;
      }
    },
  };
}
