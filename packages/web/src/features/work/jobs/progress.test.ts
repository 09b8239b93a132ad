import type { WorkJob } from '@quanlian/contract';
import { describe, expect, it } from 'vitest';
import { progressOf } from './progress.js';

const AT = Date.parse('2026-05-01T00:01:00Z');
const job = (progress: unknown, part: Partial<WorkJob> = {}): WorkJob => ({
  id: '00000000-0000-4000-8000-000000000001',
  name: 'x',
  organizationId: null,
  state: 'running',
  attempts: 1,
  mostAttempts: 8,
  dueAt: '2026-05-01T00:00:00Z',
  createdAt: '2026-05-01T00:00:00Z',
  startedAt: '2026-05-01T00:00:00Z',
  endedAt: null,
  progress,
  error: null,
  mayManage: false,
  ...part,
});

describe('the progress of a job', () => {
  it('is counted with its rate and the time that is left', () => {
    expect(progressOf(job({ done: 30, total: 90 }), AT)).toEqual({ done: 30, total: 90, rate: 0.5, left: 120 });
  });

  it('promises no time when there is nothing to promise it from', () => {
    expect(progressOf(job({ done: 30 }), AT)).toMatchObject({ total: null, rate: 0.5, left: null });
    expect(progressOf(job({ done: 0, total: 9 }), AT)).toMatchObject({ rate: 0, left: null });
    expect(progressOf(job({ done: 3, total: 9 }, { startedAt: null }), AT)).toMatchObject({ rate: null, left: null });
    const ended = job({ done: 9, total: 9 }, { state: 'done', endedAt: '2026-05-01T00:00:03Z' });
    expect(progressOf(ended, AT)).toEqual({ done: 9, total: 9, rate: 3, left: null });
    for (const nothing of [null, 'half', {}, { done: 'many' }]) expect(progressOf(job(nothing), AT)).toBeUndefined();
  });
});
