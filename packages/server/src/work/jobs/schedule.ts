import { dayOf } from '../environment.js';

/** When a job comes again by itself: at a time of day in China, or every so many minutes. */
export type Schedule = { readonly dailyAt: `${number}:${number}` } | { readonly everyMinutes: number };

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** China keeps one offset all year. */
const OFFSET = '+08:00';

/** The first slot after an instant. */
export function nextSlot(schedule: Schedule, after: Date): Date {
  if ('everyMinutes' in schedule) {
    const step = schedule.everyMinutes * MINUTE_MS;
    return new Date((Math.floor(after.getTime() / step) + 1) * step);
  }
  const [hour = '0', minute = '0'] = schedule.dailyAt.split(':');
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}:00`;
  const today = new Date(`${dayOf(after)}T${time}${OFFSET}`);
  return today > after ? today : new Date(today.getTime() + DAY_MS);
}
