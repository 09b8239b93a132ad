import type { Curriculum } from '@quanlian/contract';
import { sendApi } from '../../../app/api/send.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { useMay, useSession } from '../../identity/session.js';
import { ActionForm, numberOrNone, textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Fold } from '../../work/parts/Fold.js';
import { CheckField, ChoiceField, LongField, TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { useWords } from '../../work/parts/useWords.js';
import { useTrainingNames } from './names.js';
import { useCurricula } from './queries.js';
import { readQuestions } from './questions.js';
import { TrainingNav } from './TrainingNav.js';

function NewCourse({ onDone }: { onDone: () => void }) {
  const { t } = useLanguage();
  const session = useSession();
  const nameOf = useOrganizationName();
  const { tiers, audiences } = useTrainingNames();
  if (session.state !== 'signed-in') return null;
  const organizations = [...new Set(session.me.memberships.map(({ organizationId }) => organizationId))];
  const make = (data: FormData) =>
    sendApi('POST', '/training/curricula', {
      organizationId: textOf(data, 'organization'),
      code: textOf(data, 'code'),
      tier: textOf(data, 'tier'),
      audience: textOf(data, 'audience'),
      title: { zh: textOf(data, 'zh'), en: textOf(data, 'en') },
      isPublic: data.has('isPublic'),
    });
  return (
    <ActionForm label={t('governance:course.make')} submit={make} onDone={onDone}>
      <ChoiceField
        name="organization"
        label={t('identity:organization')}
        choices={organizations.map((id) => ({ value: id, label: nameOf(id) }))}
      />
      <TextField name="code" label={t('governance:people.code')} required />
      <TextField name="zh" label={t('identity:org.zh')} required />
      <TextField name="en" label={t('identity:org.en')} required />
      <ChoiceField name="tier" label={t('governance:tierName')} choices={tiers} />
      <ChoiceField name="audience" label={t('governance:audienceName')} choices={audiences} />
      <CheckField name="isPublic" label={t('governance:batch.public')} checked />
    </ActionForm>
  );
}

/** Lines of the form "Chinese | English"; a line in one language stands for both. */
function readTopics(text: string): { zh: string; en: string }[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [zh = line, en = zh] = line.split('|').map((part) => part.trim());
      return { zh, en };
    });
}

function Publish({ curriculum, onDone }: { curriculum: Curriculum; onDone: () => void }) {
  const { t } = useLanguage();
  const last = curriculum.versions[0];
  const publish = async (data: FormData) =>
    sendApi('POST', `/training/curricula/${curriculum.id}/versions`, {
      topics: readTopics(textOf(data, 'topics')),
      minutes: numberOrNone(data, 'minutes'),
      attendancePercent: numberOrNone(data, 'attendance'),
      passPercent: numberOrNone(data, 'pass'),
      attempts: numberOrNone(data, 'attempts'),
      validMonths: numberOrNone(data, 'months') ?? null,
      questions: readQuestions(textOf(data, 'questions')),
    });
  return (
    <ActionForm label={t('governance:course.publish')} submit={publish} onDone={onDone}>
      <LongField
        name="topics"
        label={t('governance:course.topics')}
        note={t('governance:course.topicsNote')}
        value={(last?.topics ?? []).map(({ zh, en }) => `${zh} | ${en}`).join('\n')}
        required
      />
      <TextField
        name="minutes"
        type="number"
        min={1}
        label={t('governance:course.minutes')}
        value={last?.minutes ?? ''}
        required
      />
      <TextField
        name="attendance"
        type="number"
        min={0}
        max={100}
        label={t('governance:course.attendance')}
        value={last?.attendancePercent ?? 80}
        required
      />
      <TextField
        name="pass"
        type="number"
        min={1}
        max={100}
        label={t('governance:course.pass')}
        value={last?.passPercent ?? 60}
        required
      />
      <TextField
        name="attempts"
        type="number"
        min={1}
        max={10}
        label={t('governance:course.attempts')}
        value={last?.attempts ?? 2}
        required
      />
      <TextField
        name="months"
        type="number"
        min={1}
        max={120}
        label={t('governance:course.months')}
        value={last?.validMonths ?? ''}
      />
      <LongField
        name="questions"
        label={t('governance:course.questions')}
        note={t('governance:course.questionsNote')}
        rows={6}
      />
    </ActionForm>
  );
}

function CourseActions({ curriculum }: { curriculum: Curriculum }) {
  const { t } = useLanguage();
  if (curriculum.retiredAt !== null) return <>{t('governance:course.retired')}</>;
  return (
    <>
      <Fold label={t('governance:course.publish')}>
        {(close) => <Publish curriculum={curriculum} onDone={close} />}
      </Fold>
      <ActionForm
        quiet
        label={t('governance:course.retire')}
        submit={() => sendApi('POST', `/training/curricula/${curriculum.id}/retire`)}
      />
    </>
  );
}

/** Courses by tier and audience, in versions. */
export function CoursesPage() {
  const { t } = useLanguage();
  const words = useWords();
  const may = useMay();
  const { tierName, audienceName } = useTrainingNames();
  const curricula = useCurricula();
  usePageTitle(t('governance:training.courses'));
  return (
    <>
      <TrainingNav />
      <h1>{t('governance:training.courses')}</h1>
      <Answered query={curricula}>
        {({ curricula: rows }) => (
          <RecordTable
            caption={t('governance:training.courses')}
            rows={rows}
            keyOf={({ id }) => id}
            file="courses"
            columns={[
              {
                name: 'title',
                title: t('governance:course.one'),
                show: ({ code, title }) => `${code} ${words(title)}`,
                text: ({ code, title }) => `${code} ${words(title)}`,
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
              {
                name: 'version',
                title: t('work:rule.version'),
                amount: true,
                show: ({ versions }) => versions[0]?.version ?? '–',
                text: ({ versions }) => versions[0]?.version ?? '',
              },
              {
                name: 'demands',
                title: t('governance:course.demands'),
                show: ({ versions: [newest] }) =>
                  newest === undefined
                    ? '–'
                    : t('governance:course.demandsText', {
                        minutes: newest.minutes,
                        attendance: newest.attendancePercent,
                        pass: newest.passPercent,
                        questions: newest.questionCount,
                      }),
              },
              ...(may('training.manage')
                ? [
                    {
                      name: 'actions',
                      title: t('identity:org.change'),
                      show: (curriculum: Curriculum) => <CourseActions curriculum={curriculum} />,
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Answered>
      {may('training.manage') ? (
        <Fold label={t('governance:course.make')}>{(close) => <NewCourse onDone={close} />}</Fold>
      ) : null}
    </>
  );
}
