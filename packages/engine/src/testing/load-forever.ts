import { openCorpusInline } from '../inline.js';
import { openCorpus } from '../threads/open.js';
import { batchOf } from './records.js';

/** A process that loads until it is killed: folder and way of opening as arguments, one line for every acknowledged commit. */
const [dir = '', way = 'inline'] = process.argv.slice(2);
const open = way === 'threads' ? openCorpus : openCorpusInline;
const corpus = await open({ dir, write: true, threads: 1 });
for (let index = (await corpus.refresh()).sequence; ; index++) {
  const { sequence } = await corpus.apply(batchOf(index), { position: String(index) });
  process.stdout.write(`${sequence}\n`);
}
