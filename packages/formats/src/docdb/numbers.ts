import type { DocumentNumber } from '@quanlian/contract';
import { compact, documentNumber } from '../common/values.js';
import { attribute, child, children, leaveOut, peek, takeRepeated, value, type XmlElement } from '../xml/tree.js';

/**
 * One number in the forms DOCDB and OPS give side by side: `docdb` counts; `original` and `epodoc` are
 * kept where they differ from it. OPS may give `epodoc` alone; then it is read.
 */
export function numberForms(holders: readonly XmlElement[]): DocumentNumber | undefined {
  const forms = new Map<string, XmlElement>();
  const again: XmlElement[] = [];
  for (const holder of holders) {
    for (const id of children(holder, 'document-id')) {
      const form = attribute(id, 'document-id-type') ?? attribute(holder, 'data-format') ?? 'docdb';
      if (forms.has(form)) again.push(id);
      else forms.set(form, id);
    }
  }
  const docdb = forms.get('docdb');
  const epodoc = forms.get('epodoc');
  const main = docdb ? parts(docdb) : epodoc ? fromEpodoc(parts(epodoc)) : undefined;
  const original = value(child(forms.get('original'), 'doc-number'));
  if (!main) return original === undefined ? undefined : { original };
  const date =
    main.date ??
    (epodoc && docdb ? value(child(epodoc, 'date')) : undefined) ??
    value(child(forms.get('original'), 'date'));
  const number = documentNumber({ ...main, date });
  const said = [main.office, main.number, main.kind, date, original];
  const name = peek(child(docdb, 'name'));
  const other = docdb && epodoc && epodocForm(epodoc, said);
  for (const part of [epodoc, forms.get('original'), ...again].flatMap((id) => children(id))) {
    if (!takeRepeated(part, [...said, other, name])) leaveOut(part, 'another form of the number');
  }
  return compact({ ...number, original: original === main.number ? undefined : original, epodoc: other });
}

/** The number in EPODOC form, when it is not office and number (and kind) in a row. */
function epodocForm(id: XmlElement, said: readonly (string | undefined)[]): string | undefined {
  const number = child(id, 'doc-number');
  return takeRepeated(number, said.slice(0, 3)) ? undefined : value(number);
}

interface Parts {
  readonly office?: string | undefined;
  readonly number?: string | undefined;
  readonly kind?: string | undefined;
  readonly date?: string | undefined;
}

function parts(id: XmlElement): Parts {
  return {
    office: value(id, 'country'),
    number: value(id, 'doc-number'),
    kind: value(id, 'kind'),
    date: value(id, 'date'),
  };
}

function fromEpodoc({ number, date, ...rest }: Parts): Parts {
  const match = /^([A-Z]{2})(.+)$/.exec(number ?? '');
  return match ? { office: match[1], number: match[2], date } : { ...rest, number, date };
}

/** Groups elements that say the same thing in several forms, by their sequence number. */
export function bySequence(elements: readonly XmlElement[]): XmlElement[][] {
  const groups = new Map<string, XmlElement[]>();
  for (const [index, element] of elements.entries()) {
    const sequence = attribute(element, 'sequence') ?? `#${index}`;
    const group = groups.get(sequence);
    if (group) group.push(element);
    else groups.set(sequence, [element]);
  }
  return [...groups.values()];
}
