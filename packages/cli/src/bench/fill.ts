import type { PatentDocument } from '@quanlian/contract';
import { generatePatents } from '@quanlian/demo';
import type { SearchBackend } from '@quanlian/engine';

const BATCH = 5000;
const SAMPLE_EVERY = 20;

/** Loads documents of the demo city in batches; gives a sample of them. */
export async function fill(
  backend: SearchBackend,
  options: { docs: number; seed: number },
): Promise<readonly PatentDocument[]> {
  const sample: PatentDocument[] = [];
  let batch: PatentDocument[] = [];
  const flush = async () => {
    if (batch.length > 0) await backend.apply(batch);
    batch = [];
  };
  let count = 0;
  for (const document of generatePatents({ seed: options.seed, count: options.docs })) {
    batch.push(document);
    if (count % SAMPLE_EVERY === 0) sample.push(document);
    count += 1;
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return sample;
}

const COMMON = 200;

/** The words that most documents of a sample have. */
export function commonWords(sample: readonly PatentDocument[]): string[] {
  const counts = new Map<string, number>();
  for (const document of sample) {
    const texts = [...Object.values(document.titles ?? {}), ...Object.values(document.abstracts ?? {})];
    for (const word of new Set(texts.flatMap((text) => text.toLowerCase().match(/[a-z]{3,}/g) ?? [])))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const byCount = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return byCount.slice(0, COMMON).map(([word]) => word);
}
