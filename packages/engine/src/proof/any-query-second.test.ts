import { describe, it } from 'vitest';
import { proveHalf } from './halves.js';

describe('any query on any corpus, the other half', () => {
  it('is answered as a scan of all documents does', proveHalf);
});
