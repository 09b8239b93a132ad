import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { QuanlianError } from '@quanlian/contract';
import PDFDocument from 'pdfkit';
import type { FilledBlock, FilledDocument } from './template.js';

const FONT_PACKAGE = '@embedpdf/fonts-sc';
const REGULAR = 'NotoSansHans-Regular.otf';
const BOLD = 'NotoSansHans-Bold.otf';

interface Fonts {
  readonly regular: string;
  readonly bold: string;
}

/** The fonts' files where their package is installed; it is large and optional. */
async function findFonts(): Promise<Fonts> {
  try {
    const dir = join(dirname(fileURLToPath(import.meta.resolve(FONT_PACKAGE))), '..', 'fonts');
    const fonts = { regular: join(dir, REGULAR), bold: join(dir, BOLD) };
    await Promise.all([access(fonts.regular), access(fonts.bold)]);
    return fonts;
  } catch (error) {
    throw new QuanlianError(
      'template.invalid',
      `PDF needs the fonts of ${FONT_PACKAGE}, which are not installed. Take DOCX, or install them.`,
      { cause: error },
    );
  }
}

const PAGE = { size: 'A4', margins: { top: 64, bottom: 72, left: 64, right: 64 } } as const;
const WIDTH = 595.28 - PAGE.margins.left - PAGE.margins.right;

type Page = InstanceType<typeof PDFDocument>;

function drawRow(page: Page, cells: readonly string[], font: string): void {
  const width = WIDTH / cells.length;
  page.font(font).fontSize(9.5);
  const height = Math.max(...cells.map((text) => page.heightOfString(text || ' ', { width: width - 8 }))) + 8;
  if (page.y + height > page.page.height - PAGE.margins.bottom) page.addPage();
  const top = page.y;
  cells.forEach((text, index) => {
    const left = PAGE.margins.left + index * width;
    page.rect(left, top, width, height).lineWidth(0.5).stroke('#999999');
    page.fillColor('#000000').text(text, left + 4, top + 4, { width: width - 8 });
  });
  page.x = PAGE.margins.left;
  page.y = top + height;
}

function draw(page: Page, block: FilledBlock): void {
  if (block.kind === 'heading') page.moveDown(0.6).font('bold').fontSize(13).text(block.text).moveDown(0.3);
  else if (block.kind === 'text') page.font('regular').fontSize(10.5).text(block.text, { lineGap: 3 }).moveDown(0.5);
  else if (block.kind === 'fields') for (const pair of block.fields) drawRow(page, pair, 'regular');
  else {
    drawRow(page, block.columns, 'bold');
    for (const row of block.rows) drawRow(page, row, 'regular');
  }
  if (block.kind === 'fields' || block.kind === 'table') page.moveDown(0.6);
}

function drawFooters(page: Page, footer: string): void {
  const { start, count } = page.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    page.switchToPage(index);
    page.page.margins.bottom = 0;
    const top = page.page.height - 48;
    page.font('regular').fontSize(8).fillColor('#555555');
    page.text(`${footer}   ${index + 1} / ${count}`, PAGE.margins.left, top, { width: WIDTH, height: 30 });
  }
}

/** A filled document as PDF, with the used glyphs of its fonts. Throws `template.invalid` when no font is installed. */
export async function writePdf({ title, footer, blocks, language }: FilledDocument): Promise<Buffer> {
  const fonts = await findFonts();
  const page = new PDFDocument({
    ...PAGE,
    bufferPages: true,
    lang: language,
    info: { Title: title, Producer: 'Quanlian' },
  });
  page.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold);
  const chunks: Buffer[] = [];
  page.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => page.once('end', resolve).once('error', reject));
  page.font('bold').fontSize(18).text(title, { align: 'center' }).moveDown(0.8);
  for (const block of blocks) draw(page, block);
  drawFooters(page, footer);
  page.end();
  await ended;
  return Buffer.concat(chunks);
}
