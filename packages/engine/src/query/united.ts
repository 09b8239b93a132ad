import type { CountableName } from '@quanlian/contract';
import type { Snapshot } from '../corpus/snapshot.js';
import { SPARE_COUNTS } from './layers.js';
import type { DocValues } from './values.js';

/** The different values of all segments in order, and for each segment the places of its own among them. */
interface United {
  readonly values: readonly string[];
  readonly places: readonly Uint32Array[];
}

function unite(columns: readonly DocValues[]): United {
  const numbers = new Map<string, number>();
  // Numbered as they are met at first: a value is looked up once, and sorting finds the order of each segment's in them.
  const places = columns.map((column) => {
    const own = new Uint32Array(column.size + SPARE_COUNTS);
    for (let number = 0; number < column.size; number++) {
      const value = column.valueOf(number);
      const known = numbers.get(value);
      if (known === undefined) numbers.set(value, numbers.size);
      own[number] = known ?? numbers.size - 1;
    }
    return own;
  });
  const values = [...numbers.keys()].sort();
  const placeOf = new Uint32Array(values.length);
  values.forEach((value, place) => {
    placeOf[numbers.get(value) ?? 0] = place;
  });
  columns.forEach(({ size }, index) => {
    const own = places[index];
    for (let number = 0; number < size; number++) own[number] = placeOf[own[number]];
    // What counts nothing there counts nothing here.
    for (let spare = 0; spare < SPARE_COUNTS; spare++) own[size + spare] = values.length + spare;
  });
  return { values, places };
}

const bytesOfUnited = ({ values, places }: United): number =>
  values.reduce((sum, value) => sum + 40 + value.length * 2, 0) + places.reduce((sum, own) => sum + own.byteLength, 0);

/** One numbering of a facet's values for all segments of a commit, made when it is first asked for. */
export function unitedValues(snapshot: Snapshot, name: CountableName, columns: readonly DocValues[]): United {
  return snapshot.kept.get(`united.${name}`, () => unite(columns), bytesOfUnited);
}
