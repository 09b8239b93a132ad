import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { PatentDocument } from '@quanlian/contract';

type Description = NonNullable<PatentDocument['description']>;

/**
 * Characters of a document in one message. What comes in messages of 100 KiB, the engine takes for long-lived, and
 * collects it at many times the cost.
 */
const PIECE = 32 * 1024;

type Part = Description[number];

/**
 * Parts of a description in one language, one after the other as two entries each: the number and the text, `null` and a
 * text without a number, `true` and a heading, or `false` and a part of any other shape. Field names and languages would
 * be as many strings again to write and to read.
 */
interface Parts {
  readonly lang: string;
  readonly flat: (string | null | boolean | Part)[];
}

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

function piecesOfDescription(description: Description): Parts[] {
  const pieces: Parts[] = [];
  let piece: Parts | undefined;
  let size = 0;
  for (const part of description) {
    if (piece === undefined || size >= PIECE || piece.lang !== part.lang) {
      piece = { lang: part.lang, flat: [] };
      pieces.push(piece);
      size = 0;
    }
    flatten(part, piece.flat);
    size += (part.text ?? part.heading ?? '').length;
  }
  return pieces;
}

/** The fields that readers give, in their order; what is put together again must be the same as JSON. */
const NUMBERED = ['lang', 'number', 'text'];
const PLAIN = ['lang', 'text'];
const HEADING = ['lang', 'heading'];

function flatten(part: Part, flat: Parts['flat']): void {
  const { number, heading, text } = part;
  if (number !== undefined && text !== undefined && hasFields(part, NUMBERED)) flat.push(number, text);
  else if (text !== undefined && hasFields(part, PLAIN)) flat.push(null, text);
  else if (heading !== undefined && hasFields(part, HEADING)) flat.push(true, heading);
  else flat.push(false, part);
}

function hasFields(part: Part, names: readonly string[]): boolean {
  let count = 0;
  for (const name in part) {
    if (name !== names[count]) return false;
    count += 1;
  }
  return count === names.length;
}

function unflatten({ lang, flat }: Parts, description: Description): void {
  for (let at = 0; at < flat.length; at += 2) {
    const first = flat[at] as string | null | boolean;
    if (first === false) description.push(flat[at + 1] as Part);
    else {
      const text = flat[at + 1] as string;
      if (first === null) description.push({ lang, text });
      else if (first === true) description.push({ lang, heading: text });
      else description.push({ lang, number: first, text });
    }
  }
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
  const { description = [] } = document;
  for (let left = messages - 1; left > 0; left -= 1) unflatten(next(port) as Parts, description);
  return document;
}

function next(port: MessagePort): unknown {
  const received = receiveMessageOnPort(port) as { message: unknown } | undefined;
  if (!received) throw new Error('a thread sent less than it said');
  return received.message;
}
