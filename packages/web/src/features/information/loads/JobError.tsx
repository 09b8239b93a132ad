import { useErrorSentence } from '../../../app/states/ErrorNotice.js';

/** Why a load ended before its end. */
export function JobError({ error }: { error: { code: string; message: string } }) {
  const sentenceOf = useErrorSentence();
  return (
    <div className="notice notice--wrong">
      <p>{sentenceOf(error.code)}</p>
      <p className="note" lang="en">
        {error.message} <span className="code">{error.code}</span>
      </p>
    </div>
  );
}
