import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { apiUrl } from '../../../app/api/client.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizations } from '../../identity/queries.js';
import { textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { ChoiceField, TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { Turning } from '../../work/parts/Turning.js';
import { useWords } from '../../work/parts/useWords.js';
import { useTrainingNames } from './names.js';
import { useCoveragePeople } from './queries.js';
import { type PeopleSearch, tidyPeople } from './search.js';
import { TrainingNav } from './TrainingNav.js';

const SIZE = 100;

function Filters({ search, onChange }: { search: PeopleSearch; onChange: (search: PeopleSearch) => void }) {
  const { t } = useLanguage();
  const words = useWords();
  const { tiers } = useTrainingNames();
  const organizations = useOrganizations().data?.organizations ?? [];
  const names = ['on', 'organization', 'tier', 'certified', 'endsWithin'];
  return (
    <form
      key={JSON.stringify(search)}
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const filled = names.map((name) => [name, textOf(data, name)]).filter(([, value]) => value !== '');
        onChange(tidyPeople(Object.fromEntries(filled)));
      }}
    >
      <TextField name="on" type="date" label={t('governance:onDay')} value={search.on ?? ''} />
      <ChoiceField
        name="organization"
        label={t('identity:organization')}
        none={t('work:all')}
        value={search.organization}
        choices={organizations.map(({ id, name }) => ({ value: id, label: words(name) }))}
      />
      <ChoiceField
        name="tier"
        label={t('governance:tierName')}
        none={t('work:all')}
        value={search.tier}
        choices={tiers}
      />
      <ChoiceField
        name="certified"
        label={t('governance:people.which')}
        none={t('work:all')}
        value={search.certified}
        choices={[
          { value: 'true', label: t('governance:coverage.certified') },
          { value: 'false', label: t('governance:coverage.missing') },
        ]}
      />
      <TextField
        name="endsWithin"
        type="number"
        min={0}
        max={3660}
        label={t('governance:people.endsWithin')}
        value={search.endsWithin ?? ''}
      />
      <div className="row">
        <button type="submit" className="button">
          {t('work:apply')}
        </button>
      </div>
    </form>
  );
}

/** The people behind the coverage: who is certified, who is missing and why, whose certificate ends soon. */
export function PeoplePage() {
  const { t, language } = useLanguage();
  const words = useWords();
  const navigate = useNavigate();
  const { tierName, audienceName } = useTrainingNames();
  const search = useSearch({ from: '/governance/training/people' });
  const { offset = 0, organization, ...rest } = search;
  const filter = { ...rest, organizationId: organization };
  const people = useCoveragePeople({ ...filter, limit: SIZE, offset });
  const change = (next: PeopleSearch) => void navigate({ to: '/governance/training/people', search: next });
  usePageTitle(t('governance:training.people'));
  return (
    <>
      <TrainingNav />
      <h1>{t('governance:training.people')}</h1>
      <Filters search={search} onChange={change} />
      {organization === undefined ? null : (
        <p>
          <a href={apiUrl('/training/coverage/people/export', { ...filter, lang: language, format: 'xlsx' })} download>
            {t('governance:export')}
          </a>
        </p>
      )}
      <Answered query={people}>
        {({ total, people: rows }) => (
          <>
            <Turning total={total} offset={offset} size={SIZE} onTurn={(next) => change({ ...search, offset: next })} />
            <RecordTable
              caption={t('governance:training.people')}
              rows={rows}
              keyOf={({ learnerId, organizationId, tier, audience }) =>
                `${learnerId} ${organizationId} ${tier} ${audience}`
              }
              columns={[
                {
                  name: 'code',
                  title: t('governance:people.code'),
                  show: ({ code }) => <code>{code}</code>,
                },
                { name: 'name', title: t('identity:name'), show: ({ name }) => name },
                {
                  name: 'organization',
                  title: t('identity:organization'),
                  show: (person) => words(person.organization),
                },
                { name: 'tier', title: t('governance:tierName'), show: ({ tier }) => tierName(tier) },
                {
                  name: 'audience',
                  title: t('governance:audienceName'),
                  show: ({ audience }) => audienceName(audience),
                },
                {
                  name: 'standing',
                  title: t('governance:people.standing'),
                  show: ({ certified, missing }) =>
                    certified ? (
                      <span className="tag tag--good">{t('governance:coverage.certified')}</span>
                    ) : (
                      <span className="tag tag--notice">
                        {missing === null ? t('governance:coverage.missing') : t(`governance:gap.${missing}`)}
                      </span>
                    ),
                },
                {
                  name: 'certificate',
                  title: t('governance:certificate.number'),
                  show: ({ certificate }) => certificate ?? '–',
                },
                {
                  name: 'until',
                  title: t('governance:certificate.until'),
                  show: ({ validUntil }) => validUntil ?? '–',
                },
                {
                  name: 'enrolled',
                  title: t('governance:people.enrolledIn'),
                  show: ({ enrolledIn }) =>
                    enrolledIn === null ? '–' : <Link to="/governance/training/batches">{enrolledIn}</Link>,
                },
              ]}
            />
          </>
        )}
      </Answered>
    </>
  );
}
