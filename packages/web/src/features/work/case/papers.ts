import type { CasePage, Paper } from '@quanlian/contract';
import { apiUrl, callApi, WRITE_HEADERS } from '../../../app/api/client.js';

interface NewPaper {
  organizationId: string;
  kind: string;
  subject?: { kind: string; id: string };
}

/** Stores a file as a paper; the server finds its type by what it holds. */
export function storePaper(file: File, { organizationId, kind, subject }: NewPaper): Promise<Paper> {
  const params = {
    organizationId,
    name: file.name,
    kind,
    subjectKind: subject?.kind,
    subjectId: subject?.id,
  };
  const headers = { ...WRITE_HEADERS, 'content-type': 'application/octet-stream' };
  return callApi<Paper>(apiUrl('/papers', params), { method: 'POST', body: file, headers });
}

/** The file of a field, if one was chosen. */
export function fileOf(data: FormData, name: string): File | undefined {
  const file = data.get(name);
  return file instanceof File && file.size > 0 ? file : undefined;
}

export const paperUrl = (id: string, preview = false): string =>
  apiUrl(`/papers/${id}/content`, preview ? { preview: true } : {});

/** Stores the files chosen for the kinds of paper that a step or task of a case asks for. */
export async function storePapers(
  { case: { id, organizationId } }: CasePage,
  kinds: readonly string[],
  data: FormData,
) {
  const papers: { id: string; kind: string }[] = [];
  for (const kind of kinds) {
    const file = fileOf(data, `paper ${kind}`);
    if (file === undefined) continue;
    const paper = await storePaper(file, { organizationId, kind, subject: { kind: 'case', id } });
    papers.push({ id: paper.id, kind });
  }
  return papers;
}
