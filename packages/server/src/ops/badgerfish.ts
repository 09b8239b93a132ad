type Json = { [name: string]: JsonValue };
type JsonValue = string | Json | JsonValue[];

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decode = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) => {
        if (decimal) return String.fromCodePoint(Number(decimal));
        if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
        return ENTITIES[name as string] ?? whole;
      })
    : text;

const TAG = /<(?:\?[\s\S]*?\?|(\/)?([^\s/>]+)((?:\s+[^\s=]+="[^"]*")*)\s*(\/)?)>/g;
const ATTRIBUTE = /([^\s=]+)="([^"]*)"/g;

function put(parent: Json, name: string, value: JsonValue): void {
  const before = parent[name];
  if (before === undefined) parent[name] = value;
  else if (Array.isArray(before)) before.push(value);
  else parent[name] = [before, value];
}

function putAttributes(element: Json, markup: string): void {
  const spaces: Json = {};
  for (const [, name = '', value = ''] of markup.matchAll(ATTRIBUTE)) {
    if (name === 'xmlns') spaces['$'] = decode(value);
    else if (name.startsWith('xmlns:')) spaces[name.slice(6)] = decode(value);
    else element[`@${name}`] = decode(value);
  }
  if (Object.keys(spaces).length > 0) element['@xmlns'] = spaces;
}

/** Text of its own; white space between elements says nothing. */
function putText(element: Json | undefined, text: string): void {
  if (element === undefined || text.trim() === '') return;
  const before = element['$'];
  element['$'] = `${typeof before === 'string' ? before : ''}${decode(text)}`;
}

/**
 * An answer as JSON by the BadgerFish rules: attributes with an at sign, text under a dollar sign, an element that
 * repeats as a list and one that does not as an object, prefixes kept, every value text. Takes the XML that this
 * program writes: no comments, no CDATA, no document type.
 */
export function toBadgerFish(xml: string): Json {
  const root: Json = {};
  const open: Json[] = [root];
  let at = 0;
  for (const match of xml.matchAll(TAG)) {
    putText(open.length > 1 ? open.at(-1) : undefined, xml.slice(at, match.index));
    at = match.index + match[0].length;
    const [, isEnd, name, attributes = '', isEmpty] = match;
    if (name === undefined) continue;
    if (isEnd) {
      open.pop();
      continue;
    }
    const element: Json = {};
    putAttributes(element, attributes);
    put(open.at(-1) as Json, name, element);
    if (!isEmpty) open.push(element);
  }
  return root;
}
