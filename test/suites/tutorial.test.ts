import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type * as Formats from '@quanlian/formats';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The files and the line that a section of CONTRIBUTING.md shows, in the order they stand there. */
function stepsOf(page: string, heading: string) {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const blocks = [...section.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  // A file is named by the last path before its block that ends in a file's name.
  return blocks.map((block) => ({
    language: block[1] ?? '',
    path:
      section.slice(0, block.index).match(/`(packages\/[^`\s]+\.\w+)`(?![\s\S]*`packages\/[^`\s]+\.\w+`)/)?.[1] ?? '',
    content: block[2] ?? '',
  }));
}

let copy = '';
let steps: ReturnType<typeof stepsOf> = [];
const jsonStep = (index: number): unknown =>
  JSON.parse(steps.filter(({ language }) => language === 'json')[index]?.content ?? '');

beforeAll(async () => {
  steps = stepsOf(await readFile(join(ROOT, 'CONTRIBUTING.md'), 'utf8'), 'Add a format');
  await mkdir(join(ROOT, 'test-results'), { recursive: true });
  // Inside the project, so that the copy finds the packages it stands on.
  copy = await mkdtemp(join(ROOT, 'test-results', 'tutorial-'));
  await cp(join(ROOT, 'packages/formats'), join(copy, 'packages/formats'), {
    recursive: true,
    filter: (path) => !/[/\\](dist|node_modules)$/.test(path) && !path.endsWith('.test.ts'),
  });
  await cp(join(ROOT, 'tsconfig.base.json'), join(copy, 'tsconfig.base.json'));
  for (const { language, path, content } of steps) {
    if (language !== 'xml' && language !== 'ts') continue;
    const file = join(copy, path);
    await mkdir(dirname(file), { recursive: true });
    const isLine = content.trim().split('\n').length === 1;
    await writeFile(file, isLine ? `${await readFile(file, 'utf8')}${content}` : content);
  }
  const config = join(copy, 'packages/formats/tsconfig.json');
  const { references: _, ...own } = JSON.parse(await readFile(config, 'utf8')) as { references: unknown };
  await writeFile(config, JSON.stringify(own));
  await run(join(ROOT, 'node_modules/.bin/tsgo'), ['-p', config]);
}, 120_000);

afterAll(async () => {
  if (copy) await rm(copy, { recursive: true, force: true });
});

test('the page shows a fixture, a reader, one line, and what comes of them', () => {
  const files = steps.filter(({ language }) => language === 'xml' || language === 'ts');
  expect(files.map(({ path }) => path)).toEqual([
    'packages/formats/src/toy/fixtures/lamps.xml',
    'packages/formats/src/toy/reader.ts',
    'packages/formats/src/xml-readers.ts',
  ]);
  expect(files.at(-1)?.content.trim().split('\n')).toHaveLength(1);
});

test('whoever follows it gets a format that reads, refuses and accounts for every character', async () => {
  const { FORMATS, parsePaths }: typeof Formats = await import(
    pathToFileURL(join(copy, 'packages/formats/dist/index.js')).href
  );
  expect(FORMATS).toContain('toy');
  const reader = await parsePaths([join(copy, 'packages/formats/src/toy/fixtures/lamps.xml')], { threads: 1 });
  const items: Formats.ReadItem[] = [];
  for await (const item of reader) items.push(item);
  const [document, failure] = items;
  expect(items).toHaveLength(2);
  expect(document?.type === 'document' && document.document).toMatchObject(jsonStep(0) as object);
  expect(failure?.type === 'failure' && failure.failure).toMatchObject(jsonStep(1) as object);
  const { unknownElements, coverage } = reader.report();
  expect(unknownElements).toEqual({});
  expect(coverage['toy']).toMatchObject({
    records: 1,
    unknown: 0,
    leftOut: { 'toy-patent/desk — the desk the record lay on': 1 },
  });
});
