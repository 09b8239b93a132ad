import { useNavigate, useSearch } from '@tanstack/react-router';
import { apiUrl } from '../../../app/api/client.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizations } from '../../identity/queries.js';
import { textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { ChoiceField, TextField } from '../../work/parts/fields.js';
import { Turning } from '../../work/parts/Turning.js';
import { useWords } from '../../work/parts/useWords.js';
import { FindingTable } from './FindingTable.js';
import { InspectionNav } from './InspectionNav.js';
import { AGE_BANDS, FINDING_STANDINGS, FINDING_STATES, SEVERITIES } from './lists.js';
import { useFindings } from './queries.js';
import { type FindingSearch, tidyFindings } from './search.js';

const SIZE = 100;

/** Findings within reach, newest first. */
export function FindingsPage() {
  const { t, language } = useLanguage();
  const words = useWords();
  const navigate = useNavigate();
  const search = useSearch({ from: '/governance/inspection/findings' });
  const { offset = 0, organization, ...rest } = search;
  const filter = { ...rest, organizationId: organization };
  const findings = useFindings({ ...filter, limit: SIZE, offset });
  const organizations = useOrganizations().data?.organizations ?? [];
  const change = (next: FindingSearch) => void navigate({ to: '/governance/inspection/findings', search: next });
  usePageTitle(t('governance:finding.title'));
  return (
    <>
      <InspectionNav />
      <h1>{t('governance:finding.title')}</h1>
      <form
        key={JSON.stringify(search)}
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          const names = ['organization', 'state', 'severity', 'item', 'standing', 'age', 'on'];
          change(tidyFindings(Object.fromEntries(names.map((name) => [name, textOf(data, name)]))));
        }}
      >
        <ChoiceField
          name="organization"
          label={t('identity:organization')}
          none={t('work:all')}
          value={organization}
          choices={organizations.map(({ id, name }) => ({ value: id, label: words(name) }))}
        />
        <ChoiceField
          name="state"
          label={t('work:case.state')}
          none={t('work:all')}
          value={search.state}
          choices={FINDING_STATES.map((state) => ({ value: state, label: t(`governance:findingState.${state}`) }))}
        />
        <ChoiceField
          name="severity"
          label={t('governance:finding.severity')}
          none={t('work:all')}
          value={search.severity}
          choices={SEVERITIES.map((severity) => ({ value: severity, label: t(`governance:severity.${severity}`) }))}
        />
        <ChoiceField
          name="standing"
          label={t('governance:findingStanding.label')}
          none={t('work:all')}
          value={search.standing}
          choices={FINDING_STANDINGS.map((value) => ({ value, label: t(`governance:findingStanding.${value}`) }))}
        />
        <ChoiceField
          name="age"
          label={t('governance:finding.days')}
          none={t('work:all')}
          value={search.age}
          choices={AGE_BANDS.map((value) => ({ value, label: value }))}
        />
        <TextField name="on" type="date" label={t('governance:onDay')} value={search.on ?? ''} />
        <TextField name="item" label={t('governance:finding.item')} value={search.item ?? ''} />
        <div className="row">
          <button type="submit" className="button">
            {t('work:apply')}
          </button>
        </div>
      </form>
      {organization === undefined ? null : (
        <p>
          <a href={apiUrl('/inspection/findings/export', { ...filter, lang: language, format: 'xlsx' })} download>
            {t('governance:export')}
          </a>
        </p>
      )}
      <Answered query={findings}>
        {({ total, findings: rows }) => (
          <>
            <Turning total={total} offset={offset} size={SIZE} onTurn={(next) => change({ ...search, offset: next })} />
            <FindingTable findings={rows} />
          </>
        )}
      </Answered>
    </>
  );
}
