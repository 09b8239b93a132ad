import { QuanlianError } from '@quanlian/contract';
import { element } from '../xml/build.js';
import type { XmlElement } from '../xml/tree.js';

const FIELD = /^([A-Z][A-Z0-9]{2})(?: {1,2}(.*))?$/;
const SECTION = /^([A-Z]{4}) *$/;

/**
 * A patent in the APS text form: a line of four letters begins a section, three letters and two blanks a field, and
 * lines indented by six blanks go on with it. Lines of tables keep their line ends.
 */
export function parseGreenbook(text: string): XmlElement {
  const root = element('greenbook');
  let section = root;
  let field: { name: string; lines: string[] } | undefined;
  const close = (): void => {
    if (!field) return;
    const joined = field.lines.join(field.name === 'TBL' ? '\n' : ' ');
    section.children.push(element(field.name, joined));
    field = undefined;
  };
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const sectionName = SECTION.exec(line)?.[1];
    if (sectionName !== undefined) {
      close();
      section = element(sectionName);
      root.children.push(section);
      continue;
    }
    const match = FIELD.exec(line);
    if (match?.[1]) {
      close();
      field = { name: match[1], lines: [match[2] ?? ''] };
    } else if (/^ /.test(line) && field)
      field.lines.push(field.name === 'TBL' ? line.replace(/^ {1,5}/, '') : line.trim());
    else {
      throw new QuanlianError(
        'record.malformed',
        `The record is no APS text at line ${index + 1} of the record: a line must begin with a section, a field or blanks.`,
      );
    }
  }
  close();
  return root;
}
