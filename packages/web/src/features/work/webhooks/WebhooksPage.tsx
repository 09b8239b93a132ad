import type { Webhook } from '@quanlian/contract';
import { useState } from 'react';
import { sendApi } from '../../../app/api/send.js';
import { formatTime } from '../../../app/format.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName, useOrganizations } from '../../identity/queries.js';
import { ActionForm, textOf } from '../parts/ActionForm.js';
import { Answered } from '../parts/Answered.js';
import { Fold } from '../parts/Fold.js';
import { ChecksField, ChoiceField, TextField } from '../parts/fields.js';
import { Section } from '../parts/Section.js';
import { useWords } from '../parts/useWords.js';
import { useNoticeKinds, useWebhooks } from '../queries.js';
import { Deliveries } from './Deliveries.js';

function useKindName(): (kind: string) => string {
  const { t } = useLanguage();
  const words = useWords();
  const kinds = useNoticeKinds().data?.kinds ?? [];
  return (kind) => {
    if (kind === '*') return t('desk:hook.everything');
    const title = kinds.find((one) => one.kind === kind)?.title;
    // The places in the words stand for what a notice is about.
    return title === undefined ? kind : words(title).replace(/\{\w+\}/g, '…');
  };
}

function NewHook({ onMade }: { onMade: (secret: string) => void }) {
  const { t } = useLanguage();
  const words = useWords();
  const kindName = useKindName();
  const kinds = useNoticeKinds().data?.kinds ?? [];
  const organizations = useOrganizations().data?.organizations ?? [];
  const make = async (data: FormData) => {
    const { secret } = await sendApi<{ webhook: Webhook; secret: string }>('POST', '/webhooks', {
      organizationId: textOf(data, 'organization'),
      url: textOf(data, 'url'),
      kinds: data.getAll('kinds').map(String),
    });
    onMade(secret);
  };
  return (
    <ActionForm label={t('desk:hook.add')} submit={make}>
      <TextField name="url" type="url" label={t('desk:hook.url')} note={t('desk:hook.urlNote')} required />
      <ChoiceField
        name="organization"
        label={t('identity:organization')}
        choices={organizations.map(({ id, name }) => ({ value: id, label: words(name) }))}
      />
      <ChecksField
        name="kinds"
        legend={t('desk:hook.kinds')}
        choices={['*', ...kinds.map(({ kind }) => kind)].map((kind) => ({ value: kind, label: kindName(kind) }))}
      />
    </ActionForm>
  );
}

function HookView({ hook }: { hook: Webhook }) {
  const { t, tag } = useLanguage();
  const nameOf = useOrganizationName();
  const kindName = useKindName();
  const { id, url, organizationId, kinds, lastAt, lastResult } = hook;
  return (
    <Section title={url}>
      <p className="note">
        {nameOf(organizationId)} · {kinds.map(kindName).join(t('common:listSeparator'))}
      </p>
      <p>
        {lastAt === null ? t('desk:hook.never') : t('desk:hook.last', { at: formatTime(lastAt, tag) })}{' '}
        {lastResult === null ? null : (
          <span className={lastResult === 'ok' ? 'tag tag--good' : 'tag tag--wrong'} lang="en">
            {lastResult}
          </span>
        )}
      </p>
      <div className="row">
        <Fold label={t('desk:hook.deliveries')}>{() => <Deliveries id={id} kindName={kindName} />}</Fold>
        <ActionForm quiet label={t('desk:hook.remove')} submit={() => sendApi('DELETE', `/webhooks/${id}`)} />
      </div>
    </Section>
  );
}

/** Addresses of other programs that are told of notices, signed; what was sent to each, and how it went. */
export function WebhooksPage() {
  const { t } = useLanguage();
  const hooks = useWebhooks();
  const [secret, setSecret] = useState<string>();
  usePageTitle(t('desk:hook.title'));
  return (
    <>
      <h1>{t('desk:hook.title')}</h1>
      <p className="prose">{t('desk:hook.lead')}</p>
      {secret === undefined ? null : (
        <div className="notice" role="status">
          <p>{t('desk:hook.once')}</p>
          <p className="told-once code">{secret}</p>
        </div>
      )}
      <Fold label={t('desk:hook.add')}>
        {(close) => (
          <NewHook
            onMade={(made) => {
              setSecret(made);
              close();
            }}
          />
        )}
      </Fold>
      <Answered query={hooks}>
        {({ webhooks }) =>
          webhooks.length === 0 ? (
            <p className="quiet">{t('desk:hook.none')}</p>
          ) : (
            webhooks.map((hook) => <HookView key={hook.id} hook={hook} />)
          )
        }
      </Answered>
    </>
  );
}
