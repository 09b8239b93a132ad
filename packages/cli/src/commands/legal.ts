import { type LegalAnswer, QuanlianError, type StatusReason } from '@quanlian/contract';
import { IsoDateSchema, statusOn } from '@quanlian/kernel';
import { dataFolder, findDocument, legalLifeOf, loadLaw, loadLegalBasis, openEventCodes } from '@quanlian/server';
import { withCorpus } from '../corpus.js';
import { print, printJson, table } from '../output.js';

type Language = 'zh' | 'en';

const law = (answer: LegalAnswer, name: string | null | undefined, lang: Language): string =>
  name === null || name === undefined ? '' : (answer.laws[name]?.[lang] ?? name);

/** Why a status begins, in a line: the event and what it means, or the rule, and the provision. */
function because(answer: LegalAnswer, reason: StatusReason, lang: Language): string {
  const event = reason.event === undefined ? undefined : answer.timeline.events[reason.event];
  const told = event && `${event.office} ${event.code} ${event.words?.[lang] ?? event.text ?? ''}`.trim();
  const st27 = [reason.key, reason.detail].filter(Boolean).join(' ');
  const rule = reason.rule && `${reason.rule.id} v${reason.rule.version}`;
  return [
    told ?? `${reason.kind} ${reason.document ?? reason.date}`,
    st27 && `ST.27 ${st27}`,
    rule,
    law(answer, reason.law, lang),
  ]
    .filter(Boolean)
    .join('; ');
}

function readable(answer: LegalAnswer, lang: Language): string {
  const { timeline, on, status, inForceIn, term } = answer;
  const lines = [`${answer.id}  ${on}: ${status?.status ?? 'unknown'}${status ? ` since ${status.from}` : ''}`];
  if (inForceIn !== null) lines.push(`In force in ${inForceIn.length} states: ${inForceIn.join(' ') || '–'}`);
  const spans = timeline.spans.map(({ from, to, status: name, reasons }) => [
    from,
    to ?? '',
    name,
    reasons.map((reason) => because(answer, reason, lang)).join(' | '),
  ]);
  lines.push('', table([['FROM', 'TO', 'STATUS', 'WHY'], ...spans]));
  if (timeline.states.length > 0) {
    const rows = timeline.states.map((life) => {
      const held = statusOn(life, on);
      const reason = held?.reasons.at(-1);
      return [life.state, held?.status ?? '', held?.from ?? '', reason ? because(answer, reason, lang) : ''];
    });
    lines.push('', table([['STATE', 'STATUS', 'SINCE', 'WHY'], ...rows]));
  }
  if (timeline.fees.length > 0) {
    const rows = timeline.fees.map(({ year, opens, due, graceEnds, paid }) => [
      String(year),
      opens,
      due,
      graceEnds,
      paid ?? '–',
    ]);
    lines.push('', table([['FEE YEAR', 'OPENS', 'DUE', 'GRACE ENDS', 'PAID'], ...rows]));
  }
  if (term !== null) {
    const adjusted = term.adjustmentDays > 0 ? `, with ${term.adjustmentDays} days of adjustment` : '';
    const cut = term.disclaimer
      ? term.disclaimer.ends === null
        ? `; at the latest: a terminal disclaimer was ${term.disclaimer.state}`
        : '; cut by a terminal disclaimer'
      : '';
    const beyond = term.extended ? '; extended beyond, its end is not known' : '';
    lines.push(
      '',
      `Term ends ${term.ends}${adjusted} (${term.rule.id} v${term.rule.version}, ${term.certainty}; ${law(answer, term.law, lang)})${cut}${beyond}`,
    );
  }
  if (answer.holders.length > 1) {
    const rows = answer.holders.map(({ names, from, by }) => [from ?? '', names.join('; '), by]);
    lines.push('', table([['OWNED FROM', 'OWNER', 'KNOWN FROM'], ...rows]));
  }
  if (timeline.knownUntil !== null) lines.push(`The sources know of things up to ${timeline.knownUntil}.`);
  const unmapped = timeline.events.filter(({ category }) => category === null);
  if (unmapped.length > 0)
    lines.push(
      `Events without known meaning: ${[...new Set(unmapped.map(({ office, code }) => `${office} ${code}`))].join(', ')}`,
    );
  if (answer.twins.length > 0) lines.push(`Filed on the same day for the same invention: ${answer.twins.join(', ')}`);
  return `${lines.join('\n')}\n`;
}

function dayAsked(text: string | undefined): string {
  if (text === undefined) return new Date().toISOString().slice(0, 10);
  const parsed = IsoDateSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new QuanlianError('usage.invalid', `“${text}” is no day; write it YYYY-MM-DD.`);
}

/** `quanlian legal`: where a right stands on a day, with the chain of steps and their reasons. */
export async function legalCommand(
  number: string,
  options: { data: string; json: boolean; on?: string; lang: Language },
): Promise<void> {
  const day = dayAsked(options.on);
  const basis = await loadLegalBasis(await loadLaw(), openEventCodes(dataFolder(options.data).eventCodes));
  const answer = await withCorpus(options.data, async (backend) =>
    legalLifeOf(backend, basis, await findDocument(backend, number), day),
  );
  await (options.json ? printJson(answer) : print(readable(answer, options.lang)));
}
