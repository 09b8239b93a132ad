import { QuanlianError } from '@quanlian/contract';
import { element } from '../xml/build.js';
import type { XmlElement } from '../xml/tree.js';

const FIELD = /^([A-Z][A-Z0-9]{1,3}) (.*)$/;

/**
 * A document of the BRS text form: a field begins a line with two to four letters, indented lines go on with it.
 * Behind the last field may stand the line by which the file's list names the next document.
 */
export function parseBrs(text: string): XmlElement {
  const root = element('brs');
  let field: { name: string; lines: string[] } | undefined;
  const close = (): void => {
    if (field) root.children.push(element(field.name, field.lines.join(' ')));
    field = undefined;
  };
  const lines = text.split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.startsWith('*** BRS DOCUMENT BOUNDARY')) continue;
    if (/^\S+\t[A-Z]\d?\t\d{8}\t/.test(line)) {
      close();
      root.children.push(element('INDEX', lines.slice(index).join('\n')));
      return root;
    }
    const match = FIELD.exec(line);
    if (match?.[1]) {
      close();
      field = { name: match[1], lines: [match[2] ?? ''] };
    } else if (/^\s/.test(line) && field) field.lines.push(line.trim());
    else if (!/^[A-Z][A-Z0-9]{1,3}$/.test(line.trim())) {
      const place = `line ${index + 1} of the record`;
      throw new QuanlianError(
        'record.malformed',
        `The record is no BRS text at ${place}: a line must begin with a field or blanks.`,
      );
    }
  }
  close();
  return root;
}
