import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { send } from './cargo.js';
import { type Job, runJob } from './job.js';

/** Tells the pool which record is being read, so that it can be named if this thread dies or hangs. */
const current = new Int32Array(workerData.current as SharedArrayBuffer);

parentPort?.on('message', ({ job, port }: { job: Job; port: MessagePort }) => {
  const onRecord = (index: number): number => Atomics.store(current, 0, index);
  parentPort?.postMessage(runJob(job, { onRecord, send: (value) => send(port, value) }));
});
