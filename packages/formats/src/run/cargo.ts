import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { PatentDocument } from '@quanlian/contract';

type Description = NonNullable<PatentDocument['description']>;

/**
 * Characters of a document in one message. What comes in messages of 100 KiB, the engine takes for long-lived, and
 * collects it at many times the cost.
 */
const PIECE = 32 * 1024;

/** Sends a document or its JSON piece by piece; how many messages that took. */
export function send(port: MessagePort, value: PatentDocument | string): number {
  const pieces = typeof value === 'string' ? piecesOfText(value) : piecesOfDocument(value);
  for (const piece of pieces) port.postMessage(piece);
  return pieces.length;
}

/** The document without its description, then the description. The empty list keeps the field's place among the others. */
function piecesOfDocument(document: PatentDocument): unknown[] {
  const { description } = document;
  return description === undefined
    ? [document]
    : [{ ...document, description: [] }, ...piecesOfDescription(description)];
}

function piecesOfDescription(description: Description): Description[] {
  const pieces: Description[] = [];
  let from = 0;
  let size = 0;
  for (const [index, { text = '', heading = '' }] of description.entries()) {
    size += text.length + heading.length;
    if (size < PIECE && index < description.length - 1) continue;
    pieces.push(description.slice(from, index + 1));
    from = index + 1;
    size = 0;
  }
  return pieces;
}

function piecesOfText(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / PIECE) }, (_, index) =>
    text.slice(index * PIECE, (index + 1) * PIECE),
  );
}

/** What was sent in so many messages. They become objects only now, so that none lives longer than its caller needs it. */
export function receive(port: MessagePort, messages: number): PatentDocument | string {
  const first = next(port);
  if (typeof first === 'string') {
    let text = first;
    for (let left = messages - 1; left > 0; left -= 1) text += next(port) as string;
    return text;
  }
  const document = first as PatentDocument;
  for (let left = messages - 1; left > 0; left -= 1) document.description?.push(...(next(port) as Description));
  return document;
}

function next(port: MessagePort): unknown {
  const received = receiveMessageOnPort(port) as { message: unknown } | undefined;
  if (!received) throw new Error('a thread sent less than it said');
  return received.message;
}
