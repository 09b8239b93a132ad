import type { CaseRow } from '@quanlian/contract';
import { TABLE_FORMATS, TABLE_MEDIA_TYPES, writeTable } from '@quanlian/formats/tables';
import { z } from 'zod';
import { problems } from '../../http/answers.js';
import type { Api } from '../../http/api.js';
import type { Requests } from '../../identity/requests.js';
import { type Actor, allowedIds } from '../actor.js';
import type { Language } from '../text.js';
import type { CaseWork } from './compose.js';
import { FilterQuery } from './query.js';

const HEADINGS: Readonly<Record<Language, readonly string[]>> = {
  zh: ['事项', '类型', '状态', '期限', '是否逾期', '开始', '最近变更', '结束'],
  en: ['Case', 'Process', 'State', 'Due', 'Overdue', 'Opened', 'Changed', 'Ended'],
};
const YES: Readonly<Record<Language, string>> = { zh: '是', en: 'yes' };

const cells = (row: CaseRow, language: Language): string[] => [
  row.title,
  row.processTitle[language],
  row.stateTitle[language],
  row.nextDue ?? '',
  row.overdue ? YES[language] : '',
  row.openedAt,
  row.changedAt,
  row.endedAt ?? '',
];

/** Only what may be exported: reading a case does not include taking it along. */
function exportable(actor: Actor, rows: readonly CaseRow[]): CaseRow[] {
  const units = [...new Set(rows.map(({ organizationId }) => organizationId))];
  const allowed = new Set(
    allowedIds(
      actor,
      'export.run',
      units.map((id) => ({ id, organization: id })),
    ),
  );
  return rows.filter(({ organizationId }) => allowed.has(organizationId));
}

/** The list of cases as a file. */
export function addExport(app: Api, deps: CaseWork & Pick<Requests, 'requireActor'>): void {
  const { requireActor, cases, caseLists } = deps;
  app.get(
    '/cases/export',
    {
      schema: {
        tags: ['governance'],
        summary: 'The cases of a filter as CSV or XLSX, as far as one may export',
        querystring: FilterQuery.extend({
          format: z.enum(TABLE_FORMATS),
          language: z.enum(['zh', 'en']).default('zh'),
        }),
        response: {
          200: {
            description: 'The table',
            content: Object.fromEntries(
              Object.values(TABLE_MEDIA_TYPES).map((type) => [type.split(';')[0], { schema: z.string() }]),
            ),
          },
          ...problems('access.sign_in_required', 'access.key_refused'),
        },
      },
      serializerCompiler: () => (data) => data as string,
    },
    async (request, reply) => {
      const actor = await requireActor(request);
      const { format, language, ...filter } = request.query;
      const rows = exportable(actor, await cases.work(actor, (trx) => caseLists.all(trx, actor, filter)));
      const table = { sheet: 'cases', headings: HEADINGS[language], rows: rows.map((row) => cells(row, language)) };
      return reply
        .type(TABLE_MEDIA_TYPES[format])
        .header('content-disposition', `attachment; filename="cases.${format}"`)
        .send(writeTable(format, table) as never);
    },
  );
}
