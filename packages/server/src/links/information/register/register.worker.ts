import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { QuanlianError } from '@quanlian/contract';
import { loadLaw } from '../../../work/cases/law.js';
import { openEventCodes } from '../event-codes/event-code.store.js';
import { loadLegalBasis } from './basis.js';
import { runDerivation } from './derivation.js';
import { basisFingerprint } from './fingerprint.js';
import { loadRegions } from './regions.js';
import type { AppliedMessage, RegisterMessage, RegisterThreadData } from './register.protocol.js';

const TELL_EVERY_MS = 200;

async function derive(): Promise<void> {
  const port = parentPort;
  if (port === null) return;
  const { corpus, store, eventCodes, districts, today, stop } = workerData as RegisterThreadData;
  const flag = new Int32Array(stop);
  const say = (message: RegisterMessage): void => port.postMessage(message);
  let told = 0;
  let phaseTold = '';
  try {
    const basis = await loadLegalBasis(await loadLaw(), openEventCodes(eventCodes));
    const { reader: regions, mark } = await loadRegions(districts);
    const fingerprint = `${await basisFingerprint()} ${await basis.codeList()} ${mark}`;
    const sequence = await runDerivation(
      { corpus, store, basis, regions, fingerprint, today },
      {
        stopped: () => Atomics.load(flag, 0) === 1,
        progress(phase, done, total) {
          const at = Date.now();
          if (phase === phaseTold && done < total && at - told < TELL_EVERY_MS) return;
          told = at;
          phaseTold = phase;
          say({ kind: 'progress', phase, done, total });
        },
        async apply(name, column, derivedFrom) {
          const answered = once(port, 'message');
          say({ kind: 'column', name, column, sequence: derivedFrom });
          const [{ problem }] = (await answered) as [AppliedMessage];
          if (problem !== undefined) throw new Error(problem);
        },
      },
    );
    say({ kind: 'ended', sequence });
  } catch (error) {
    const code = error instanceof QuanlianError ? error.code : undefined;
    say({ kind: 'failed', code, message: error instanceof Error ? error.message : String(error) });
  }
  port.close();
}

void derive();
