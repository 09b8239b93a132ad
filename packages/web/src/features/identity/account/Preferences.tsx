import type { PersonalSettings } from '@quanlian/contract';
import { sendApi } from '../../../app/api/send.js';
import { LanguageSwitch } from '../../../app/shell/LanguageSwitch.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { CheckField } from '../../work/parts/fields.js';
import { usePreferences, useSignInWays } from '../queries.js';

function Mail({ chosen }: { chosen: PersonalSettings }) {
  const { t } = useLanguage();
  const isSetUp = useSignInWays().data?.reset;
  const choose = (data: FormData) => sendApi('PUT', '/identity/me/settings', { mail: data.has('mail') });
  return (
    <>
      {isSetUp === false ? <p className="note">{t('identity:preferences.noMail')}</p> : null}
      <ActionForm
        label={t('identity:preferences.save')}
        submit={choose}
        doneText={t('identity:preferences.saved')}
        keep
      >
        <CheckField name="mail" label={t('identity:preferences.mail')} checked={chosen.mail} />
      </ActionForm>
    </>
  );
}

/** The language of the account, which mail is written in as well, and whether notices come by mail. */
export function Preferences() {
  const { t } = useLanguage();
  const preferences = usePreferences();
  return (
    <>
      <p className="prose">{t('identity:preferences.language')}</p>
      <LanguageSwitch />
      <Answered query={preferences}>{(chosen) => <Mail key={String(chosen.mail)} chosen={chosen} />}</Answered>
    </>
  );
}
