import { expect, it } from 'vitest';
import { withKeys } from './withKeys.js';

it('gives repeated items keys of their own', () => {
  expect(withKeys(['a', 'b', 'a', 'a'], (text) => text).map(({ key }) => key)).toEqual(['a', 'b', 'a~2', 'a~3']);
});
