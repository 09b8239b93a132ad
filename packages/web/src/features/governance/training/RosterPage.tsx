import { useState } from 'react';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName, useOrganizations } from '../../identity/queries.js';
import { useMay } from '../../identity/session.js';
import { textOrNone } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { ChoiceField, TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { Section } from '../../work/parts/Section.js';
import { Turning } from '../../work/parts/Turning.js';
import { useWords } from '../../work/parts/useWords.js';
import { BulkTable } from './BulkTable.js';
import { useTrainingNames } from './names.js';
import { useRoster } from './queries.js';
import { TrainingNav } from './TrainingNav.js';

const SIZE = 100;

function Import() {
  const { t } = useLanguage();
  const words = useWords();
  const organizations = useOrganizations().data?.organizations ?? [];
  const [chosen, setChosen] = useState<string>();
  const organizationId = chosen ?? organizations[0]?.id;
  if (organizationId === undefined) return null;
  return (
    <Section title={t('governance:roster.import')}>
      <ChoiceField
        name="organization"
        label={t('identity:organization')}
        value={organizationId}
        onChange={setChosen}
        choices={organizations.map(({ id, name }) => ({ value: id, label: words(name) }))}
      />
      <BulkTable
        label={t('governance:roster.take')}
        path="/training/rosters"
        note={t('governance:roster.note')}
        more={{ organizationId }}
        isRoster
      />
    </Section>
  );
}

/** Who should be trained, on any day. */
export function RosterPage() {
  const { t } = useLanguage();
  const may = useMay();
  const nameOf = useOrganizationName();
  const { tierName, audienceName, tiers } = useTrainingNames();
  const [filter, setFilter] = useState<{ on?: string; tier?: string }>({});
  const [offset, setOffset] = useState(0);
  const roster = useRoster({ ...filter, limit: SIZE, offset });
  usePageTitle(t('governance:training.roster'));
  return (
    <>
      <TrainingNav />
      <h1>{t('governance:training.roster')}</h1>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          const on = textOrNone(data, 'on');
          const tier = textOrNone(data, 'tier');
          setFilter({ ...(on === undefined ? {} : { on }), ...(tier === undefined ? {} : { tier }) });
          setOffset(0);
        }}
      >
        <TextField name="on" type="date" label={t('governance:onDay')} />
        <ChoiceField name="tier" label={t('governance:tierName')} none={t('work:all')} choices={tiers} />
        <div className="row">
          <button type="submit" className="button">
            {t('work:apply')}
          </button>
        </div>
      </form>
      <Answered query={roster}>
        {({ on, total, entries }) => (
          <>
            <p className="note">{t('governance:roster.at', { day: on })}</p>
            <Turning total={total} offset={offset} size={SIZE} onTurn={setOffset} />
            <RecordTable
              caption={t('governance:training.roster')}
              rows={entries}
              keyOf={({ learnerId, organizationId, tier, audience, from }) =>
                `${learnerId} ${organizationId} ${tier} ${audience} ${from}`
              }
              file="roster"
              columns={[
                { name: 'code', title: t('governance:people.code'), show: (one) => one.code, text: (one) => one.code },
                { name: 'name', title: t('identity:name'), show: (one) => one.name, text: (one) => one.name },
                {
                  name: 'organization',
                  title: t('identity:organization'),
                  show: ({ organizationId }) => nameOf(organizationId),
                  text: ({ organizationId }) => nameOf(organizationId),
                },
                {
                  name: 'tier',
                  title: t('governance:tierName'),
                  show: ({ tier }) => tierName(tier),
                  text: ({ tier }) => tierName(tier),
                },
                {
                  name: 'audience',
                  title: t('governance:audienceName'),
                  show: ({ audience }) => audienceName(audience),
                  text: ({ audience }) => audienceName(audience),
                },
                { name: 'from', title: t('identity:from'), show: ({ from }) => from, text: ({ from }) => from },
                { name: 'to', title: t('identity:until'), show: ({ to }) => to ?? '–', text: ({ to }) => to ?? '' },
              ]}
            />
          </>
        )}
      </Answered>
      {may('training.manage') || may('training.enrol') ? <Import /> : null}
    </>
  );
}
