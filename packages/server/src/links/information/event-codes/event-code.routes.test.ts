import type { EventCode } from '@quanlian/contract';
import { openCorpusInline } from '@quanlian/engine';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestServer, type TestServer, testDocument } from '../../../app.fixture.js';
import { openEventCodes } from './event-code.store.js';
import { watchEventCodes } from './watch.js';

const DE: EventCode[] = [
  { office: 'DE', code: '8339', title: 'CEASED', original: 'ERLOSCHEN', influence: '-', class: 'H', classTitle: 'END' },
  { office: 'AT', code: 'A1', title: 'LAMP', influence: null },
];

let server: TestServer;
const get = async (url: string) => {
  const answer = await server.app.inject({ url: `/api/v1${url}`, headers: { host: '127.0.0.1' } });
  return { status: answer.statusCode, body: answer.json() };
};
const lapsed = async (): Promise<number> => {
  await server.register.refresh();
  return (await get('/search?q=status:ended')).body.total;
};

beforeAll(async () => {
  server = await createTestServer({
    now: () => new Date('2026-11-22T04:00:00Z'),
    openBackend: async (dir) => {
      const corpus = await openCorpusInline({ dir, write: true });
      const events = [{ office: 'DE', code: '8339', date: '2026-01-01', st27: null }];
      const application = { office: 'DE', number: '1020190001', date: '2019-01-01' };
      await corpus.apply([testDocument('DE1B1', { application, events })]);
      return corpus;
    },
  });
});
afterAll(() => server.close());

test('an event is named by a list as soon as one is loaded, by any program, and the status column follows', async () => {
  expect((await get('/event-codes')).body).toEqual({ editions: [] });
  expect(await get('/event-codes/DE')).toMatchObject({ status: 404, body: { error: { code: 'event_list.unknown' } } });
  expect((await get('/publications/DE1B1/legal')).body.timeline.events[0]).toMatchObject({ category: null });
  expect(await lapsed()).toBe(0);

  const elsewhere = openEventCodes(server.folder.eventCodes);
  await elsewhere.save('2024.17', DE, '2026-11-22T00:00:00Z');
  const { body } = await get('/publications/DE1B1/legal');
  expect(body.timeline.events[0]).toMatchObject({
    category: 'H',
    mappedBy: 'list',
    listed: { edition: '2024.17', title: 'CEASED', original: 'ERLOSCHEN' },
  });
  expect(body.status).toMatchObject({ status: 'ended' });
  expect(await lapsed()).toBe(1);
  expect((await get('/event-codes')).body.editions).toMatchObject([{ edition: '2024.17', codes: 2, offices: 2 }]);
  expect((await get('/event-codes/de')).body.codes).toEqual([DE[0]]);
  expect((await get('/event-codes/DE?code=%208339')).body.codes).toHaveLength(1);
  expect((await get('/event-codes/DE?code=1')).body.codes).toEqual([]);

  await elsewhere.save('2025.01', DE.slice(1), '2026-11-22T00:00:00Z');
  expect((await get('/publications/DE1B1/legal')).body.timeline.events[0].category).toBeNull();
  expect((await get('/event-codes/DE?edition=2024.17')).body.codes).toHaveLength(1);
  await elsewhere.choose('2024.17');
  expect((await get('/publications/DE1B1/legal')).body.timeline.events[0].mappedBy).toBe('list');
  await expect(elsewhere.choose('1999.01')).rejects.toThrow(/No edition 1999.01/);
  await expect(elsewhere.save('../x', DE, '')).rejects.toThrow(/no name of an edition/);
});

test('a running server notices another edition', async () => {
  const mine = openEventCodes(server.folder.eventCodes);
  await mine.reload();
  let told: () => void = () => undefined;
  const heard = new Promise<void>((resolve) => {
    told = resolve;
  });
  const watch = watchEventCodes(mine, told, told, 20);
  await openEventCodes(server.folder.eventCodes).save('2026.01', DE, '2026-11-22T00:00:00Z');
  await heard;
  watch.stop();
  expect(mine.current()?.edition).toBe('2026.01');
});
