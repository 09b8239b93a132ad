/** Characters that XML 1.0 cannot hold at all. */
const FORBIDDEN = /(?![\t\n\r\u007f-\u009f])\p{Cc}|[\ufffe\uffff]|\p{Surrogate}/gu;
/** What text or the value of an attribute may not hold as it is; most need nothing done, and that is soon seen. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for
const NOT_PLAIN = /[\u0000-\u001f&<>"\ud800-\udfff\ufffe\uffff]/;
const SPECIAL: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it stands between tags. */
export function escapeText(text: string): string {
  if (!NOT_PLAIN.test(text)) return text;
  return text.replace(FORBIDDEN, '').replace(/[&<>]/g, (sign) => SPECIAL[sign] as string);
}

function escapeAttribute(text: string): string {
  if (!NOT_PLAIN.test(text)) return text;
  return text
    .replace(FORBIDDEN, '')
    .replace(/[&<>"]/g, (sign) => SPECIAL[sign] as string)
    .replace(/[\t\n\r]/g, ' ');
}

export type Attributes = Readonly<Record<string, string | number | undefined>>;

const NONE: Attributes = {};

function attributesOf(attributes: Attributes): string {
  let text = '';
  for (const name in attributes) {
    const value = attributes[name];
    if (value !== undefined) text += ` ${name}="${escapeAttribute(String(value))}"`;
  }
  return text;
}

/** An element around markup; empty when there is none. */
export function tag(name: string, inside: string, attributes: Attributes = NONE): string {
  const start = `<${name}${attributesOf(attributes)}`;
  return inside === '' ? `${start}/>` : `${start}>${inside}</${name}>`;
}

/** An element around text; nothing at all when there is no text. */
export function leaf(name: string, text: string | undefined, attributes: Attributes = NONE): string {
  return text === undefined || text === '' ? '' : tag(name, escapeText(text), attributes);
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const NAMESPACES =
  'xmlns="http://www.epo.org/exchange" xmlns:ops="http://ops.epo.org" xmlns:xlink="http://www.w3.org/1999/xlink"';
const REGISTER_NAMESPACES =
  'xmlns:ops="http://ops.epo.org" xmlns:reg="http://www.epo.org/register" xmlns:xlink="http://www.w3.org/1999/xlink" ' +
  'xmlns:cpc="http://www.epo.org/cpcexport" xmlns:cpcdef="http://www.epo.org/cpcdefinition"';

const answerWith =
  (namespaces: string) =>
  (style: string, inside: string): string =>
    `${DECLARATION}<?xml-stylesheet type="text/xsl" href="/3.2/style/${style}.xsl"?>` +
    `<ops:world-patent-data ${namespaces}>${inside}</ops:world-patent-data>`;

/** A whole answer; `style` names the sheet that the service points browsers to. */
export const worldPatentData = answerWith(NAMESPACES);
/** A whole answer of the register or the classification, which have vocabularies of their own. */
export const registerData = answerWith(REGISTER_NAMESPACES);

/** The inside of the first element of this name in markup this program wrote, tags included; undefined when there is none. */
export function firstElement(markup: string, name: string): string | undefined {
  return elementsNamed(markup, name)[0];
}

/** Every element of this name that stands in none of its own kind, as it is written. */
export function elementsNamed(markup: string, name: string): string[] {
  const found: string[] = [];
  const opening = new RegExp(`<${name}(?=[\\s/>])[^>]*?(/?)>`, 'g');
  const closing = `</${name}>`;
  for (let match = opening.exec(markup); match; match = opening.exec(markup)) {
    if (match[1] === '/') {
      found.push(match[0]);
      continue;
    }
    const end = markup.indexOf(closing, opening.lastIndex);
    if (end < 0) break;
    found.push(markup.slice(match.index, end + closing.length));
    opening.lastIndex = end + closing.length;
  }
  return found;
}
