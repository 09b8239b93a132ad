import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { toBadgerFish } from './badgerfish.js';
import { escapeText, tag } from './xml.js';

type Value = string | Fish | Value[];
type Fish = { [name: string]: Value };

/** The rules of BadgerFish once more, on the events of a parser that knows all of XML. */
function fishOf(xml: string): Fish {
  const root: Fish = {};
  const open = [root];
  let text = '';
  const endText = (): void => {
    const element = open.at(-1) as Fish;
    if (open.length > 1 && text.trim() !== '') element['$'] = `${(element['$'] as string | undefined) ?? ''}${text}`;
    text = '';
  };
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.on('opentag', ({ name, attributes }) => {
    endText();
    const element: Fish = {};
    const declared: Fish = {};
    for (const [key, value] of Object.entries(attributes)) {
      if (key === 'xmlns') declared['$'] = value;
      else if (key.startsWith('xmlns:')) declared[key.slice(6)] = value;
      else element[`@${key}`] = value;
    }
    if (Object.keys(declared).length > 0) element['@xmlns'] = declared;
    const parent = open.at(-1) as Fish;
    const before = parent[name];
    parent[name] = before === undefined ? element : Array.isArray(before) ? [...before, element] : [before, element];
    open.push(element);
  });
  parser.on('closetag', () => {
    endText();
    open.pop();
  });
  parser.write(xml).close();
  return root;
}

interface Tree {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Tree | string)[];
}

const name = fc.constantFrom('p', 'claim-text', 'ops:legal', 'ops:L525EP', 'reg:date', 'sup');
const text = fc.stringMatching(/^[\w <>&"'é中𠀀.,;=/-]{0,12}$/u);
const attributes = fc.dictionary(fc.constantFrom('lang', 'desc', 'id', 'xmlns', 'xmlns:ops', 'data-format'), text, {
  maxKeys: 3,
});
const tree = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    name,
    attributes,
    children: fc.array(fc.oneof({ maxDepth: 4 }, text, tie('tree') as fc.Arbitrary<Tree>), { maxLength: 5 }),
  }),
})).tree;

const write = ({ name: own, attributes: values, children }: Tree): string =>
  tag(own, children.map((child) => (typeof child === 'string' ? escapeText(child) : write(child))).join(''), values);

describe('BadgerFish', () => {
  it('is what its rules say of anything this program writes', () => {
    fc.assert(
      fc.property(tree, (one) => {
        const xml = `<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet href="/a.xsl"?>${write(one)}`;
        expect(toBadgerFish(xml)).toEqual(fishOf(xml));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the text of mixed content together, in its order, under the dollar sign', () => {
    const xml = '<p>An <b>apparatus</b> for <i>bricks</i> &amp; <i>tiles</i>.</p>';
    expect(toBadgerFish(xml)).toEqual({
      p: { $: 'An  for  & .', b: { $: 'apparatus' }, i: [{ $: 'bricks' }, { $: 'tiles' }] },
    });
  });

  it('has an empty element as an empty object and white space between elements as nothing', () => {
    expect(toBadgerFish('<a>\n  <b/>\n  <b x="1"/>\n</a>')).toEqual({ a: { b: [{}, { '@x': '1' }] } });
  });
});
