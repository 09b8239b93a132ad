import type { VerifiedCertificate } from '@quanlian/contract';
import { useNavigate, useParams } from '@tanstack/react-router';
import { saveFile } from '../../../app/saveFile.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Facts } from '../../work/parts/Facts.js';
import { TextField } from '../../work/parts/fields.js';
import { useWords } from '../../work/parts/useWords.js';
import { useTrainingNames } from './names.js';
import { useVerified } from './queries.js';

function CodeForm({ code }: { code: string }) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  return (
    <form
      key={code}
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        const asked = textOf(new FormData(event.currentTarget), 'code');
        void navigate({ to: '/certificates/$code', params: { code: asked } });
      }}
    >
      <TextField name="code" label={t('governance:certificate.code')} value={code} required />
      <div className="row">
        <button type="submit" className="button button--main">
          {t('governance:certificate.check')}
        </button>
      </div>
    </form>
  );
}

function CertificateView({ certificate }: { certificate: VerifiedCertificate }) {
  const { t } = useLanguage();
  const words = useWords();
  const { tierName, audienceName } = useTrainingNames();
  const { state, number, name, curriculum, tier, audience, issuer, issuedOn, validUntil, proof } = certificate;
  const save = () =>
    saveFile(`quanlian-certificate-${number}.json`, JSON.stringify(certificate, null, 2), 'application/json');
  return (
    <>
      <p className={state === 'valid' ? 'notice' : 'notice notice--wrong'} role="status">
        <strong>{t(`governance:certificateState.${state}`)}</strong>{' '}
        {certificate.revokedOn === null ? '' : `${certificate.revokedOn} ${certificate.revocationReason ?? ''}`}
      </p>
      <Facts
        facts={[
          [t('governance:certificate.number'), number],
          [t('identity:name'), name ?? t('governance:certificate.erased')],
          [t('governance:course.one'), words(curriculum)],
          [t('governance:audienceName'), `${tierName(tier)} · ${audienceName(audience)}`],
          [t('governance:certificate.issuer'), words(issuer)],
          [t('governance:certificate.issuedOn'), issuedOn],
          [t('governance:certificate.until'), validUntil ?? t('governance:certificate.forEver')],
          [t('governance:certificate.checkedOn'), certificate.checkedOn],
        ]}
      />
      <details>
        <summary>{t('governance:certificate.proof')}</summary>
        <p>{t('governance:certificate.proofText')}</p>
        <p className="hash">{proof.payload}</p>
        <p className="hash">{proof.signature}</p>
        <pre className="hash">{proof.publicKey}</pre>
        <button type="button" className="button button--small" onClick={save}>
          {t('governance:certificate.save')}
        </button>
      </details>
    </>
  );
}

function Check({ code }: { code: string }) {
  const { t } = useLanguage();
  const verified = useVerified(code);
  usePageTitle(t('governance:certificate.title'));
  return (
    <>
      <h1>{t('governance:certificate.title')}</h1>
      <p className="prose">{t('governance:certificate.lead')}</p>
      <CodeForm code={code} />
      {code === '' ? null : (
        <Answered query={verified}>{(certificate) => <CertificateView certificate={certificate} />}</Answered>
      )}
    </>
  );
}

/** Asks for the code of a certificate. Open to everybody. */
export function CheckPage() {
  return <Check code="" />;
}

/** What the code of a certificate says. Open to everybody. */
export function CertificatePage() {
  const { code } = useParams({ from: '/certificates/$code' });
  return <Check code={code} />;
}
