import { type Impacts, WINDOW_SHIFT, WINDOW_WORDS } from '../segment/term-list.js';
import type { Bits } from '../storage/bits.js';
import { openModule } from '../storage/wasm-module.js';
import { addWeighed, type Lanes, makeLanes, takeReaching } from './reach.js';

/**
 * Tells which documents of a window may reach a score by some long lists and by what was added to its lanes; the lanes are
 * cleared. Used for one segment at a time.
 */
export interface ReachKernel {
  readonly lanes: Lanes;
  /** Takes in the lists that `reaching` is told of; false when there is no room for them. */
  take(lists: readonly Impacts[]): boolean;
  /** As `takeReaching`; `weights` are those of the lists that were taken in. */
  reaching(window: number, weights: readonly number[], least: number, wanted: Bits, into: Bits): boolean;
}

interface Exports {
  reach(lanes: number, sources: number, count: number, offset: number, least: number, out: number): void;
}

/** Where lanes, sources and the answer stand in the memory; above are the impacts. */
const LANES = 0;
const ROW_NUMBERS = 64;
const SOURCES = 1024;
const MOST_SOURCES = 500;
const OUT = 512;
const IMPACTS = 8192;
/** What the module is compiled with: 16 MiB, of which is touched what is used. */
const MEMORY_BYTES = 256 * 65_536;
const MOST_UNITS = 0xffff;

class FastKernel implements ReachKernel {
  readonly lanes: Lanes;
  readonly #bytes: Uint8Array;
  readonly #numbers: Uint32Array;
  readonly #reach: Exports['reach'];
  readonly #out: Uint32Array;

  constructor(memory: ArrayBuffer, { reach }: Exports) {
    this.lanes = {
      even: new Int32Array(memory, LANES, ROW_NUMBERS),
      odd: new Int32Array(memory, LANES + 4 * ROW_NUMBERS, ROW_NUMBERS),
    };
    this.#bytes = new Uint8Array(memory);
    this.#numbers = new Uint32Array(memory);
    this.#out = new Uint32Array(memory, OUT, WINDOW_WORDS);
    this.#reach = reach;
  }

  take(lists: readonly Impacts[]): boolean {
    let at = IMPACTS;
    for (const { bytes } of lists) at += bytes.length;
    if (at > MEMORY_BYTES || lists.length > MOST_SOURCES) return false;
    at = IMPACTS;
    lists.forEach(({ bytes }, i) => {
      this.#bytes.set(bytes, at);
      this.#numbers[SOURCES / 4 + 2 * i] = at;
      at += bytes.length;
    });
    return true;
  }

  reaching(window: number, weights: readonly number[], least: number, wanted: Bits, into: Bits): boolean {
    for (let i = 0; i < weights.length; i++) this.#numbers[SOURCES / 4 + 2 * i + 1] = weights[i];
    this.#reach(LANES, SOURCES, weights.length, window << WINDOW_SHIFT, Math.min(least, MOST_UNITS), OUT);
    if (least > MOST_UNITS) return false;
    const first = window * WINDOW_WORDS;
    const words = Math.min(WINDOW_WORDS, wanted.length - first);
    let any = 0;
    for (let word = 0; word < words; word++) {
      const own = wanted[first + word] & this.#out[word];
      into[first + word] = own;
      any |= own;
    }
    return any !== 0;
  }
}

/** The kernel in WebAssembly; undefined where there is none. */
export function fastReach(): ReachKernel | undefined {
  const start = openModule<Exports>('reach');
  if (start === undefined) return undefined;
  const exports = start();
  return new FastKernel(exports.memory.buffer, exports);
}

/** The kernel in JavaScript, to compare with. */
export function plainReach(): ReachKernel {
  const lanes = makeLanes();
  let lists: readonly Impacts[] = [];
  return {
    lanes,
    take(given) {
      lists = given;
      return true;
    },
    reaching(window, weights, least, wanted, into) {
      lists.forEach(({ fours }, i) => {
        addWeighed(lanes, fours, window, weights[i]);
      });
      return takeReaching(lanes, window, least, wanted, into);
    },
  };
}

/** What the queries of this thread use one after the other, a segment at a time. */
export const sharedReach = fastReach();
/** So many windows are looked at before lists are copied for it. */
export const SLOW_WINDOWS = 16;
