import type { Checklist, ChecklistItem } from '@quanlian/contract';
import { sendApi } from '../../../app/api/send.js';
import { formatTime } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useMay } from '../../identity/session.js';
import { ActionForm, textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Fold } from '../../work/parts/Fold.js';
import { LongField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { useWords } from '../../work/parts/useWords.js';
import { readItems, writeItems } from './items.js';
import { useChecklists } from './queries.js';

type Version = Checklist['versions'][number];

function Publish({ checklist, onDone }: { checklist: Checklist; onDone: () => void }) {
  const { t } = useLanguage();
  const publish = (data: FormData) =>
    sendApi('POST', `/inspection/checklists/${checklist.id}/versions`, { items: readItems(textOf(data, 'items')) });
  return (
    <ActionForm label={t('governance:course.publish')} submit={publish} onDone={onDone}>
      <LongField
        name="items"
        label={t('governance:checklist.items')}
        note={t('governance:checklist.note')}
        value={writeItems(checklist.versions[0]?.items ?? [])}
        rows={8}
        required
      />
    </ActionForm>
  );
}

function Items({ checklist, version }: { checklist: Checklist; version: Version }) {
  const { t } = useLanguage();
  const words = useWords();
  // What the version before did not have, or worded in another way.
  const before = checklist.versions.find((one) => one.version === version.version - 1)?.items;
  const isNew = (item: ChecklistItem) =>
    before !== undefined && !before.some((one) => JSON.stringify(one) === JSON.stringify(item));
  return (
    <RecordTable
      caption={`${checklist.code} ${t('work:rule.versionOf', { version: version.version })}`}
      rows={version.items}
      keyOf={({ code }) => code}
      file={`checklist-${checklist.code}-${version.version}`}
      columns={[
        {
          name: 'code',
          title: t('identity:org.code'),
          show: ({ code }) => <code>{code}</code>,
          text: ({ code }) => code,
        },
        {
          name: 'text',
          title: t('governance:finding.item'),
          show: (item) => (
            <>
              {words(item.text)} {isNew(item) ? <span className="tag">{t('governance:checklist.new')}</span> : null}
            </>
          ),
          text: ({ text }) => words(text),
        },
        {
          name: 'clause',
          title: t('governance:checklist.clause'),
          show: ({ clause }) => clause ?? '–',
          text: ({ clause }) => clause ?? '',
        },
      ]}
    />
  );
}

/** Checklists with all their versions; a published version is never changed, inspections keep the one they began with. */
export function Checklists() {
  const { t, tag } = useLanguage();
  const words = useWords();
  const may = useMay();
  const checklists = useChecklists();
  return (
    <Answered query={checklists}>
      {({ checklists: rows }) =>
        rows.length === 0 ? (
          <p className="quiet">{t('work:nothing')}</p>
        ) : (
          <ul className="plain-list">
            {rows.map((checklist) => (
              <li key={checklist.id} className="action">
                <p>
                  <strong>
                    {checklist.code} {words(checklist.title)}
                  </strong>
                </p>
                {checklist.versions.map((version) => (
                  <Fold
                    key={version.id}
                    label={`${checklist.code} · ${t('work:rule.versionOf', { version: version.version })} · ${formatTime(version.publishedAt, tag)}`}
                  >
                    {() => <Items checklist={checklist} version={version} />}
                  </Fold>
                ))}
                {may('inspection.plan') ? (
                  <Fold label={t('governance:course.publish')}>
                    {(close) => <Publish checklist={checklist} onDone={close} />}
                  </Fold>
                ) : null}
              </li>
            ))}
          </ul>
        )
      }
    </Answered>
  );
}
