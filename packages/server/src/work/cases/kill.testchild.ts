/**
 * A process that a test kills in the middle of its work: takes one step of a case after another until it is ended.
 * Tells each version it was told to be committed on standard output.
 */
import { connect } from '@quanlian/db';
import { createActors } from '../../identity/actors.js';
import { createAudit } from '../audit/audit.js';
import { MACHINE } from '../environment.js';
import { createCaseWork } from './compose.js';
import { loadLaw } from './law.js';
import { RACE_PROCESS } from './sample.testkit.js';

const [dataDir = '', url = '', caseId = '', personId = ''] = process.argv.slice(2);
const work = await connect({ dataDir, ...(url === '' ? {} : { url }) });
const actors = createActors(work.system, MACHINE);
const actor = await actors.ofPerson(personId);
if (!actor) throw new Error('the person of the test is gone');
const { cases } = createCaseWork({
  db: work.db,
  environment: MACHINE,
  audit: createAudit(MACHINE),
  law: await loadLaw(),
  processes: [RACE_PROCESS],
  notices: { notify: () => undefined },
  texts: { add: () => undefined },
  systemActor: () => actors.system('test'),
});
let version = (await cases.work(actor, (trx) => cases.find(trx, actor, caseId))).snapshot.version;
for (;;) {
  const request = { transition: 'go', expectedVersion: version };
  const stored = await cases.work(actor, (trx) => cases.transition(trx, actor, caseId, request));
  version = stored.snapshot.version;
  process.stdout.write(`${version}\n`);
}
