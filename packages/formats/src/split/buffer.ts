/** Bytes that grow at the end and are dropped at the front, without copying on every step. */
export interface ByteQueue {
  /** The bytes held; valid until the next `append` or `drop`. */
  readonly bytes: Uint8Array;
  append(chunk: Uint8Array): void;
  drop(count: number): void;
  /** A stretch of the bytes held, to keep. */
  cut(from: number, to: number): Uint8Array;
}

/** Least room for bytes of several chunks. */
const MIN_STORE = 64 * 1024;

/**
 * A chunk that comes when nothing is held is kept as it is, neither copied nor written to; bytes are gathered in a
 * store of our own only where a record goes on from one chunk to the next.
 */
export function createByteQueue(): ByteQueue {
  let store: Uint8Array = new Uint8Array();
  let isOwn = false;
  let from = 0;
  let to = 0;
  let view = store;
  const hold = (bytes: Uint8Array, own: boolean, size: number): void => {
    store = bytes;
    isOwn = own;
    from = 0;
    to = size;
  };
  const gather = (chunk: Uint8Array): void => {
    const size = to - from;
    if (!isOwn || to + chunk.length > store.length) {
      const isRoomy = isOwn && size + chunk.length <= store.length / 2;
      const target = isRoomy ? store : new Uint8Array(Math.max(MIN_STORE, (size + chunk.length) * 2));
      target.set(store.subarray(from, to), 0);
      hold(target, true, size);
    }
    store.set(chunk, to);
    to += chunk.length;
  };
  return {
    get bytes() {
      return view;
    },
    append(chunk) {
      if (from === to) hold(chunk, false, chunk.length);
      else gather(chunk);
      view = store.subarray(from, to);
    },
    drop(count) {
      from += count;
      view = store.subarray(from, to);
    },
    cut: (first, last) => (isOwn ? view.slice(first, last) : view.subarray(first, last)),
  };
}
