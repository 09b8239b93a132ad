import { useNavigate, useSearch } from '@tanstack/react-router';
import { apiUrl } from '../../../app/api/client.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizations } from '../../identity/queries.js';
import { useMay } from '../../identity/session.js';
import { textOrNone } from '../parts/ActionForm.js';
import { ChoiceField, TextField } from '../parts/fields.js';
import { useWords } from '../parts/useWords.js';
import { useProcesses } from '../queries.js';
import { Board } from './Board.js';
import { Calendar } from './Calendar.js';
import { CaseTable } from './CaseTable.js';
import { NewCase } from './NewCase.js';
import { type CaseSearch, caseFilter } from './search.js';
import './cases.css';

const VIEWS = [undefined, 'board', 'calendar'] as const;

function Views({ search, onChange }: { search: CaseSearch; onChange: (search: CaseSearch) => void }) {
  const { t } = useLanguage();
  return (
    <span className="switch">
      {VIEWS.map((view) => (
        <button
          key={view ?? 'list'}
          type="button"
          className="button button--small"
          aria-pressed={search.view === view}
          onClick={() => {
            const { view: _, ...rest } = search;
            onChange(view === undefined ? rest : { ...rest, view });
          }}
        >
          {t(`work:view.${view ?? 'list'}`)}
        </button>
      ))}
    </span>
  );
}

function Filters({ search, onChange }: { search: CaseSearch; onChange: (search: CaseSearch) => void }) {
  const { t } = useLanguage();
  const words = useWords();
  const processes = useProcesses().data?.processes ?? [];
  const organizations = useOrganizations().data?.organizations ?? [];
  const states = processes.find(({ id }) => id === search.process)?.states ?? [];
  const apply = (data: FormData) => {
    const next: Record<string, string | undefined> = {};
    for (const name of ['process', 'state', 'organization', 'text']) next[name] = textOrNone(data, name);
    const standing = textOrNone(data, 'standing');
    const { view, month } = search;
    onChange({
      ...(view === undefined ? {} : { view }),
      ...(month === undefined ? {} : { month }),
      ...Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)),
      ...(standing === 'overdue' ? { overdue: 'true' } : {}),
      ...(standing === 'open' ? { open: 'true' } : {}),
      ...(standing === 'ended' ? { open: 'false' } : {}),
    });
  };
  const standing = search.overdue === 'true' ? 'overdue' : search.open === 'false' ? 'ended' : search.open && 'open';
  return (
    <form
      // What the address says fills the boxes anew when it changes.
      key={JSON.stringify(search)}
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        apply(new FormData(event.currentTarget));
      }}
    >
      <ChoiceField
        name="process"
        label={t('work:case.process')}
        none={t('work:all')}
        value={search.process}
        choices={processes.map(({ id, title }) => ({ value: id, label: words(title) }))}
      />
      {states.length === 0 ? null : (
        <ChoiceField
          name="state"
          label={t('work:case.state')}
          none={t('work:all')}
          value={search.state}
          choices={states.map(({ id, title }) => ({ value: id, label: words(title) }))}
        />
      )}
      <ChoiceField
        name="organization"
        label={t('identity:organization')}
        none={t('work:all')}
        value={search.organization}
        choices={organizations.map(({ id, name }) => ({ value: id, label: words(name) }))}
      />
      <ChoiceField
        name="standing"
        label={t('work:standing.label')}
        none={t('work:all')}
        value={standing}
        choices={(['open', 'overdue', 'ended'] as const).map((value) => ({
          value,
          label: t(`work:standing.${value}`),
        }))}
      />
      <TextField name="text" type="search" label={t('work:case.text')} value={search.text ?? ''} />
      <div className="row">
        <button type="submit" className="button">
          {t('work:apply')}
        </button>
      </div>
    </form>
  );
}

/** All cases of the filter as a file, as far as they may be exported; not just those of the page. */
function Exports({ search }: { search: CaseSearch }) {
  const { t, language } = useLanguage();
  return (
    <p className="row note">
      {t('work:exportAll')}{' '}
      {(['xlsx', 'csv'] as const).map((format) => (
        <a key={format} href={apiUrl('/cases/export', { ...caseFilter(search), format, language })} download>
          {format.toUpperCase()}
        </a>
      ))}
    </p>
  );
}

/** Cases within reach as a list, a board by state, or a calendar of last days. */
export function CasesPage() {
  const { t } = useLanguage();
  const may = useMay();
  const navigate = useNavigate();
  const search = useSearch({ from: '/cases' });
  const change = (next: CaseSearch) => void navigate({ to: '/cases', search: next });
  usePageTitle(t('work:case.title'));
  return (
    <>
      <div className="row row--apart">
        <h1>{t('work:case.title')}</h1>
        <Views search={search} onChange={change} />
      </div>
      <Filters search={search} onChange={change} />
      {search.view === undefined ? <CaseTable search={search} onChange={change} /> : null}
      {search.view === 'board' ? <Board search={search} /> : null}
      {search.view === 'calendar' ? <Calendar search={search} onChange={change} /> : null}
      {may('export.run') ? <Exports search={search} /> : null}
      <NewCase />
    </>
  );
}
