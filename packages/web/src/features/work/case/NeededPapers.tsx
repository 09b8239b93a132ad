import type { CasePage } from '@quanlian/contract';
import { useWords } from '../parts/useWords.js';
import { FileField } from './CaseFields.js';

/** Boxes for the papers that a step or a task asks for; `storePapers` takes them. */
export function NeededPapers({ page, kinds }: { page: CasePage; kinds: readonly string[] }) {
  const words = useWords();
  const titleOf = (kind: string) => {
    const title = page.paperKinds.find((one) => one.kind === kind)?.title;
    return title === undefined ? kind : words(title);
  };
  return kinds.map((kind) => <FileField key={kind} name={`paper ${kind}`} label={titleOf(kind)} required />);
}
