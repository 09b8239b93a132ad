import { QuanlianError } from '@quanlian/contract';
import { parsePaths } from '@quanlian/formats';
import { onInterrupt } from '../interrupt.js';
import { findMapping } from '../mapping.js';
import { printLine, say } from '../output.js';

/**
 * `quanlian parse`: documents as JSON Lines on standard output, failures as JSON Lines on standard error.
 * Exit code 1 when nothing could be read, or when it was stopped.
 */
export async function parseCommand(
  paths: readonly string[],
  options: { format: string; mapping?: string },
): Promise<void> {
  const mapping = await findMapping(options.mapping);
  const reading = { format: options.format, ...(mapping ? { mapping } : {}) };
  const stopping = new AbortController();
  const forget = onInterrupt(() => stopping.abort());
  let documents = 0;
  let failures = 0;
  try {
    const reader = await parsePaths(paths, { ...reading, signal: stopping.signal, asJson: true });
    for await (const item of reader) {
      if (item.type === 'document') {
        documents += 1;
        await printLine(item.json);
      } else if (item.type === 'failure') {
        failures += 1;
        const { code, message, file, offset } = item.failure;
        say(JSON.stringify({ error: { code, message, file, offset } }));
      }
    }
    for (const { file, why } of reader.report().passedOver) say(`quanlian: ${file} was passed over: ${why}.`);
  } finally {
    forget();
  }
  if (stopping.signal.aborted) throw new QuanlianError('load.stopped', 'The reading was stopped before its end.');
  if (documents > 0) return;
  if (failures === 0) say('quanlian: No record of a format that can be read was found. Check what the file holds.');
  process.exitCode = 1;
}
