const QUOTE: u8 = 34;
const COLON: u8 = 58;
const OPEN_LIST: u8 = 91;
export const BACKSLASH: u8 = 92;
const CLOSE_LIST: u8 = 93;
const OPEN_OBJECT: u8 = 123;
const CLOSE_OBJECT: u8 = 125;
/** Bytes behind the JSON that may be looked at. */
const BEHIND: u32 = 32;
const LEAST_ROOM: u32 = 1 << 14;
/** How deep the names of fields stand in an array of one record, and those of the parts of claims and description. */
const FIELD_DEPTH: i32 = 2;
const PART_DEPTH: i32 = 4;
/** Fields whose parts are left out of the outline. */
const CLAIMS: u32 = 0;
const DESCRIPTION: u32 = 1;
const NEITHER: u32 = 2;
/** Languages that the parts of a field come in at most; with more the record is read whole. */
const MOST_LANGUAGES: u32 = 16;
/** The first eight bytes of names; of shorter ones what stands behind is left out. */
const LANG: u32 = 0x676e616c;
const TEXT: u32 = 0x74786574;
const CLAIMS_NAME: u64 = 0x736d69616c63;
const SIX_BYTES: u64 = 0xffffffffffff;
const SEVEN_BYTES: u64 = 0xffffffffffffff;
const HEADING_NAME: u64 = 0x676e6964616568;
const DESCRIPTION_NAME: u64 = 0x7470697263736564;
const DESCRIPTION_END: u32 = 0x6e6f6974;

/** A record, its outline, and where the texts that were left out of that stand in the record: two numbers each. */
let json: usize = 0;
export let outlined: usize = 0;
let room: u32 = 0;
let texts: usize = 0;
let textRoom: u32 = 0;
let textCount: u32 = 0;
/** By field: its first text, and how many it has. */
const fields = memory.data(16);
/** The languages that a field had so far, where they stand and how long they are. */
const languages = memory.data(128);
let languageCount: u32 = 0;
/** Of the part under way: its language, heading and text, each from and to; 0: it has none. */
let langFrom: usize = 0;
let langTo: usize = 0;
let headingFrom: usize = 0;
let headingTo: usize = 0;
let textFrom: usize = 0;
let textTo: usize = 0;

/** Makes room for the JSON of a record; gives where it goes. */
export function reserveRecord(bytes: u32): usize {
  if (bytes > room) {
    if (room !== 0) {
      heap.free(json);
      heap.free(outlined);
    }
    room = max(bytes + (bytes >> 1), LEAST_ROOM);
    json = heap.alloc(room + BEHIND);
    outlined = heap.alloc(room + BEHIND);
  }
  return json;
}

/** Where the string ends that begins at `from`. A quote stands behind the JSON, too. */
function endOfString(from: usize): usize {
  let at = from;
  while (true) {
    const bytes = v128.load(at);
    const stops = v128.or(i8x16.eq(bytes, i8x16.splat(QUOTE)), i8x16.eq(bytes, i8x16.splat(BACKSLASH)));
    const found = i8x16.bitmask(stops);
    if (found === 0) at += 16;
    else {
      at += ctz(found);
      if (load<u8>(at) === QUOTE) return at;
      at += 2;
    }
  }
}

/** The field whose name stands from `from` to `to`. */
function fieldOf(from: usize, to: usize): u32 {
  const length = <u32>(to - from);
  const first = load<u64>(from);
  if (length === 6) return (first & SIX_BYTES) === CLAIMS_NAME ? CLAIMS : NEITHER;
  if (length !== 11 || first !== DESCRIPTION_NAME) return NEITHER;
  return load<u32>(from, 7) === DESCRIPTION_END ? DESCRIPTION : NEITHER;
}

function addText(from: usize, to: usize): void {
  if (textCount === textRoom) {
    textRoom = textRoom === 0 ? 64 : textRoom << 1;
    texts = texts === 0 ? heap.alloc(textRoom << 3) : heap.realloc(texts, textRoom << 3);
  }
  const at = texts + (<usize>textCount << 3);
  textCount++;
  store<u32>(at, <u32>(from - json));
  store<u32>(at, <u32>(to - json), 4);
}

function isLanguage(number: u32): bool {
  const at = languages + (<usize>number << 3);
  const length = load<u32>(at, 4);
  return length === <u32>(langTo - langFrom) && memory.compare(load<u32>(at), langFrom, length) === 0;
}

/** Whether the language of the part is the last one's or a new one. Parts of one language are put together otherwise. */
function isInTurn(): bool {
  if (languageCount > 0 && isLanguage(languageCount - 1)) return true;
  if (languageCount === MOST_LANGUAGES) return false;
  for (let i: u32 = 0; i < languageCount; i++) if (isLanguage(i)) return false;
  const at = languages + (<usize>languageCount << 3);
  languageCount++;
  store<u32>(at, <u32>langFrom);
  store<u32>(at, <u32>(langTo - langFrom), 4);
  return true;
}

