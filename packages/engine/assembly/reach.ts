/** Bytes of the row of lanes of the documents at even places of a window; that of the others follows. */
const ROW: usize = 256;
const VECTOR: usize = 16;
/** A source: where its impacts stand and what a step of them weighs. */
const SOURCE: usize = 8;

/**
 * Adds to the lanes what some sources add at most to each document of the window whose impacts stand `offset` bytes from
 * where those of each source begin; writes a bit for each document that reaches `least` to `out`, and clears the lanes.
 */
export function reach(lanes: usize, sources: usize, count: u32, offset: usize, least: u32, out: usize): void {
  const low = i16x8.splat(0x00ff);
  const high = i16x8.splat(<i16>0xff00);
  const wanted = i16x8.splat(<i16>least);
  const end = sources + <usize>count * SOURCE;
  for (let at: usize = 0; at < ROW; at += VECTOR) {
    let even = v128.load(lanes + at);
    let odd = v128.load(lanes + at, ROW);
    for (let source = sources; source < end; source += SOURCE) {
      const impacts = v128.load(<usize>load<u32>(source) + offset + at);
      const weight = i16x8.splat(<i16>load<u32>(source, 4));
      even = v128.add<u16>(even, v128.mul<u16>(v128.and(impacts, low), weight));
      odd = v128.add<u16>(odd, v128.mul<u16>(v128.shr<u16>(impacts, 8), weight));
    }
    v128.store(lanes + at, i16x8.splat(0));
    v128.store(lanes + at, i16x8.splat(0), ROW);
    const reaching = v128.or(v128.and(v128.ge<u16>(even, wanted), low), v128.and(v128.ge<u16>(odd, wanted), high));
    store<u16>(out + (at >> 3), v128.bitmask<i8>(reaching));
  }
}
