import { MessageChannel, type MessagePort } from 'node:worker_threads';

/** Ports at whose other end nobody is: what is handed to them is gone. */
let nowhere: MessagePort | undefined;

/**
 * Frees the memory under bytes that nobody looks at any more; every view of it is empty afterwards. Left to the engine
 * it counts as memory outside the heap until the next collection, and brings on collections of the whole heap.
 */
export function free(bytes: Uint8Array): void {
  const { buffer } = bytes;
  // Small buffers are views of memory that others share, which cannot be handed over.
  if (!(buffer instanceof ArrayBuffer) || buffer.byteLength <= Buffer.poolSize) return;
  nowhere ??= closedPort();
  nowhere.postMessage(undefined, [buffer]);
}

function closedPort(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port1.close();
  port2.close();
  return port1;
}
