import { MessageChannel } from 'node:worker_threads';
import type { PatentDocument } from '@quanlian/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { receive, send } from './cargo.js';

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constant('long '.repeat(5000)));
const lang = fc.constantFrom('en', 'de', 'zh');

/** Parts as readers give them, and of other shapes: fields in another order, both a heading and a text, none. */
const part = fc.oneof(
  fc.record({ lang, text }),
  fc.record({ lang, number: text, text }),
  fc.record({ lang, heading: text }),
  fc.record({ text, lang }),
  fc.record({ lang, heading: text, text }),
  fc.record({ lang }),
  fc.record({ lang, number: text }),
);

const document = fc.record(
  {
    id: fc.constant('EP1000000A1'),
    lang,
    description: fc.array(part, { maxLength: 12 }),
    claims: fc.constant([{ lang: 'en', number: 1, text: 'A lantern.', dependsOn: [] }]),
  },
  { requiredKeys: ['id', 'claims'] },
);

test('a document arrives as it was sent, field by field in the same order', () => {
  const { port1, port2 } = new MessageChannel();
  try {
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 3 }), (documents) => {
        const sent = documents.map((one) => send(port1, one as unknown as PatentDocument));
        const received = sent.map((messages) => receive(port2, messages));
        expect(JSON.stringify(received)).toBe(JSON.stringify(documents));
      }),
      { numRuns: 300 },
    );
  } finally {
    port1.close();
    port2.close();
  }
});

test('its JSON arrives as it was sent', () => {
  const { port1, port2 } = new MessageChannel();
  try {
    const json = JSON.stringify({ text: '长 text '.repeat(20_000) });
    expect(receive(port2, send(port1, json))).toBe(json);
  } finally {
    port1.close();
    port2.close();
  }
});
