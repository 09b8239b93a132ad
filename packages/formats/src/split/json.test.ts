import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createJsonSplitter } from './json.js';

/** The records that a text gives when it comes in pieces of this many bytes. */
function records(text: string, options: { list: string; anywhere?: boolean }, piece: number): unknown[] {
  const splitter = createJsonSplitter({ ...options, root: '#x' });
  const bytes = Buffer.from(text);
  const found = [];
  for (let at = 0; at < bytes.length; at += piece) found.push(...splitter.push(bytes.subarray(at, at + piece)));
  found.push(...splitter.end());
  return found.map((one) => (one.kind === 'record' ? JSON.parse(Buffer.from(one.bytes).toString('utf8')) : one.kind));
}

const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: 'small' }, fc.string(), fc.integer(), fc.constant(null), tie('list'), tie('object')),
  list: fc.array(tie('any'), { maxLength: 3 }),
  object: fc.dictionary(
    fc.string().filter((name) => name !== 'rows' && name !== '__proto__'),
    tie('any'),
    { maxKeys: 3 },
  ),
}));
const rows = fc.array(value.object, { maxLength: 4 });

test('the objects of a list come out whole, however the text is cut', () => {
  fc.assert(
    fc.property(rows, value.object, fc.integer({ min: 1, max: 9 }), (list, before, piece) => {
      expect(records(JSON.stringify({ ...(before as object), rows: list }), { list: 'rows' }, piece)).toEqual(list);
    }),
  );
});

test('a list that may stand anywhere is found at its depth, and a single record in its place', () => {
  const options = { list: 'rows', anywhere: true };
  fc.assert(
    fc.property(rows, value.object, value.object, fc.integer({ min: 1, max: 9 }), (list, before, one, piece) => {
      const around = (rows: unknown): string => JSON.stringify({ ...(before as object), a: { b: { rows } } });
      expect(records(around(list), options, piece)).toEqual(list);
      expect(records(around(one), options, piece)).toEqual([one]);
    }),
  );
});

test('a value that reads like the name of the list opens none', () => {
  const text = '{"x":["rows",{"n":0}],"y":"rows","z":{"n":1},"a":{"rows":[{"n":2}]}}';
  expect(records(text, { list: 'rows', anywhere: true }, 2)).toEqual([{ n: 2 }]);
});

test('a record that holds a list of the same name stays one record', () => {
  const text = '{"a":{"rows":[{"rows":[{"n":1}]},{"n":2}]},"rows":"no"}';
  expect(records(text, { list: 'rows', anywhere: true }, 3)).toEqual([{ rows: [{ n: 1 }] }, { n: 2 }]);
  expect(records(text, { list: 'rows' }, 3)).toEqual([]);
});
