import type { CasePage } from '@quanlian/contract';
import { sendApi } from '../../../app/api/send.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm, textOf } from '../parts/ActionForm.js';
import { Fold } from '../parts/Fold.js';
import { ChoiceField } from '../parts/fields.js';
import { RecordTable } from '../parts/RecordTable.js';
import { useWords } from '../parts/useWords.js';
import { FileField } from './CaseFields.js';
import { fileOf, paperUrl, storePaper } from './papers.js';

function AddPaper({ page, onDone }: { page: CasePage; onDone: () => void }) {
  const { t } = useLanguage();
  const words = useWords();
  const { id, organizationId, version } = page.case;
  const add = async (data: FormData) => {
    const file = fileOf(data, 'file');
    if (file === undefined) return;
    const kind = textOf(data, 'kind');
    const paper = await storePaper(file, { organizationId, kind, subject: { kind: 'case', id } });
    await sendApi('POST', `/cases/${id}/papers`, { paperId: paper.id, kind, expectedVersion: version });
  };
  return (
    <ActionForm label={t('work:paper.add')} submit={add} onDone={onDone}>
      <ChoiceField
        name="kind"
        label={t('work:paper.kind')}
        choices={page.paperKinds.map(({ kind, title }) => ({ value: kind, label: words(title) }))}
      />
      <FileField name="file" label={t('work:paper.file')} required />
    </ActionForm>
  );
}

/** The papers of a case, each with its hash. */
export function Papers({ page }: { page: CasePage }) {
  const { t } = useLanguage();
  const words = useWords();
  return (
    <>
      <RecordTable
        caption={t('work:paper.title')}
        rows={page.papers}
        keyOf={({ id, kind }) => `${id} ${kind}`}
        nothing={t('work:paper.none')}
        columns={[
          { name: 'kind', title: t('work:paper.kind'), show: ({ kindTitle }) => words(kindTitle) },
          {
            name: 'name',
            title: t('work:paper.file'),
            show: ({ id, name }) =>
              name === null ? (
                t('work:paper.hidden')
              ) : (
                <>
                  <a href={paperUrl(id, true)} target="_blank" rel="noreferrer">
                    {name}
                  </a>{' '}
                  <a className="note" href={paperUrl(id)} download={name} aria-label={t('work:paper.save', { name })}>
                    ↓
                  </a>
                </>
              ),
          },
          { name: 'hash', title: 'SHA-256', show: ({ sha256 }) => <span className="hash">{sha256}</span> },
        ]}
      />
      {page.may.addPaper && page.paperKinds.length > 0 ? (
        <Fold label={t('work:paper.add')}>{(close) => <AddPaper page={page} onDone={close} />}</Fold>
      ) : null}
    </>
  );
}