/** Takes the texts of the part that ends; false when the record must be read whole. */
function endPart(field: u32): bool {
  if (langFrom === 0 || !isInTurn()) return false;
  if (field === CLAIMS) {
    if (textFrom === 0) return false;
    addText(textFrom, textTo);
    return true;
  }
  if (headingTo > headingFrom) addText(headingFrom, headingTo);
  if (textTo > textFrom) addText(textFrom, textTo);
  return true;
}

function startPart(): void {
  langFrom = langTo = headingFrom = headingTo = textFrom = textTo = 0;
}

/** Takes the value that is the string from `from` to `to`, of the name before it. */
@inline
function takeValue(name: usize, length: u32, from: usize, to: usize): void {
  if (length === 4) {
    const four = load<u32>(name);
    if (four === TEXT) {
      textFrom = from;
      textTo = to;
    } else if (four === LANG) {
      langFrom = from;
      langTo = to;
    }
  } else if (length === 7 && (load<u64>(name) & SEVEN_BYTES) === HEADING_NAME) {
    headingFrom = from;
    headingTo = to;
  }
}

/** Whether a name is of a value that must be a string. */
@inline
function mustBeText(name: usize, length: u32): bool {
  if (length === 4) return load<u32>(name) === TEXT || load<u32>(name) === LANG;
  return length === 7 && (load<u64>(name) & SEVEN_BYTES) === HEADING_NAME;
}

/** Goes through the list of parts that begins at `from`; gives where it ends, 0 when the record must be read whole. */
function takeParts(from: usize, end: usize, field: u32): usize {
  let depth = FIELD_DEPTH;
  let name: usize = 0;
  let length: u32 = 0;
  languageCount = 0;
  store<u32>(fields + (<usize>field << 3), textCount);
  for (let at = from; at < end; at++) {
    const byte = load<u8>(at);
    if (byte === QUOTE) {
      const string = at + 1;
      at = endOfString(string);
      if (at >= end || depth < PART_DEPTH) return 0;
      if (depth > PART_DEPTH) continue;
      if (load<u8>(at, 1) !== COLON) takeValue(name, length, string, at);
      else {
        name = string;
        length = <u32>(at - string);
        at++;
        if (mustBeText(name, length) && load<u8>(at, 1) !== QUOTE) return 0;
      }
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      if (++depth === PART_DEPTH) {
        if (byte === OPEN_LIST) return 0;
        startPart();
      }
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
      if (--depth === PART_DEPTH - 1 && !endPart(field)) return 0;
      if (depth === FIELD_DEPTH) {
        const first = load<u32>(fields + (<usize>field << 3));
        store<u32>(fields + (<usize>field << 3), textCount - first, 4);
        return at;
      }
    }
  }
  return 0;
}

/**
 * Writes the JSON of the record without its claims and description, as `JSON.stringify` writes an array of one record.
 * Returns how many bytes the outline takes; 0 when the record must be read whole.
 */
export function outline(length: u32): u32 {
  const end = json + length;
  memory.fill(end, QUOTE, BEHIND);
  memory.fill(fields, 0, 16);
  textCount = 0;
  let to = outlined;
  let copied = json;
  let depth = 0;
  for (let at = json; at < end; at++) {
    const byte = load<u8>(at);
    if (byte === OPEN_LIST || byte === OPEN_OBJECT) depth++;
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
    else if (byte === QUOTE) {
      const from = at + 1;
      at = endOfString(from);
      if (at >= end) return 0;
      if (depth !== FIELD_DEPTH || load<u8>(at, 1) !== COLON) continue;
      const field = fieldOf(from, at);
      if (field === NEITHER || load<u8>(at, 2) !== OPEN_LIST) continue;
      const list = at + 2;
      memory.copy(to, copied, list + 1 - copied);
      to += list + 1 - copied;
      copied = takeParts(list, end, field);
      if (copied === 0) return 0;
      at = copied;
    }
  }
  memory.copy(to, copied, end - copied);
  return <u32>(to - outlined + (end - copied));
}

/** The first text of a field that is left out of the outline, and how many it has. */
export function firstText(field: u32): u32 {
  return load<u32>(fields + (<usize>field << 3));
}
export function textsOf(field: u32): u32 {
  return load<u32>(fields + (<usize>field << 3), 4);
}
export function textStart(number: u32): usize {
  return json + load<u32>(texts + (<usize>number << 3));
}
export function textEnd(number: u32): usize {
  return json + load<u32>(texts + (<usize>number << 3), 4);
}
