import { leaveOut, see, type XmlElement } from '../xml/tree.js';

/** A CALS table group as text: one line a row, cells separated by ` | `. */
export function tableRows(group: XmlElement, renderCell: (cell: XmlElement) => string): string {
  const lines: string[] = [];
  const walk = (element: XmlElement): void => {
    for (const node of element.children) {
      if (node.type === 'mark') continue;
      if (node.type === 'text') {
        if (node.text.trim() !== '') lines.push(takeText(node));
        continue;
      }
      see(node);
      if (node.name === 'row') lines.push(rowLine(node, renderCell));
      else if (node.name === 'colspec' || node.name === 'spanspec') leaveOut(node, 'layout of a table');
      else if (node.name === 'entry') lines.push(renderCell(node));
      else walk(node);
    }
  };
  walk(group);
  return lines.filter((line) => line !== '').join('\n');
}

function rowLine(row: XmlElement, renderCell: (cell: XmlElement) => string): string {
  const cells = row.children
    .filter((node): node is XmlElement => node.type === 'element')
    .map((cell) => renderCell(see(cell)));
  const line = cells.join(' | ');
  return /^[ |]*$/.test(line) ? '' : line;
}

function takeText(node: { text: string; fate: unknown }): string {
  node.fate = 'taken';
  return node.text.replace(/\s+/g, ' ').trim();
}
