// Every format whose records are XML or become a tree: one line each, in any order. Root elements tell them apart.
export { brs } from './brs/reader.js';
export { cnipa } from './cnipa/reader.js';
export { docdb } from './docdb/reader.js';
export { epSt36 } from './ep-st36/reader.js';
export { kipris } from './kipris/reader.js';
export { marec } from './marec/reader.js';
export { opsXml } from './ops-xml/reader.js';
export { table } from './table/reader.js';
export { tipo, tipoJson } from './tipo/reader.js';
export { usGreenbook } from './us-greenbook/reader.js';
export { usIce } from './us-ice/reader.js';
export { usPap } from './us-pap/reader.js';
export { usSequence } from './us-sequence/reader.js';
export { usSt32 } from './us-st32/reader.js';
export { usptoOdp } from './uspto-odp/reader.js';
export { woPamphlet } from './wo-pamphlet/reader.js';
