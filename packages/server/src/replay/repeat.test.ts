import { expect, it } from 'vitest';
import type { ReplayScale } from './places.js';
import { openTestReplay, replayCity } from './replay.fixture.js';

const SCALE: ReplayScale = { indicators: 2, tasks: 4, batches: 6, people: 24, inspections: 4, companies: 2 };

it('gives the same evidence for the same seed and scale', async () => {
  const digests: string[] = [];
  for (let time = 0; time < 2; time += 1) {
    const options = { city: replayCity(2, SCALE.companies), scale: SCALE, until: new Date('2026-03-18T00:00:00Z') };
    const { year, close } = await openTestReplay(options);
    digests.push(year.digest);
    await close();
  }
  expect(digests[0]).toBe(digests[1]);
}, 300_000);
