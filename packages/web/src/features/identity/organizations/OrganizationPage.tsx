import type { Organization } from '@quanlian/contract';
import { Link, useParams } from '@tanstack/react-router';
import { sendApi } from '../../../app/api/send.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm, textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Facts } from '../../work/parts/Facts.js';
import { Fold } from '../../work/parts/Fold.js';
import { CheckField, ChoiceField, LongField, TextField } from '../../work/parts/fields.js';
import { Section } from '../../work/parts/Section.js';
import { useTold, useWords } from '../../work/parts/useWords.js';
import { useOrganization, useOrganizationName } from '../queries.js';
import { useMay } from '../session.js';
import { Invitations } from './Invitations.js';
import { Members } from './Members.js';

const KINDS = [
  'city-office',
  'district-office',
  'carrier',
  'service-point',
  'company',
  'university',
  'bank',
  'agency',
  'fund',
  'authority',
  'examination-centre',
] as const;
const LEVELS = ['city', 'district', 'carrier'] as const;

function Change({ organization, onDone }: { organization: Organization; onDone: () => void }) {
  const { t } = useLanguage();
  const { id, version, name, code, closedAt } = organization;
  const change = (data: FormData) =>
    sendApi('PATCH', `/identity/organizations/${id}`, {
      version,
      name: { zh: textOf(data, 'zh'), en: textOf(data, 'en') },
      code: textOf(data, 'code') || null,
      public: data.has('public'),
      closed: data.has('closed'),
      why: textOf(data, 'why'),
    });
  return (
    <ActionForm label={t('identity:org.change')} submit={change} onDone={onDone}>
      <TextField name="zh" label={t('identity:org.zh')} value={name.zh} required />
      <TextField name="en" label={t('identity:org.en')} value={name.en} required />
      <TextField name="code" label={t('identity:org.code')} value={code ?? ''} />
      <CheckField name="public" label={t('identity:org.public')} checked={organization.public} />
      <CheckField name="closed" label={t('identity:org.closed')} checked={closedAt !== null} />
      <LongField name="why" label={t('identity:why')} required />
    </ActionForm>
  );
}

function AddBelow({ parentId, onDone }: { parentId: string; onDone: () => void }) {
  const { t } = useLanguage();
  const add = (data: FormData) =>
    sendApi('POST', '/identity/organizations', {
      parentId,
      kind: textOf(data, 'kind'),
      serviceLevel: textOf(data, 'level') || null,
      name: { zh: textOf(data, 'zh'), en: textOf(data, 'en') },
      code: textOf(data, 'code') || null,
      public: data.has('public'),
    });
  return (
    <ActionForm label={t('identity:org.add')} submit={add} onDone={onDone}>
      <TextField name="zh" label={t('identity:org.zh')} required />
      <TextField name="en" label={t('identity:org.en')} required />
      <ChoiceField
        name="kind"
        label={t('identity:org.kind')}
        choices={KINDS.map((kind) => ({ value: kind, label: t(`identity:kind.${kind}`) }))}
      />
      <ChoiceField
        name="level"
        label={t('identity:org.level')}
        none="–"
        choices={LEVELS.map((level) => ({ value: level, label: t(`identity:level.${level}`) }))}
      />
      <TextField name="code" label={t('identity:org.code')} />
      <CheckField name="public" label={t('identity:org.public')} />
    </ActionForm>
  );
}

function OrganizationView({ organization }: { organization: Organization }) {
  const { t } = useLanguage();
  const told = useTold();
  const words = useWords();
  const nameOf = useOrganizationName();
  const may = useMay();
  const { id, kind, serviceLevel, code, parentId, closedAt } = organization;
  usePageTitle(words(organization.name));
  const parent =
    parentId === null ? (
      '–'
    ) : (
      <Link to="/organizations/$id" params={{ id: parentId }}>
        {nameOf(parentId)}
      </Link>
    );
  return (
    <>
      <h1>{words(organization.name)}</h1>
      <Facts
        facts={[
          [t('identity:org.kind'), told(`identity:kind.${kind}`, kind)],
          [t('identity:org.level'), serviceLevel === null ? '–' : told(`identity:level.${serviceLevel}`, serviceLevel)],
          [t('identity:org.code'), code ?? '–'],
          [t('identity:org.parent'), parent],
          [t('identity:org.state'), closedAt === null ? t('identity:org.open') : t('identity:org.closed')],
        ]}
      />
      {may('organization.manage') ? (
        <>
          <Fold label={t('identity:org.change')}>
            {(close) => <Change organization={organization} onDone={close} />}
          </Fold>
          <Fold label={t('identity:org.add')}>{(close) => <AddBelow parentId={id} onDone={close} />}</Fold>
        </>
      ) : null}
      {may('person.read') ? (
        <Section title={t('identity:member.title')}>
          <Members organizationId={id} />
        </Section>
      ) : null}
      {may('person.invite') ? (
        <Section title={t('identity:invite.title')}>
          <Invitations organizationId={id} />
        </Section>
      ) : null}
    </>
  );
}

/** One organization: what it is, who has which role in it, whom it invited. */
export function OrganizationPage() {
  const { id } = useParams({ from: '/organizations/$id' });
  const organization = useOrganization(id);
  return <Answered query={organization}>{(data) => <OrganizationView key={id} organization={data} />}</Answered>;
}
