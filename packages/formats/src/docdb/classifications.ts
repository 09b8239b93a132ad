import type { Classification } from '@quanlian/contract';
import { lookUp } from '../common/look-up.js';
import { groupSymbol, oldIpcSymbol, st8, symbolFromParts } from '../common/symbols.js';
import { compact, isoDate } from '../common/values.js';
import { attribute, child, children, descendants, every, takeRaw, value, type XmlElement } from '../xml/tree.js';

/** Schemes by DOCDB's name of them; others keep their name. */
const SCHEMES: Readonly<Record<string, string>> = { CPCI: 'CPC', CPCNO: 'CPC', CPC: 'CPC', UC: 'USPC', EC: 'ECLA' };

/** IPC of every edition and all classes of other schemes; the same class by several offices stands once. */
export function readClassifications(biblio: XmlElement): {
  classifications: Classification[];
  extra: Record<string, unknown>;
} {
  const block = child(biblio, 'patent-classifications');
  const sets = children(block, 'combination-set').map((set) => ({
    group: value(set, 'group-number'),
    symbols: descendants(set, 'patent-classification').map((one) => fromElement(one).symbol),
    ranks: descendants(set, 'rank-number').map((one) => value(one)),
  }));
  const all = [
    ...every(biblio, 'classifications-ipcr/classification-ipcr').flatMap(ipcr),
    ...children(biblio, 'classification-ipc').flatMap(oldIpc),
    ...children(block, 'patent-classification').map(fromElement),
    ...children(biblio, 'classification-national').flatMap(national),
  ];
  return { classifications: distinct(all), extra: compact({ cpcCombinationSets: sets }) };
}

function ipcr(element: XmlElement): Classification[] {
  const text = child(element, 'text');
  const raw = text ? takeRaw(text) : '';
  return [st8('IPC', raw) ?? { scheme: 'IPC', symbol: raw.trim() }].filter((one) => one.symbol !== '');
}

function oldIpc(element: XmlElement): Classification[] {
  const version = value(element, 'edition');
  return children(
    element,
    'main-classification',
    'further-classification',
    'linked-indexing-code-group',
    'unlinked-indexing-code',
    'text',
  )
    .map((one) => {
      const raw = takeRaw(one);
      const position = one.name === 'main-classification' ? 'F' : 'L';
      return compact({ scheme: 'IPC', symbol: oldIpcSymbol(raw) ?? raw.trim(), position, version });
    })
    .filter((one) => one.symbol !== '');
}

function fromElement(element: XmlElement): Classification {
  const scheme = child(element, 'classification-scheme');
  const name = attribute(scheme, 'scheme') ?? 'CPC';
  const raw = value(element, 'classification-symbol') ?? value(element, 'text');
  const symbol = raw === undefined ? partsSymbol(element) : (groupSymbol(raw) ?? raw);
  return compact({
    scheme: lookUp(SCHEMES, name) ?? name,
    symbol: symbol ?? '',
    position: value(element, 'symbol-position'),
    value: value(element, 'classification-value'),
    version: isoDate(value(scheme, 'date')),
    assigned: assignment(element),
  });
}

/** Which office gave a symbol, when, and on what ground (WIPO ST.8). */
function assignment(element: XmlElement): NonNullable<Classification['assigned']> {
  const given = compact({
    office: value(element, 'generating-office/country') ?? value(element, 'generating-office'),
    date: isoDate(value(element, 'action-date/date')),
    status: value(element, 'classification-status'),
    source: value(element, 'classification-data-source'),
  });
  return Object.keys(given).length > 0 ? [given] : [];
}

function partsSymbol(element: XmlElement): string | undefined {
  const [section, cls, subclass, group, subgroup] = ['section', 'class', 'subclass', 'main-group', 'subgroup'].map(
    (name) => value(element, name),
  );
  return symbolFromParts({ section, class: cls, subclass, group, subgroup });
}

function national(element: XmlElement): Classification[] {
  return [value(element, 'text') ?? value(element, 'main-classification')].flatMap((symbol) =>
    symbol ? { scheme: 'national', symbol } : [],
  );
}

/** Each symbol once, with all the offices that gave it. */
function distinct(all: readonly Classification[]): Classification[] {
  const found = new Map<string, Classification>();
  for (const one of all) {
    if (one.symbol === '') continue;
    const key = JSON.stringify([one.scheme, one.symbol, one.position, one.value, one.version]);
    const before = found.get(key);
    if (!before) found.set(key, one);
    else if (one.assigned) found.set(key, { ...before, assigned: [...(before.assigned ?? []), ...one.assigned] });
  }
  return [...found.values()];
}
