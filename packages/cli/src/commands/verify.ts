import type { AuditReport } from '@quanlian/contract';
import { verifyAudit } from '@quanlian/server';
import { printJson, printLine, say } from '../output.js';
import { onWork } from './account.server.js';

/** `quanlian verify audit`: the log against itself and its seals. Exit code 1 when it is not as it was written. */
export async function verifyAuditCommand(options: { readonly data: string; readonly json: boolean }): Promise<void> {
  const report = await onWork(options.data, {
    remote: async (ask) => (await (await ask('GET', '/audit/verification')).json()) as AuditReport,
    local: (work) => verifyAudit(work.db),
  });
  if (options.json) await printJson(report);
  else {
    for (const { organizationId, message } of report.problems) say(`${organizationId ?? 'seals'}: ${message}`);
    const { entries, chains, erased, sealedDays, lastSeal } = report;
    const verdict = report.ok ? 'The audit log is as it was written' : 'The audit log is NOT as it was written';
    await printLine(
      `${verdict}: ${entries} entries in ${chains} chains, ${erased} personal values erased, ${sealedDays} days sealed.`,
    );
    if (lastSeal) await printLine(`Root of ${lastSeal.day}: ${lastSeal.root}`);
  }
  if (!report.ok) process.exitCode = 1;
}
