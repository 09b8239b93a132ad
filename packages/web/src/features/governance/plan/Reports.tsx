import type { PlanPage, PlanReport } from '@quanlian/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { sendApi } from '../../../app/api/send.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm, numberOrNone, textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Fold } from '../../work/parts/Fold.js';
import { ChoiceField, TextField } from '../../work/parts/fields.js';
import { useWords } from '../../work/parts/useWords.js';
import { useReports } from './queries.js';

/** The yearly summaries and next year's plans of a plan. */
export function Reports({ page }: { page: PlanPage }) {
  const { t } = useLanguage();
  const words = useWords();
  const navigate = useNavigate();
  const { id, fromYear, toYear } = page.plan;
  const reports = useReports(id);
  const begin = async (data: FormData) => {
    const report = await sendApi<PlanReport>('POST', `/plans/${id}/reports`, {
      year: numberOrNone(data, 'year'),
      kind: textOf(data, 'kind'),
    });
    await navigate({ to: '/governance/reports/$id', params: { id: report.id } });
  };
  return (
    <>
      <Answered query={reports}>
        {({ reports: rows }) =>
          rows.length === 0 ? (
            <p className="quiet">{t('work:nothing')}</p>
          ) : (
            <ul>
              {rows.map((report) => (
                <li key={report.id}>
                  <Link to="/governance/reports/$id" params={{ id: report.id }}>
                    {words(report.title)}
                  </Link>{' '}
                  <span className="note">
                    {report.year} · {t(`governance:reportState.${report.state}`)}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
      {page.may.edit ? (
        <Fold label={t('governance:report.begin')}>
          {() => (
            <ActionForm label={t('governance:report.begin')} submit={begin}>
              <ChoiceField
                name="kind"
                label={t('identity:org.kind')}
                choices={(['summary', 'next-year'] as const).map((kind) => ({
                  value: kind,
                  label: t(`governance:reportKind.${kind}`),
                }))}
              />
              <TextField
                name="year"
                type="number"
                min={fromYear}
                max={toYear}
                label={t('governance:plan.year')}
                required
              />
            </ActionForm>
          )}
        </Fold>
      ) : null}
    </>
  );
}
