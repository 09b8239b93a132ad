import type { MessagePort } from 'node:worker_threads';
import type { PatentDocument } from '@quanlian/contract';
import { receive } from './cargo.js';
import type { DocumentItem, Place } from './items.js';
import type { Outcome } from './job.js';

/** Where a record stands, and its length. */
export interface RecordPlace extends Place {
  readonly offset: number;
  readonly bytes: number;
}

/**
 * A record that was read, its document received from its thread when it is first asked for. A class, because an object
 * written with accessors has a shape of its own, which keeps what they close over alive until all memory is gone over.
 */
export class ReadDocument implements DocumentItem {
  readonly type = 'document';
  readonly file: string;
  readonly record: number;
  readonly offset: number;
  readonly bytes: number;
  #outcome: Exclude<Outcome, { failure: unknown }>;
  readonly #port: MessagePort | undefined;

  constructor(outcome: Exclude<Outcome, { failure: unknown }>, port: MessagePort | undefined, place: RecordPlace) {
    this.#outcome = outcome;
    this.#port = port;
    this.file = place.file;
    this.record = place.record;
    this.offset = place.offset;
    this.bytes = place.bytes;
  }

  get document(): PatentDocument {
    const taken = this.take();
    if ('document' in taken) return taken.document;
    const document = JSON.parse(taken.json) as PatentDocument;
    this.#outcome = { ...taken, document };
    return document;
  }

  get json(): string {
    const taken = this.take();
    if ('json' in taken) return taken.json;
    const json = JSON.stringify(taken.document);
    this.#outcome = { ...taken, json };
    return json;
  }

  /** Receives what was sent, in its turn: before the next record does. */
  take(): { readonly document: PatentDocument } | { readonly json: string } {
    if (!('sent' in this.#outcome)) return this.#outcome;
    if (!this.#port) throw new Error('a document was sent to nobody');
    const value = receive(this.#port, this.#outcome.sent);
    this.#outcome = typeof value === 'string' ? { json: value } : { document: value };
    return this.#outcome;
  }
}
