/** The numbers by which WebAssembly names what is used here. */
const I32 = 0x7f;
const V128 = 0x7b;
const EMPTY = 0x40;
const LOOP = 0x03;
const END = 0x0b;
const BR_IF = 0x0d;
const GET = 0x20;
const SET = 0x21;
const TEE = 0x22;
const CONST = 0x41;
const ADD = 0x6a;
const SUBTRACT = 0x6b;
const AND_32 = 0x71;
const OR_32 = 0x72;
const XOR_32 = 0x73;
const SHIFT_LEFT = 0x74;
const SHIFT_RIGHT = 0x76;
const LOAD_32 = 0x28;
const STORE_32 = 0x36;
const GREATER = 0x4a;
const SIMD = 0xfd;
const LOAD = [SIMD, 0x00];
const STORE = [SIMD, 0x0b];
const LANE = [SIMD, 0x1b];
const AND = [SIMD, 0x4e];
const AND_NOT = [SIMD, 0x4f];
const OR = [SIMD, 0x50];
const XOR = [SIMD, 0x51];
const COUNT_BYTES = [SIMD, 0x62];
const ADD_BYTES = [SIMD, 0x6e];
const BYTES_TO_PAIRS = [SIMD, 0x7d];
const PAIRS_TO_FOURS = [SIMD, 0x7f];
const ADD_FOURS = [SIMD, 0xae, 0x01];

/** Bytes that a step of a loop goes on. */
export const STEP = 64;
/** Pages of 64 kB that the kernel works in. */
export const PAGES = 2;

const ALIGNED_TO_4 = 2;
const ALIGNED_TO_16 = 4;
const step = (code: number): number[] => [CONST, 0xc0, 0x00, code];
const VECTORS = [0, 16, 32, 48];

const section = (id: number, ...content: number[]): number[] => [id, ...length(content.length), ...content];
/** A length of up to 14 bits, 7 a byte, low first. */
const length = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, value >>> 7]);
const text = (value: string): number[] => [value.length, ...Buffer.from(value)];
const body = (locals: number[], ...code: number[]): number[] => {
  const all = [...locals, ...code, END];
  return [...length(all.length), ...all];
};

/** Ends a loop whose local `left` holds the bytes that are left. */
const goOn = (left: number): number[] => [GET, left, ...step(SUBTRACT), TEE, left, CONST, 0, GREATER, BR_IF, 0, END];
const advance = (local: number): number[] => [GET, local, ...step(ADD), SET, local];
const load = (local: number, offset: number): number[] => [GET, local, ...LOAD, ALIGNED_TO_16, offset];

/** (into, from, bytes): joins what is at `from` to what is at `into`. */
const join = (code: number[]): number[] =>
  body(
    [0],
    LOOP,
    EMPTY,
    ...VECTORS.flatMap((at) => [GET, 0, ...load(0, at), ...load(1, at), ...code, ...STORE, ALIGNED_TO_16, at]),
    ...advance(0),
    ...advance(1),
    ...goOn(2),
  );

/** (from, bytes): how many bits are set. Four bytes of up to 8 each do not overflow one. */
const count = (): number[] =>
  body(
    [1, 1, V128],
    LOOP,
    EMPTY,
    ...VECTORS.flatMap((at) => [...load(0, at), ...COUNT_BYTES, ...(at === 0 ? [] : ADD_BYTES)]),
    ...BYTES_TO_PAIRS,
    ...PAIRS_TO_FOURS,
    ...[GET, 2, ...ADD_FOURS, SET, 2],
    ...advance(0),
    ...goOn(1),
    ...[0, 1, 2, 3].flatMap((lane) => [GET, 2, ...LANE, lane, ...(lane === 0 ? [] : [ADD])]),
  );

/** Bytes of a number in a list. */
const NUMBER = 4;
const MINUS_ONE = 0x7f;

/** (into, from, bytes): joins the bits of the ascending numbers at `from` to the set at `into`, one after the other. */
const joinList = (code: number[]): number[] =>
  body(
    [2, 1, I32, 1, I32],
    LOOP,
    EMPTY,
    // The address of the number's word is kept in local 3, the number in local 4.
    ...[GET, 1, LOAD_32, ALIGNED_TO_4, 0, TEE, 4, CONST, 5, SHIFT_RIGHT, CONST, 2, SHIFT_LEFT, GET, 0, ADD, TEE, 3],
    ...[GET, 3, LOAD_32, ALIGNED_TO_4, 0, CONST, 1, GET, 4, SHIFT_LEFT, ...code, STORE_32, ALIGNED_TO_4, 0],
    ...[GET, 1, CONST, NUMBER, ADD, SET, 1],
    ...[GET, 2, CONST, NUMBER, SUBTRACT, TEE, 2, CONST, 0, GREATER, BR_IF, 0, END],
  );

const FUNCTIONS = {
  and: join(AND),
  or: join(OR),
  xor: join(XOR),
  without: join(AND_NOT),
  orList: joinList([OR_32]),
  xorList: joinList([XOR_32]),
  withoutList: joinList([CONST, MINUS_ONE, XOR_32, AND_32]),
  count: count(),
};

/** A WebAssembly module with the functions of a `BitKernel` and the memory they work in. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  const names = Object.keys(FUNCTIONS);
  const types = [2, 0x60, 3, I32, I32, I32, 0, 0x60, 2, I32, I32, 1, I32];
  const exported = names.flatMap((name, i) => [...text(name), 0, i]);
  return Uint8Array.from([
    ...[0, ...Buffer.from('asm'), 1, 0, 0, 0],
    ...section(1, ...types),
    ...section(3, names.length, ...names.map((name) => (name === 'count' ? 1 : 0))),
    ...section(5, 1, 1, PAGES, PAGES),
    ...section(7, names.length + 1, ...text('memory'), 2, 0, ...exported),
    ...section(10, names.length, ...Object.values(FUNCTIONS).flat()),
  ]);
}
