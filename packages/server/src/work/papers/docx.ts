import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  type ISectionOptions,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { FilledBlock, FilledDocument } from './template.js';

/** Fonts that office programs have; the East Asian one is for Chinese. */
const FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: 'SimSun', cs: 'Times New Roman' };

const line = (text: string): Paragraph => new Paragraph({ children: [new TextRun(text)], spacing: { after: 120 } });

const paragraphs = (text: string): Paragraph[] => text.split('\n').map(line);

const cell = (text: string, bold = false): TableCell =>
  new TableCell({ children: [new Paragraph({ children: [new TextRun({ text, bold })] })] });

const tableOf = (rows: TableRow[]): Table => new Table({ rows, width: { size: 100, type: WidthType.PERCENTAGE } });

function draw(block: FilledBlock): ISectionOptions['children'] {
  if (block.kind === 'heading') return [new Paragraph({ text: block.text, heading: HeadingLevel.HEADING_2 })];
  if (block.kind === 'text') return paragraphs(block.text);
  if (block.kind === 'fields')
    return [
      tableOf(block.fields.map(([label, value]) => new TableRow({ children: [cell(label, true), cell(value)] }))),
    ];
  const head = new TableRow({ tableHeader: true, children: block.columns.map((text) => cell(text, true)) });
  const body = block.rows.map((row) => new TableRow({ children: row.map((text) => cell(text)) }));
  return [tableOf([head, ...body]), line('')];
}

/** A filled document as DOCX. */
export async function writeDocx({ title, footer, blocks }: FilledDocument): Promise<Buffer> {
  const heading = new Paragraph({ text: title, heading: HeadingLevel.TITLE, alignment: AlignmentType.CENTER });
  const below = new Footer({ children: [new Paragraph({ children: [new TextRun({ text: footer, size: 16 })] })] });
  const document = new Document({
    title,
    creator: 'Quanlian',
    styles: { default: { document: { run: { font: FONT, size: 22 } } } },
    sections: [{ footers: { default: below }, children: [heading, ...blocks.flatMap(draw)] }],
  });
  return Packer.toBuffer(document);
}
