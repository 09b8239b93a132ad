import type { PatentDocument } from '@quanlian/contract';
import type { FactsReader, FactsSegment } from '@quanlian/engine';
import { registerText } from '@quanlian/kernel';

interface ModelSegment {
  readonly name: string;
  readonly groups: readonly { readonly key: string; readonly documents: readonly PatentDocument[] }[];
  readonly gone: Set<number>;
}

/** A corpus as the register sees it: groups in segments that are replaced, and merged now and then. */
export interface ModelCorpus {
  /** Puts groups in the place of those held; one without documents stands for withdrawn records. */
  load(groups: readonly { key: string; documents: readonly PatentDocument[] }[]): void;
  /** Writes all that is live as one segment. */
  merge(): void;
  documents(): PatentDocument[];
  reader(): FactsReader;
}

export function createModelCorpus(): ModelCorpus {
  let segments: ModelSegment[] = [];
  let [sequence, names] = [0, 0];
  const live = () => segments.flatMap(({ groups, gone }) => groups.filter((_, place) => !gone.has(place)));
  const nameNext = () => `segment-${++names}`;
  return {
    load(groups) {
      for (const { groups: held, gone } of segments)
        for (const [place, { key }] of held.entries()) if (groups.some((one) => one.key === key)) gone.add(place);
      segments.push({ name: nameNext(), groups, gone: new Set() });
      sequence++;
    },
    merge() {
      segments = [{ name: nameNext(), groups: live(), gone: new Set() }];
    },
    documents: () => live().flatMap(({ documents }) => documents),
    reader() {
      const opened = segments.map(({ name, groups, gone }): FactsSegment => {
        const now = new Set(gone);
        return {
          name,
          groups: groups.length,
          isLive: (place) => !now.has(place),
          *walk(wanted) {
            for (const [group, { key, documents }] of groups.entries())
              if (wanted(group)) yield { group, bytes: Buffer.from(registerText(key, documents)) };
          },
        };
      });
      return { sequence, documents: live().length, segments: opened, close: () => undefined };
    },
  };
}
