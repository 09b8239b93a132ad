/** A document made of a DTD: every element the root leads to, each text a word of its own. */

interface Dtd {
  /** What an element may hold, with parameter entities put in. */
  readonly models: ReadonlyMap<string, string>;
  readonly attributes: ReadonlyMap<string, string>;
}

const EXPANSIONS = 20;

function readDtd(text: string): Dtd {
  const bare = text.replace(/<!--[\s\S]*?-->/g, '');
  const entities = new Map<string, string>();
  for (const [, name = '', double, single] of bare.matchAll(/<!ENTITY\s+%\s+([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')/g)) {
    if (!entities.has(name)) entities.set(name, double ?? single ?? '');
  }
  let whole = bare;
  for (let round = 0; round < EXPANSIONS && /%[\w.-]+;/.test(whole); round += 1) {
    whole = whole.replace(/%([\w.-]+);/g, (_, name: string) => entities.get(name) ?? '');
  }
  const declared = (kind: string) =>
    new Map(
      [...whole.matchAll(new RegExp(`<!${kind}\\s+(\\S+)\\s+([^>]*)>`, 'g'))].map(([, name = '', said = '']) => [
        name,
        said,
      ]),
    );
  return { models: declared('ELEMENT'), attributes: declared('ATTLIST') };
}

const DATES = /(?:^|-)date$/;
const OFFICES = new Set(['country', 'country-code', 'CTRY', 'B190', 'office', 'state']);
const COUNTS = new Set([
  ...['B577', 'B595', 'B596', 'B474', 'B474US'],
  ...['number-of-claims', 'number-of-drawing-sheets', 'number-of-figures', 'length-of-grant', 'us-term-extension'],
]);

/** A value that the element can hold: a date, a number or a word, each unlike all before it. */
function valueFor(name: string, count: number): string {
  if (DATES.test(name) || name === 'DATE') {
    const [month, day] = [1 + (Math.floor(count / 25) % 12), 1 + (count % 25)];
    return `${1900 + Math.floor(count / 300)}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;
  }
  if (name === 'doc-number' || name === 'DNUM') return String(70_000_000 + count);
  if (OFFICES.has(name)) return 'US';
  if (/^kind/i.test(name)) return 'A1';
  return COUNTS.has(name) ? String(50_000 + count) : `w${count} `;
}

const DEEPEST = 22;
/** Below this depth an element that stands among text comes once in the whole document. */
const REPEATED_TO = 3;

/** The document with this root; elements of a choice stand beside each other, so that none is left out. */
export function documentOf(dtd: string, root: string): string {
  const { models, attributes } = readDtd(dtd);
  const used = new Set<string>();
  let count = 0;
  const write = (name: string, above: readonly string[]): string => {
    used.add(name);
    const model = models.get(name) ?? 'EMPTY';
    const file = /\bfile\s/i.exec(attributes.get(name) ?? '')?.[0].trim();
    const start = file === undefined ? name : `${name} ${file}="x${used.size}.TIF"`;
    if (/^\s*EMPTY/.test(model)) return `<${start}/>`;
    const isMixed = model.includes('#PCDATA');
    const parent = name === 'PDAT' ? (above.at(-1) ?? name) : name;
    if (isMixed) count += 1;
    const inner = [...new Set(model.replace('#PCDATA', '').match(/[\w.:-]+/g))].filter((one) => {
      if (!models.has(one) || one === name || above.includes(one) || above.length > DEEPEST) return false;
      return !(isMixed && above.length > REPEATED_TO && used.has(one));
    });
    const text = isMixed ? valueFor(parent, count) : '';
    return `<${start}>${text}${inner.map((one) => write(one, [...above, name])).join('')}</${name}>`;
  };
  return write(root, []);
}
