import type { FilledReportBlock, PlanReport, ReportBlock } from '@quanlian/contract';
import { Link, useParams } from '@tanstack/react-router';
import { apiUrl } from '../../../app/api/client.js';
import { sendApi } from '../../../app/api/send.js';
import { formatNumber } from '../../../app/format.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { withKeys } from '../../../app/withKeys.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useMay } from '../../identity/session.js';
import { ActionForm, textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Fold } from '../../work/parts/Fold.js';
import { LongField } from '../../work/parts/fields.js';
import { type Column, RecordTable } from '../../work/parts/RecordTable.js';
import { useWords } from '../../work/parts/useWords.js';
import { GovernanceNav } from '../GovernanceNav.js';
import { RecordLink } from './FigurePage.js';
import { useReport } from './queries.js';

type Table = Extract<FilledReportBlock, { kind: 'table' }>;

const KINDS = ['task', 'indicator', 'measure', 'value'] as const;

type Row = Table['rows'][number];

function TableBlock({ report, block }: { report: PlanReport; block: Table }) {
  const words = useWords();
  const textAt = ({ cells }: Row, place: number) => {
    const cell = cells[place];
    return cell === undefined ? '' : words(cell);
  };
  const columns = block.columns.map(
    (title, place): Column<Row> => ({
      name: String(place),
      title: words(title),
      show: (row) => {
        const kind = KINDS.find((one) => one === row.ref.kind);
        const label = textAt(row, place);
        if (place > 0 || kind === undefined) return label;
        return <RecordLink plan={report.planId} record={{ kind, id: row.ref.id, label }} />;
      },
      text: (row) => textAt(row, place),
    }),
  );
  return (
    <RecordTable
      caption={block.query}
      rows={block.rows}
      keyOf={({ ref, cells }) => `${ref.kind} ${ref.id} ${JSON.stringify(cells)}`}
      file={`report-${block.query}`}
      columns={columns}
    />
  );
}

function Block({ report, block }: { report: PlanReport; block: FilledReportBlock }) {
  const { tag } = useLanguage();
  const words = useWords();
  if (block.kind === 'heading') return <h2>{words(block.text)}</h2>;
  if (block.kind === 'text') return <p className="prose">{words(block.text)}</p>;
  if (block.kind === 'table') return <TableBlock report={report} block={block} />;
  return (
    <dl className="totals">
      {block.figures.map(({ key, title, value }) => (
        <div key={key}>
          <dt>{words(title)}</dt>
          <dd className="figures">
            <Link
              to="/governance/plans/$id/figures/$key"
              params={{ id: report.planId, key }}
              search={{ year: report.year }}
            >
              {formatNumber(value, tag)}
            </Link>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The texts of a living report; its figures and tables fill themselves. */
function EditTexts({ report, onDone }: { report: PlanReport; onDone: () => void }) {
  const { t } = useLanguage();
  const change = (data: FormData) => {
    const blocks = report.source.map(
      (block, place): ReportBlock =>
        block.kind === 'text'
          ? { kind: 'text', text: { zh: textOf(data, `${place} zh`), en: textOf(data, `${place} en`) } }
          : block,
    );
    return sendApi('PUT', `/reports/${report.id}/blocks`, { blocks, expectedVersion: report.version });
  };
  return (
    <ActionForm label={t('identity:org.change')} submit={change} onDone={onDone}>
      {report.source.flatMap((block, place) =>
        block.kind === 'text'
          ? (['zh', 'en'] as const).map((language) => (
              <LongField
                // biome-ignore lint/suspicious/noArrayIndexKey: blocks are known by their place alone.
                key={`${place} ${language}`}
                name={`${place} ${language}`}
                label={t(`governance:in.${language}`)}
                value={block.text[language]}
                rows={4}
              />
            ))
          : [],
      )}
    </ActionForm>
  );
}

function ReportView({ report }: { report: PlanReport }) {
  const { t, language } = useLanguage();
  const words = useWords();
  const may = useMay();
  const { id, state, version, date } = report;
  const isOpen = state === 'living' && may('plan.edit');
  usePageTitle(words(report.title));
  return (
    <article>
      <h1>{words(report.title)}</h1>
      <p className="row note">
        <span>
          {t(`governance:reportState.${state}`)} · {t('governance:report.of', { day: date })}
        </span>
        {(['docx', 'pdf'] as const).map((format) => (
          <a key={format} href={apiUrl(`/reports/${id}/document`, { format, language })} download>
            {format.toUpperCase()}
          </a>
        ))}
        <Link to="/governance/plans/$id" params={{ id: report.planId }}>
          {t('governance:plan.back')}
        </Link>
      </p>
      {withKeys(report.blocks, (block) => block.kind).map(({ key, item }) => (
        <Block key={key} report={report} block={item} />
      ))}
      {isOpen ? (
        <>
          <Fold label={t('governance:report.edit')}>{(close) => <EditTexts report={report} onDone={close} />}</Fold>
          <ActionForm
            quiet
            label={t('governance:report.freeze')}
            submit={() => sendApi('POST', `/reports/${id}/freeze`, { expectedVersion: version })}
          />
        </>
      ) : null}
    </article>
  );
}

/** A yearly summary or next year's plan, with what its queries give today or gave when it was frozen. */
export function ReportPage() {
  const { id } = useParams({ from: '/governance/reports/$id' });
  return (
    <>
      <GovernanceNav />
      <Answered query={useReport(id)}>{(report) => <ReportView key={id} report={report} />}</Answered>
    </>
  );
}
